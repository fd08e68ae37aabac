"""Managing members of groups and projects."""

from copy import replace

import pytest

from pullcord.access import Level, Membership
from pullcord.errors import Conflict, Forbidden, Invalid, NotFound, RecordNotFound
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.settings import manage_members
from pullcord.usecases.settings.manage_members import MemberDeps, Roster
from tests.unit.usecases.fakes import ADA, NOW, ROOT, WIDGETS, Time, blocked
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


SOON, LATER, PAST = "2026-03-02", "2027-01-01", "2026-02-28"


def group(above=(), caller=ROOT):
    return roster(kind="group", above=above, caller=caller)


def change(members_of, user, level, expires_at, deps):
    return manage_members.change_member(members_of, Membership(user.id, level, expires_at), deps, keep_expiry=False)


REMOVED = (None, None)


# Ada's end, Bob's membership, the change of Ada's, and whether it is allowed
@pytest.mark.parametrize(
    ("ends", "bob", "wanted", "allowed"),
    [
        (None, None, REMOVED, False),
        (None, None, (40, None), False),
        (None, None, (40, LATER), False),
        (None, None, (50, SOON), False),
        (None, None, (50, LATER), False),
        (None, None, (50, None), True),
        (None, (BOB, 40, None), REMOVED, False),
        (None, (BOB, 40, None), (50, LATER), False),
        (None, (BOB, 50, None), REMOVED, True),
        (None, (BOB, 50, None), (40, None), True),
        (None, (BOB, 50, None), (50, LATER), True),
        (None, (BOB, 50, LATER), REMOVED, False),
        (None, (BOB, 50, LATER), (10, None), False),
        (None, (BOB, 50, LATER), (50, SOON), False),
        (None, (BOB, 50, PAST), REMOVED, False),
        (None, (BOB, 50, PAST), (50, LATER), False),
        (None, (blocked(BOB), 50, None), REMOVED, False),
        (None, (blocked(BOB), 50, None), (50, LATER), False),
        (None, (replace(BOB, id=99), 50, None), REMOVED, False),
        (LATER, None, REMOVED, False),
        (LATER, None, (40, None), False),
        (LATER, None, (50, SOON), False),
        (LATER, None, (50, LATER), True),
        (LATER, None, (50, None), True),
        (LATER, (BOB, 50, None), REMOVED, True),
        (LATER, (BOB, 50, None), (50, SOON), True),
        (LATER, (BOB, 50, LATER), REMOVED, True),
        (LATER, (BOB, 50, LATER), (40, None), True),
        (PAST, None, REMOVED, True),
    ],
)
@pytest.mark.parametrize("caller", [ADA, ROOT])
def test_a_group_keeps_an_owner_without_an_end(deps, caller, ends, bob, wanted, allowed):
    deps.members.join("group", 7, ADA, 50, expires_at=ends)
    if bob:
        user, level, end = bob
        deps.users.stored |= {user.id: user} if user.id == BOB.id else {}
        deps.members.join("group", 7, user, level, expires_at=end)
    before = dict(deps.members.stored)

    def make_change():
        if wanted == REMOVED:
            manage_members.remove_member(group(caller=caller), ADA.id, deps)
        else:
            change(group(caller=caller), ADA, *wanted, deps)

    if allowed:
        make_change()
    else:
        with pytest.raises(Forbidden) as refusal:
            make_change()
        assert (refusal.value.code, refusal.value.message) == ("sole_owner", "")
        assert deps.members.stored == before


@pytest.mark.parametrize("members_of", [group(above=(30,)), roster()])
def test_a_group_above_has_owners_of_its_own(deps, members_of):
    deps.members.join(members_of.kind, 7, ADA, 50)

    change(members_of, ADA, 50, LATER, deps)
    change(members_of, ADA, 30, None, deps)
    manage_members.remove_member(members_of, ADA.id, deps)

    assert deps.members.stored == {}


def test_a_project_of_a_users_own_namespace_keeps_that_user(deps):
    holder = replace(ADA, namespace_id=3)
    deps.users.stored[ADA.id] = holder
    project = replace(WIDGETS, namespace_id=3, namespace_kind="user", groups=())
    deps.members.join("project", project.id, ADA, 50)
    deps.members.join("project", project.id, BOB, 50)
    own = Roster.of_project(ProjectAccess(project, ROOT, frozenset({"admin_project"}), Level.OWNER))

    for wanted in (REMOVED, (40, None), (50, LATER)):
        with pytest.raises(Forbidden):
            manage_members.remove_member(own, ADA.id, deps) if wanted == REMOVED else change(own, ADA, *wanted, deps)
    manage_members.remove_member(own, BOB.id, deps)

    assert levels(manage_members.list_direct(own, deps)) == {"ada": 50}


def test_two_owners_who_leave_at_once_do_not_both_go(deps):
    deps.members.join("group", 7, ADA, 50)
    deps.members.join("group", 7, BOB, 50)
    deps.members.meanwhile = lambda: manage_members.remove_member(group(), BOB.id, deps)

    with pytest.raises(Forbidden):
        manage_members.remove_member(group(), ADA.id, deps)

    assert levels(manage_members.list_direct(group(), deps)) == {"ada": 50}


@pytest.mark.parametrize("caller", [BOB, ROOT])
def test_a_demotion_and_a_removal_at_once_leave_an_owner(deps, caller):
    deps.members.join("group", 7, ADA, 50)
    deps.members.join("group", 7, BOB, 50)
    deps.members.meanwhile = lambda: change(group(caller=caller), BOB, 50, LATER, deps)

    with pytest.raises(Forbidden):
        change(group(), ADA, 40, None, deps)

    assert levels(manage_members.list_direct(group(), deps)) == {"ada": 50, "bob": 50}


def test_owners_that_change_again_and_again_are_a_conflict(deps):
    deps.members.join("group", 7, ADA, 50)
    deps.members.join("group", 7, BOB, 50)
    deps.members.failing = [frozenset({"remaining"})] * 10

    with pytest.raises(Conflict):
        manage_members.remove_member(group(), ADA.id, deps)
    with pytest.raises(Conflict):
        change(group(), ADA, 40, None, deps)


def test_members_may_remove_themselves(deps):
    deps.members.join("project", 7, BOB, 30)

    manage_members.remove_member(roster(level=30, caller=BOB, may_admin=False), BOB.id, deps)

    assert manage_members.list_direct(roster(), deps) == []


@pytest.mark.parametrize("user_id", [99, 0, -1])
def test_a_user_who_is_not_a_member_is_not_found(deps, user_id):
    with pytest.raises(RecordNotFound):
        manage_members.remove_member(roster(), user_id, deps)
