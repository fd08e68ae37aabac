"""Rotating the pepper over the real tables, secrets and roles of the template: nothing is lost, no call fails."""

import itertools

import pytest

from pullcord.aws import keys
from pullcord.aws.items import record
from pullcord.aws.table import Table
from pullcord.tokens import Trigger, bound_to_digest, bound_to_trigger, keys_by_pepper
from pullcord.usecases.rotation.rotate_pepper import (
    BATCH_SIZE,
    KEYRING_SECONDS,
    STEPS,
    RotationTooSoon,
    RotationUnfinished,
)
from tests.integration.rotation import books
from tests.integration.rotation.rig import Crash


@pytest.fixture
def balance(world, operator):
    return lambda: books.balance(operator, world.outputs)


def test_every_kind_of_token_outlives_rotations(sandbox, new_sandbox, new_rotation, balance):
    trigger, token = sandbox.new_trigger()
    _, personal = sandbox.new_personal()
    revoked, revoked_value = sandbox.new_personal()
    sandbox.revoke_personal(revoked)

    for _ in range(4):
        new_rotation().run()

        now = new_sandbox()
        assert now.accepts(token)
        assert now.shows(trigger) == token
        assert now.calls(personal) is True
        assert now.calls(revoked_value) == "token_revoked"
        assert balance() == 3


def test_a_rotation_without_a_token(new_rotation, sandbox, balance):
    new_rotation().run()

    assert balance() == 0


def test_a_finished_rotation_may_be_tried_again(sandbox, new_rotation, balance):
    sandbox.new_trigger()
    rotation = new_rotation()
    rotation.run()

    again = rotation.run()

    assert not {"PutSecretValue", "TransactWriteItems", "UpdateSecretVersionStage"} & set(again)
    assert balance() == 1


@pytest.mark.parametrize("step", STEPS)
def test_a_function_with_an_old_keyring_opens_what_is_sealed_with_the_new_pepper(new_sandbox, new_rotation, step):
    rotation = new_rotation()
    old = new_sandbox()
    trigger, token = old.new_trigger()

    for name in itertools.takewhile(lambda name: name != step, STEPS):
        rotation.step(name)
    rotation.step(step)

    assert old.shows(trigger) == token
    assert old.shows(new_sandbox().new_trigger()[0]).startswith("glptt-")


def test_a_rotation_that_dies_between_any_two_calls_is_ended_by_another_try(world, new_sandbox, new_rotation, balance):
    begin = new_sandbox()
    trigger, token = begin.new_trigger()
    _, personal = begin.new_personal()
    died = 0

    for after in itertools.count(1):
        rotation = new_rotation()
        old = new_sandbox()
        world.crash_after = after
        try:
            rotation.run()
        except Crash:
            died += 1
        else:
            break
        world.crash_after = None
        for sandbox in (old, new_sandbox()):
            assert sandbox.accepts(token)
            assert sandbox.calls(personal) is True
            assert sandbox.shows(trigger) == token
        rotation.run()
        assert balance() == 2

    assert died > 15


def test_a_rotation_begins_only_when_no_function_can_hold_the_keyring_from_before_the_last(
    world, sandbox, new_rotation
):
    rotation, next_one = new_rotation(), new_rotation()
    rotation.run()
    world.sleep(KEYRING_SECONDS - 1)
    with pytest.raises(RotationTooSoon):
        next_one.run()

    world.sleep(1)

    next_one.run()


def test_a_rotation_stops_in_time_and_goes_on_where_it_stopped(sandbox, new_rotation, balance):
    for _ in range(50):
        sandbox.new_trigger()
    rotation = new_rotation()
    rotation.step("createSecret")
    rotation.world.calls.clear()
    rotation.world.between = lambda: setattr(rotation, "seconds_left", rotation.seconds_left - 300)

    with pytest.raises(RotationUnfinished):
        rotation.step("setSecret")
    before = rotation.world.calls.count("TransactWriteItems")
    rotation.world.between, rotation.seconds_left = None, 900
    rotation.run()

    assert before == 1
    assert rotation.world.calls.count("TransactWriteItems") == 2 + 3  # the other digests, then the seals
    assert balance() == 50


def test_replacing_the_first_administrators_token_takes_the_old_one_away(sandbox, new_sandbox, new_rotation):
    sandbox.bootstrap("glpat-first")
    new_rotation().run()
    now = new_sandbox()
    assert now.calls("glpat-first") is True

    now.bootstrap("glpat-second")

    assert now.calls("glpat-second") is True
    assert now.calls("glpat-first") == "unknown_token"


def test_a_description_changed_during_a_rotation_loses_no_digest(sandbox, new_rotation, balance):
    trigger, _ = sandbox.new_trigger()
    rotation = new_rotation()
    rotation.step("createSecret")
    rotation.step("setSecret")

    with sandbox.world.acting("Triggers"):
        assert sandbox.tokens.describe(trigger, "another", "2026-03-01T00:00:00.000Z").description == "another"

    rotation.run()
    assert balance() == 1


def test_a_revoked_trigger_cannot_be_described_into_life(sandbox, world):
    trigger, token = sandbox.new_trigger()
    sandbox.revoke_trigger(trigger)

    with world.acting("Triggers"):
        assert sandbox.tokens.describe(trigger, "another", "2026-03-01T00:00:00.000Z") is None
    assert not sandbox.accepts(token)


@pytest.mark.parametrize("count", [200, pytest.param(2000, marks=pytest.mark.performance)])
def test_many_tokens_are_rotated_in_few_writes(world, sandbox, new_rotation, balance, count):
    table = Table(world.outputs["TokensTable"])
    table.write_all([item for number in range(1, count + 1) for item in trigger_items(sandbox, number)])

    calls = new_rotation().run()

    assert balance() == count
    assert (
        calls["TransactWriteItems"] <= 2 * count / BATCH_SIZE + calls["Scan"]
    )  # a page need not end with a full write


def trigger_items(sandbox, number):
    with sandbox.world.acting("Triggers"):
        keyring, random = sandbox.peppers.keyring(), sandbox.world.runtime.random
    token = f"glptt-{number:040x}"
    digests = keyring.digested(token, bound_to_digest("trigger", 7, number), random)
    sealed = keyring.seal(token.encode(), bound_to_trigger(7, number), random(12))
    trigger = Trigger(number, 7, 1, keys_by_pepper(digests), sealed, "0000", "2026-03-01", "2026-03-01")
    yield keys.trigger(7, number), record(trigger)
    for digest in digests:
        yield keys.digest(digest.key), record(trigger.record.with_digest(digest))
