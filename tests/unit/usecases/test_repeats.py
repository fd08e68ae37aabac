from datetime import UTC, datetime, timedelta

import pytest

from pullcord.errors import Conflict, Unavailable
from pullcord.peppers import Keyring
from pullcord.requests import FirstCall, IdempotencyKey, TriggerCall
from pullcord.times import Runtime
from pullcord.usecases.pipelines import idempotency

START = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
KEYRING = Keyring(["new pepper", "old pepper"])


class Time:
    """A clock that only waiting moves."""

    def __init__(self):
        self.now = START
        self.runtime = Runtime(lambda: self.now, bytes, self.sleep)

    def sleep(self, seconds):
        self.now += timedelta(seconds=seconds)


class Store:
    """First calls by key; `answers_after`: how many looks it takes until the first call has ended."""

    def __init__(self, first, answers_after=0):
        self.stored = first
        self.looks = answers_after
        self.is_rekeyed = {}

    def first(self, _key):
        self.looks -= 1
        return self.stored if self.looks > 0 else self.ended()

    def ended(self):
        return FirstCall(
            self.stored.request_id, self.stored.fingerprints, self.stored.started_at_seconds, {"outcome": "ended"}
        )

    def store_outcome(self, key, outcome):
        self.is_rekeyed[key] = outcome


def pull(key="k", **parameters):
    return TriggerCall("7", "glptt-secret", "main", {}, {}, {"token": "glptt-secret", **parameters}, "http://here", key)


def admitted(once, *, seconds_ago=0, outcome=None):
    return FirstCall(42, once.fingerprints[:1], int(START.timestamp()) - seconds_ago, outcome)


def never():
    raise AssertionError


def test_a_call_without_a_key_is_unique():
    assert idempotency.idempotency_key(pull(None), 11, KEYRING) is None


def test_what_was_sent_counts_but_not_the_token_nor_the_order():
    one = idempotency.idempotency_key(pull(a="1", b="2"), 11, KEYRING)
    other = idempotency.idempotency_key(pull(b="2", a="1"), 11, KEYRING)

    assert one == other
    assert one != idempotency.idempotency_key(pull(a="1", b="3"), 11, KEYRING)


def test_a_key_shows_neither_itself_nor_what_was_sent():
    once = idempotency.idempotency_key(pull("my key", password="hunter2"), 11, KEYRING)

    assert "my key" not in str(once)
    assert "hunter2" not in str(once)


def test_a_fingerprint_of_the_previous_pepper_is_recognised():
    now = idempotency.idempotency_key(pull(), 11, KEYRING)
    before = idempotency.idempotency_key(pull(), 11, Keyring(["old pepper"]))
    first = admitted(before, outcome={"outcome": "recorded"})

    assert idempotency.replay(first, now, Store(first), never, Time().runtime) == {"outcome": "recorded"}


def test_another_body_is_a_conflict_that_names_the_first_pipeline():
    first = FirstCall(42, "something else", 0, {"outcome": "recorded"})

    with pytest.raises(Conflict) as refusal:
        idempotency.replay(first, IdempotencyKey("k", ("f",)), Store(first), never, Time().runtime)

    assert refusal.value.details == {"pipeline": 42}


def test_a_repeat_waits_for_the_first_call():
    once, time = IdempotencyKey("k", ("f",)), Time()
    first = admitted(once)

    assert idempotency.replay(first, once, Store(first, 10), never, time.runtime) == {"outcome": "ended"}
    assert time.now - START == timedelta(seconds=10 * idempotency.PAUSE)


def test_a_repeat_does_not_wait_for_ever():
    once = IdempotencyKey("k", ("f",))
    first = admitted(once)

    with pytest.raises(Unavailable):
        idempotency.replay(first, once, Store(first, 10_000), never, Time().runtime)


def test_a_repeat_takes_up_what_died():
    once = IdempotencyKey("k", ("f",))
    first = admitted(once, seconds_ago=idempotency.DEAD_AFTER + 1)
    store = Store(first, 10)

    assert idempotency.replay(first, once, store, lambda: {"outcome": "taken up"}, Time().runtime) == {
        "outcome": "taken up"
    }
    assert store.is_rekeyed == {"k": {"outcome": "taken up"}}
