from copy import replace

import pytest

from pullcord.access import Membership
from pullcord.errors import Conflict, Forbidden, Invalid, NotFound, RecordNotFound
from pullcord.usecases.settings import manage_members
from pullcord.usecases.settings.manage_members import MemberDeps, Roster
from tests.unit.usecases.fakes import ADA, NOW, ROOT, Time
from tests.unit.usecases.kept import BOB, Members, Users


@pytest.fixture
def deps():
    return MemberDeps(Members(), Users(), Time().runtime)


def roster(level=50, caller=ROOT, kind="project", above=(30,), may_admin=True):
    return Roster(kind, 7, above, caller, level, may_admin)


def levels(members):
    return {member.user.username: member.membership.level for member in members}


def test_the_highest_level_of_all_groups_counts_and_each_is_there_once(deps):
    deps.members.join("project", 7, ADA, 30)
    deps.members.join("group", 30, ADA, 40)
    deps.members.join("group", 30, BOB, 20)

    assert levels(manage_members.list_direct(roster(), deps)) == {"ada": 30}
    assert levels(manage_members.list_all(roster(), deps)) == {"ada": 40, "bob": 20}


def test_a_membership_counts_until_the_day_of_its_end(deps):
    deps.members.join("project", 7, ADA, 30, expires_at="2026-03-02")
    deps.members.join("project", 7, BOB, 30, expires_at="2026-03-01")

    assert levels(manage_members.list_direct(roster(), deps)) == {"ada": 30}


def test_who_is_gone_is_no_member(deps):
    deps.members.join("project", 7, replace(ADA, id=99), 30)

    assert manage_members.list_direct(roster(), deps) == []


def test_a_new_member_is_told_with_who_made_them_one(deps):
    made = manage_members.add_member(roster(), Membership(BOB.id, 30), deps)

    assert (made.user, made.created_by, made.membership.created_at) == (BOB, ROOT, NOW)


@pytest.mark.parametrize(
    ("of", "wanted", "refusal"),
    [
        (roster(may_admin=False), Membership(BOB.id, 10), Forbidden),
        (roster(level=40), Membership(BOB.id, 50), Forbidden),
        (roster(), Membership(99, 30), NotFound),
        (roster(), Membership(ADA.id, 30), Conflict),
        (roster(), Membership(BOB.id, 30, "2026-02-28"), Invalid),
        (roster(above=(31,)), Membership(BOB.id, 30), Invalid),
    ],
)
def test_who_cannot_become_a_member(deps, of, wanted, refusal):
    deps.members.join("project", 7, ADA, 30)
    deps.members.join("group", 31, BOB, 40)

    with pytest.raises(refusal):
        manage_members.add_member(of, wanted, deps)


@pytest.mark.parametrize(("gone", "message"), [("user", "404 User Not Found"), ("source", "404 Project Not Found")])
def test_what_goes_meanwhile_gets_no_member(deps, gone, message):
    deps.members.gone = frozenset({gone, "member"})

    with pytest.raises(NotFound, match=message):
        manage_members.add_member(roster(), Membership(BOB.id, 30), deps)


@pytest.mark.parametrize(("keep_expiry", "end"), [(True, "2027-01-01"), (False, None)])
def test_an_end_stays_unless_another_is_sent(deps, keep_expiry, end):
    deps.members.join("project", 7, BOB, 30, expires_at="2027-01-01")

    changed = manage_members.change_member(roster(), Membership(BOB.id, 40), deps, keep_expiry=keep_expiry)

    assert (changed.membership.level, changed.membership.expires_at) == (40, end)


def test_maintainers_neither_lower_nor_remove_owners(deps):
    deps.members.join("project", 7, ADA, 50)

    with pytest.raises(Forbidden):
        manage_members.change_member(roster(level=40), Membership(ADA.id, 30), deps, keep_expiry=True)
    with pytest.raises(Forbidden):
        manage_members.remove_member(roster(level=40), ADA.id, deps)


@pytest.mark.parametrize("kind", ["project", "group"])
def test_the_last_owner_stays_where_no_group_is_above(deps, kind):
    deps.members.join(kind, 7, ADA, 50)
    alone = roster(kind=kind, above=())

    with pytest.raises(Forbidden):
        manage_members.remove_member(alone, ADA.id, deps)
    with pytest.raises(Forbidden):
        manage_members.change_member(alone, Membership(ADA.id, 30), deps, keep_expiry=True)

    deps.members.join(kind, 7, BOB, 50)
    manage_members.remove_member(alone, ADA.id, deps)
    assert levels(manage_members.list_direct(alone, deps)) == {"bob": 50}


def test_members_leave_by_themselves(deps):
    deps.members.join("project", 7, BOB, 30)

    manage_members.remove_member(roster(level=30, caller=BOB, may_admin=False), BOB.id, deps)

    assert manage_members.list_direct(roster(), deps) == []


@pytest.mark.parametrize("user_id", [99, 0, -1])
def test_who_is_no_member_is_not_found(deps, user_id):
    with pytest.raises(RecordNotFound):
        manage_members.remove_member(roster(), user_id, deps)
