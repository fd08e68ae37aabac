"""Managing members of groups and projects."""

from copy import replace

import pytest

from pullcord.access import Membership
from pullcord.errors import Conflict, Forbidden, Invalid, NotFound, RecordNotFound
from pullcord.usecases.settings import manage_members
from pullcord.usecases.settings.manage_members import MemberDeps, Roster
from tests.unit.usecases.fakes import ADA, NOW, ROOT, Time
from tests.unit.usecases.stores import BOB, Members, Users


@pytest.fixture
def deps():
    return MemberDeps(Members(), Users(), Time().runtime)


def roster(level=50, caller=ROOT, kind="project", above=(30,), may_admin=True):
    return Roster(kind, 7, above, caller, level, may_admin)


def levels(members):
    return {member.user.username: member.membership.level for member in members}


def test_a_member_of_several_groups_is_listed_once_with_the_highest_level(deps):
    deps.members.join("project", 7, ADA, 30)
    deps.members.join("group", 30, ADA, 40)
    deps.members.join("group", 30, BOB, 20)

    assert levels(manage_members.list_direct(roster(), deps)) == {"ada": 30}
    assert levels(manage_members.list_all(roster(), deps)) == {"ada": 40, "bob": 20}


def test_a_membership_counts_until_its_expiry_date(deps):
    deps.members.join("project", 7, ADA, 30, expires_at="2026-03-02")
    deps.members.join("project", 7, BOB, 30, expires_at="2026-03-01")

    assert levels(manage_members.list_direct(roster(), deps)) == {"ada": 30}


def test_a_deleted_user_is_not_listed(deps):
    deps.members.join("project", 7, replace(ADA, id=99), 30)

    assert manage_members.list_direct(roster(), deps) == []


def test_a_new_member_has_the_user_who_added_them(deps):
    made = manage_members.add_member(roster(), Membership(BOB.id, 30), deps)

    assert (made.user, made.created_by, made.membership.created_at) == (BOB, ROOT, NOW)


@pytest.mark.parametrize(
    ("members_of", "wanted", "refusal"),
    [
        (roster(may_admin=False), Membership(BOB.id, 10), Forbidden),
        (roster(level=40), Membership(BOB.id, 50), Forbidden),
        (roster(), Membership(99, 30), NotFound),
        (roster(), Membership(ADA.id, 30), Conflict),
        (roster(), Membership(BOB.id, 30, "2026-02-28"), Invalid),
        (roster(above=(31,)), Membership(BOB.id, 30), Invalid),
    ],
)
def test_additions_that_are_refused(deps, members_of, wanted, refusal):
    deps.members.join("project", 7, ADA, 30)
    deps.members.join("group", 31, BOB, 40)

    with pytest.raises(refusal):
        manage_members.add_member(members_of, wanted, deps)


@pytest.mark.parametrize(("deleted", "message"), [("user", "404 User Not Found"), ("source", "404 Project Not Found")])
def test_a_user_or_project_that_is_deleted_meanwhile_is_not_found(deps, deleted, message):
    deps.members.failing = [frozenset({deleted, "member"})]

    with pytest.raises(NotFound, match=message):
        manage_members.add_member(roster(), Membership(BOB.id, 30), deps)


@pytest.mark.parametrize(("keep_expiry", "expires_at"), [(True, "2027-01-01"), (False, None)])
def test_the_expiry_date_stays_if_none_is_sent(deps, keep_expiry, expires_at):
    deps.members.join("project", 7, BOB, 30, expires_at="2027-01-01")

    changed = manage_members.change_member(roster(), Membership(BOB.id, 40), deps, keep_expiry=keep_expiry)

    assert (changed.membership.level, changed.membership.expires_at) == (40, expires_at)


def test_maintainers_neither_change_nor_remove_owners(deps):
    deps.members.join("project", 7, ADA, 50)

    with pytest.raises(Forbidden):
        manage_members.change_member(roster(level=40), Membership(ADA.id, 30), deps, keep_expiry=True)
    with pytest.raises(Forbidden):
        manage_members.remove_member(roster(level=40), ADA.id, deps)


@pytest.mark.parametrize("kind", ["project", "group"])
def test_the_last_owner_cannot_be_removed_if_no_group_is_above(deps, kind):
    deps.members.join(kind, 7, ADA, 50)
    alone = roster(kind=kind, above=())

    with pytest.raises(Forbidden):
        manage_members.remove_member(alone, ADA.id, deps)
    with pytest.raises(Forbidden):
        manage_members.change_member(alone, Membership(ADA.id, 30), deps, keep_expiry=True)

    deps.members.join(kind, 7, BOB, 50)
    manage_members.remove_member(alone, ADA.id, deps)
    assert levels(manage_members.list_direct(alone, deps)) == {"bob": 50}


def test_members_may_remove_themselves(deps):
    deps.members.join("project", 7, BOB, 30)

    manage_members.remove_member(roster(level=30, caller=BOB, may_admin=False), BOB.id, deps)

    assert manage_members.list_direct(roster(), deps) == []


@pytest.mark.parametrize("user_id", [99, 0, -1])
def test_a_user_who_is_not_a_member_is_not_found(deps, user_id):
    with pytest.raises(RecordNotFound):
        manage_members.remove_member(roster(), user_id, deps)
