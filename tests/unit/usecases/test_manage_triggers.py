"""Managing trigger tokens, without HTTP and without AWS."""

from datetime import timedelta

import pytest

from pullcord.errors import BadRequest, Forbidden, PreconditionFailed, RecordNotFound
from pullcord.usecases.auth.project_access import access
from pullcord.usecases.triggers import manage_triggers
from pullcord.usecases.triggers.manage_triggers import TriggerTokenDeps
from tests.unit.usecases.fakes import ADA, NOW, ROOT, START, WIDGETS, Directory, Peppers, Time, Tokens


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def world(time):
    return TriggerTokenDeps(Peppers(), Tokens(), time.runtime)


def stands(user, level=40):
    return access("7", user, Directory(levels={user.id: level}), "2026-03-01")


def test_a_new_trigger_is_found_by_its_token_and_shown_to_its_owner(world):
    made = manage_triggers.create_trigger(stands(ADA), "nightly", None, world)

    token = manage_triggers.visible_token(made, ADA, world)
    assert token.startswith("glptt-")
    assert made.short == token[6:10]
    assert (made.owner_id, made.created_at, made.description) == (ADA.id, NOW, "nightly")
    found = world.triggers.find(world.peppers.keyring().digests(token))
    assert (found.kind, found.token_id, found.user_id, found.project_id) == ("trigger", made.id, ADA.id, 7)


def test_a_token_is_nowhere_in_what_is_stored(world):
    made = manage_triggers.create_trigger(stands(ADA), "nightly", None, world)
    token = manage_triggers.visible_token(made, ADA, world)

    assert token[6:] not in repr(made) + repr(world.triggers.found)


def test_others_see_four_characters(world):
    made = manage_triggers.create_trigger(stands(ADA), "nightly", None, world)

    assert manage_triggers.visible_token(made, None, world) == made.short
    assert manage_triggers.visible_token(made, ROOT, world).startswith("glptt-")


@pytest.mark.parametrize(("days", "allowed"), [(-1, True), (0, True), (364, True), (365, False), (9999, False)])
def test_a_trigger_lives_less_than_a_year(world, days, allowed):
    end = START + timedelta(days=days)
    if allowed:
        assert manage_triggers.create_trigger(stands(ADA), "x", end, world).expires_at is not None
        return
    with pytest.raises(BadRequest) as caught:
        manage_triggers.create_trigger(stands(ADA), "x", end, world)
    assert caught.value.message == '400 Bad request - {"expires_at":["must be before 2027-03-01"]}'
    assert world.triggers.stored == {}


def test_a_project_has_no_more_triggers_than_it_may(world, monkeypatch):
    monkeypatch.setattr(manage_triggers, "MOST", 2)
    for _ in range(2):
        manage_triggers.create_trigger(stands(ADA), "x", None, world)

    with pytest.raises(BadRequest, match="Maximum number of pipeline triggers") as caught:
        manage_triggers.create_trigger(stands(ADA), "x", None, world)

    assert caught.value.message == '400 Bad request - {"base":["Maximum number of pipeline triggers (2) exceeded"]}'


@pytest.mark.parametrize("level", [10, 20, 30])
def test_below_maintainer_nobody_manages(world, level):
    made = manage_triggers.create_trigger(stands(ADA), "x", None, world)

    for wish in (
        lambda: manage_triggers.create_trigger(stands(ADA, level), "x", None, world),
        lambda: manage_triggers.list_triggers(stands(ADA, level), world),
        lambda: manage_triggers.describe_trigger(stands(ADA, level), made.id, "y", world),
        lambda: manage_triggers.revoke_trigger(stands(ADA, level), made.id, None, world),
    ):
        with pytest.raises(Forbidden):
            wish()


@pytest.mark.parametrize("number", [0, -5, 99, 2**70])
def test_an_unknown_trigger_is_not_found(world, number):
    for wish in (
        lambda: manage_triggers.find_trigger(WIDGETS, number, world),
        lambda: manage_triggers.describe_trigger(stands(ADA, 10), number, "y", world),
        lambda: manage_triggers.revoke_trigger(stands(ADA), number, None, world),
    ):
        with pytest.raises(RecordNotFound):
            wish()


def test_an_expired_trigger_is_hidden(world, time):
    made = manage_triggers.create_trigger(stands(ADA), "x", START + timedelta(days=1), world)
    assert manage_triggers.list_triggers(stands(ADA), world) == [made]

    time.sleep(86_400)

    assert manage_triggers.list_triggers(stands(ADA), world) == []
    with pytest.raises(RecordNotFound):
        manage_triggers.find_trigger(WIDGETS, made.id, world)


def test_only_the_owner_and_an_administrator_describe(world, time):
    made = manage_triggers.create_trigger(stands(ROOT), "x", None, world)
    with pytest.raises(Forbidden, match="not authorized to update"):
        manage_triggers.describe_trigger(stands(ADA, 50), made.id, "y", world)
    time.sleep(1)

    changed = manage_triggers.describe_trigger(stands(ROOT), made.id, "y", world)

    assert (changed.description, changed.updated_at) == ("y", "2026-03-01T10:20:31.456Z")


@pytest.mark.parametrize(
    ("since", "revoked"),
    [(None, True), (timedelta(seconds=1), True), (timedelta(milliseconds=-456), True), (timedelta(seconds=-1), False)],
)
def test_a_trigger_is_revoked_unless_it_changed_meanwhile(world, since, revoked):
    made = manage_triggers.create_trigger(stands(ADA), "x", None, world)
    runtime = None if since is None else START + since
    if revoked:
        manage_triggers.revoke_trigger(stands(ADA), made.id, runtime, world)
        assert world.triggers.stored == {}
        return
    with pytest.raises(PreconditionFailed):
        manage_triggers.revoke_trigger(stands(ADA), made.id, runtime, world)
