from datetime import timedelta

import pytest

from pullcord.errors import Conflict, Unavailable
from pullcord.peppers import Keyring
from pullcord.requests import FirstCall, IdempotencyKey
from pullcord.usecases.pipelines import idempotency
from tests.unit.usecases.fakes import START, Requests, Time

KEYRING = Keyring(["new pepper", "old pepper"])
KEY = IdempotencyKey("k", ("f",))


class SlowRequests(Requests):
    """Requests whose first call is answered after so many looks at it."""

    def __init__(self, first, *, looks=0, outcome="recorded"):
        super().__init__(first_calls={"k": first})
        self.looks = looks
        self.outcome = {"outcome": outcome}

    def first(self, key):
        self.looks -= 1
        if self.looks <= 0:
            self.store_outcome(key, 42, self.outcome)
        return super().first(key)


def key_of(keyring=KEYRING, key="k", **parameters):
    return idempotency.idempotency_key(key, "11", {"token": "glptt-secret", **parameters}, keyring)


def first_call(key, *, seconds_ago=0, outcome=None):
    return FirstCall(42, key.fingerprints[:1], int(START.timestamp()) - seconds_ago, outcome)


def never(_):
    raise AssertionError


def finishing(outcome):
    return lambda request_id: {"outcome": outcome, "request": request_id}


def test_a_call_without_a_key_has_no_idempotency_key():
    assert key_of(key=None) is None


def test_parameters_count_but_neither_the_token_nor_their_order():
    assert key_of(a="1", b="2") == key_of(b="2", a="1") == key_of(a="1", b="2", token="glptt-other")
    assert key_of(a="1", b="2") != key_of(a="1", b="3")


def test_a_key_is_unique_within_its_scope_alone():
    assert key_of().key != idempotency.idempotency_key("k", "12", {}, KEYRING).key


def test_an_idempotency_key_shows_neither_the_callers_key_nor_parameters():
    key = key_of(key="my key", password="hunter2")

    assert "my key" not in str(key)
    assert "hunter2" not in str(key)


def test_a_fingerprint_of_the_previous_pepper_is_recognised():
    first = first_call(key_of(Keyring(["old pepper"])), outcome={"outcome": "recorded"})

    assert idempotency.replay(first, key_of(), SlowRequests(first), never, Time().runtime) == first


def test_another_body_is_a_conflict_that_names_the_first_pipeline():
    first = FirstCall(42, ("something else",), 0, {"outcome": "recorded"})

    with pytest.raises(Conflict) as refusal:
        idempotency.replay(first, KEY, SlowRequests(first), never, Time().runtime)

    assert refusal.value.details == {"pipeline": 42}
    assert "for pipeline 42" in refusal.value.message


def test_another_body_is_a_conflict_while_the_first_call_is_running():
    first = FirstCall(42, ("something else",), 0)

    with pytest.raises(Conflict, match="still running") as refusal:
        idempotency.replay(first, KEY, SlowRequests(first), never, Time().runtime)

    assert refusal.value.details == {}


def test_another_body_is_no_conflict_with_a_call_that_was_just_refused():
    first = FirstCall(42, ("something else",), 0, {"outcome": "refused"})

    assert idempotency.replay(first, KEY, SlowRequests(first), never, Time().runtime) is None


def test_a_key_that_is_gone_while_a_repeat_waits_is_free():
    class Expired(Requests):
        def first(self, key):
            return None

    assert idempotency.replay(first_call(KEY), KEY, Expired(), never, Time().runtime) is None


@pytest.mark.parametrize("outcome", ["recorded", "refused"])
def test_a_repeat_waits_for_the_first_call_and_gets_its_outcome(outcome):
    first, time = first_call(KEY), Time()

    known = idempotency.replay(first, KEY, SlowRequests(first, looks=10, outcome=outcome), never, time.runtime)

    assert known.outcome == {"outcome": outcome}
    assert time.now - START == timedelta(seconds=10 * idempotency.PAUSE)


def test_a_repeat_does_not_wait_for_ever():
    first, time = first_call(KEY), Time()

    with pytest.raises(Unavailable):
        idempotency.replay(first, KEY, SlowRequests(first, looks=10_000), never, time.runtime)

    assert time.now - START <= timedelta(seconds=idempotency.WAIT_SECONDS + 2 * idempotency.PAUSE)


def test_a_repeat_finishes_a_first_call_that_died():
    first = first_call(KEY, seconds_ago=idempotency.DEAD_AFTER + 1)
    requests = SlowRequests(first, looks=10)

    known = idempotency.replay(first, KEY, requests, finishing("recorded"), Time().runtime)

    assert known.outcome == {"outcome": "recorded", "request": 42}
    assert requests.first_calls["k"].outcome == known.outcome


def test_a_first_call_that_died_of_a_refusal_lets_the_repeat_begin_anew():
    first = first_call(KEY, seconds_ago=idempotency.DEAD_AFTER + 1)
    requests = SlowRequests(first, looks=10)

    assert idempotency.replay(first, KEY, requests, finishing("refused"), Time().runtime) is None
    assert requests.first_calls["k"].outcome["outcome"] == "refused"
