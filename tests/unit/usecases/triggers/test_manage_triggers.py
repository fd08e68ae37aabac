"""Managing trigger tokens."""

from datetime import timedelta

import pytest

from pullcord.errors import BadRequest, Forbidden, PreconditionFailed, RecordNotFound
from pullcord.usecases.auth.project_access import authorize_project
from pullcord.usecases.triggers import manage_triggers
from pullcord.usecases.triggers.manage_triggers import TriggerTokenDeps
from tests.unit.usecases.fakes import ADA, NOW, ROOT, START, TODAY, WIDGETS, Peppers, Time, TriggerTokens
from tests.unit.usecases.lists import Sequences
from tests.unit.usecases.stores import Directory


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def deps(time):
    return TriggerTokenDeps(Peppers(), TriggerTokens(), Sequences(), time.runtime)


def access(user, level=40):
    return authorize_project("7", user, Directory(levels={user.id: level}), TODAY)


def test_a_new_trigger_is_found_by_its_token_and_visible_to_its_owner(deps):
    made = manage_triggers.create_trigger(access(ADA), "nightly", None, deps)

    token = manage_triggers.visible_token(made, ADA, deps)
    assert token.startswith("glptt-")
    assert made.short == token[6:10]
    assert (made.owner_id, made.created_at, made.description) == (ADA.id, NOW, "nightly")
    record = deps.triggers.find(deps.peppers.keyring().digests(token))
    assert (record.kind, record.token_id, record.user_id, record.project_id) == ("trigger", made.id, ADA.id, 7)


def test_a_token_is_not_stored_in_the_clear(deps):
    made = manage_triggers.create_trigger(access(ADA), "nightly", None, deps)
    token = manage_triggers.visible_token(made, ADA, deps)

    assert token[6:] not in repr(made) + repr(deps.triggers.records)


def test_others_see_four_characters(deps):
    made = manage_triggers.create_trigger(access(ADA), "nightly", None, deps)

    assert manage_triggers.visible_token(made, None, deps) == made.short
    assert manage_triggers.visible_token(made, ROOT, deps).startswith("glptt-")


@pytest.mark.parametrize(("days", "allowed"), [(-1, True), (0, True), (364, True), (365, False), (9999, False)])
def test_a_trigger_expires_within_a_year(deps, days, allowed):
    expires_at = START + timedelta(days=days)
    if allowed:
        assert manage_triggers.create_trigger(access(ADA), "x", expires_at, deps).expires_at is not None
        return
    with pytest.raises(BadRequest) as caught:
        manage_triggers.create_trigger(access(ADA), "x", expires_at, deps)
    assert caught.value.message == '400 Bad request - {"expires_at":["must be before 2027-03-01"]}'
    assert deps.triggers.stored == {}


def test_a_project_has_a_maximum_of_triggers(deps, monkeypatch):
    monkeypatch.setattr(manage_triggers, "MAX_TRIGGERS", 2)
    for _ in range(2):
        manage_triggers.create_trigger(access(ADA), "x", None, deps)

    with pytest.raises(BadRequest, match="Maximum number of pipeline triggers") as caught:
        manage_triggers.create_trigger(access(ADA), "x", None, deps)

    assert caught.value.message == '400 Bad request - {"base":["Maximum number of pipeline triggers (2) exceeded"]}'


@pytest.mark.parametrize("level", [10, 20, 30])
def test_members_below_maintainer_do_not_manage_triggers(deps, level):
    made = manage_triggers.create_trigger(access(ADA), "x", None, deps)

    for operation in (
        lambda: manage_triggers.create_trigger(access(ADA, level), "x", None, deps),
        lambda: manage_triggers.list_triggers(access(ADA, level), deps),
        lambda: manage_triggers.describe_trigger(access(ADA, level), made.id, "y", deps),
        lambda: manage_triggers.revoke_trigger(access(ADA, level), made.id, None, deps),
    ):
        with pytest.raises(Forbidden):
            operation()


@pytest.mark.parametrize("number", [0, -5, 99, 2**70])
def test_an_unknown_trigger_is_not_found(deps, number):
    for operation in (
        lambda: manage_triggers.find_trigger(WIDGETS, number, deps),
        lambda: manage_triggers.describe_trigger(access(ADA, 10), number, "y", deps),
        lambda: manage_triggers.revoke_trigger(access(ADA), number, None, deps),
    ):
        with pytest.raises(RecordNotFound):
            operation()


def test_an_expired_trigger_is_not_found(deps, time):
    made = manage_triggers.create_trigger(access(ADA), "x", START + timedelta(days=1), deps)
    assert manage_triggers.list_triggers(access(ADA), deps) == [made]

    time.sleep(86_400)

    assert manage_triggers.list_triggers(access(ADA), deps) == []
    with pytest.raises(RecordNotFound):
        manage_triggers.find_trigger(WIDGETS, made.id, deps)


def test_the_owner_and_administrators_alone_change_the_description(deps, time):
    made = manage_triggers.create_trigger(access(ROOT), "x", None, deps)
    with pytest.raises(Forbidden, match="not authorized to update"):
        manage_triggers.describe_trigger(access(ADA, 50), made.id, "y", deps)
    time.sleep(1)

    changed = manage_triggers.describe_trigger(access(ROOT), made.id, "y", deps)

    assert (changed.description, changed.updated_at) == ("y", "2026-03-01T10:20:31.456Z")


@pytest.mark.parametrize(
    ("since", "revoked"),
    [(None, True), (timedelta(seconds=1), True), (timedelta(milliseconds=-456), True), (timedelta(seconds=-1), False)],
)
def test_a_trigger_is_revoked_unless_it_changed_meanwhile(deps, since, revoked):
    made = manage_triggers.create_trigger(access(ADA), "x", None, deps)
    unmodified_since = None if since is None else START + since
    if revoked:
        manage_triggers.revoke_trigger(access(ADA), made.id, unmodified_since, deps)
        assert deps.triggers.stored == {}
        return
    with pytest.raises(PreconditionFailed):
        manage_triggers.revoke_trigger(access(ADA), made.id, unmodified_since, deps)
