"""Managing users."""

from copy import replace

import pytest

from pullcord.errors import Conflict, Forbidden, Invalid, NotFound
from pullcord.usecases.users import manage_users
from pullcord.usecases.users.manage_users import UserDeps, UserFilter
from tests.unit.usecases.fakes import ADA, NOW, ROOT, Time, blocked
from tests.unit.usecases.lists import Sequences
from tests.unit.usecases.stores import BOB, Users

EVE = {"username": "eve", "name": "Eve", "email": "eve@example.com"}


@pytest.fixture
def deps():
    return UserDeps(Users(), Sequences({"users": 6, "namespaces": 8}), Time().runtime)


def test_a_new_user_has_their_own_namespace(deps):
    made = manage_users.create_user(EVE, ROOT, deps)

    assert (made.username, made.created_at, made.state) == ("eve", NOW, "active")
    assert (made.id, made.namespace_id) == (7, 9)
    assert deps.users.user(made.id) == made
    assert deps.users.namespaces[made.namespace_id].owner_id == made.id


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "eve"}, "email"),
        ({"email": "eve @example.com"}, "email"),
        ({"name": "  "}, "name"),
        ({"name": "e" * 256}, "name"),
        ({"username": "-eve"}, "username"),
        ({"username": "_eve"}, "username"),
        ({"username": "eve--x"}, "username"),
        ({"username": "e"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "é"}, "username"),
        ({"username": "eve."}, "username"),
        ({"username": "eve.git"}, "username"),
        ({"username": "Users"}, "username"),
    ],
)
def test_invalid_users_are_refused_by_field(deps, changed, field):
    with pytest.raises(Invalid) as refusal:
        manage_users.create_user(EVE | changed, ROOT, deps)

    assert list(refusal.value.problems) == [field]


@pytest.mark.parametrize(
    ("taken", "message"),
    [
        ({"email"}, "Email has already been taken"),
        ({"username"}, "Username has already been taken"),
        ({"username", "email"}, "Email has already been taken"),
    ],
)
def test_a_taken_username_or_address_is_a_conflict(deps, taken, message):
    deps.users.failing = [frozenset(taken)]

    with pytest.raises(Conflict) as refusal:
        manage_users.create_user(EVE, ROOT, deps)

    assert refusal.value.message == message


@pytest.mark.parametrize(
    "operation",
    [
        lambda deps: manage_users.create_user(EVE, ADA, deps),
        lambda deps: manage_users.update_user(BOB.id, {"name": "B"}, ADA, deps),
        lambda deps: manage_users.block_user(BOB.id, ADA, deps),
        lambda deps: manage_users.unblock_user(BOB.id, ADA, deps),
        lambda deps: manage_users.block_user(ROOT.id, ROOT, deps),
    ],
)
def test_administrators_alone_manage_users_and_nobody_blocks_their_own_account(deps, operation):
    with pytest.raises(Forbidden):
        operation(deps)


def test_blocking_is_undone_by_unblocking(deps):
    manage_users.block_user(BOB.id, ROOT, deps)
    assert deps.users.user(BOB.id) == blocked(BOB)

    manage_users.unblock_user(BOB.id, ROOT, deps)
    assert deps.users.user(BOB.id) == BOB


@pytest.mark.parametrize("user_id", [99, 0, -5])
def test_an_unknown_user_is_not_found(deps, user_id):
    with pytest.raises(NotFound, match="404 User Not Found"):
        manage_users.find_user(user_id, deps)


@pytest.mark.parametrize(
    ("wanted", "caller", "names"),
    [
        (UserFilter(), ADA, ["bob", "ada", "root"]),
        (UserFilter(search="EXAMPLE"), ADA, ["bob", "ada"]),
        (UserFilter(search="bob@example.com"), ADA, []),
        (UserFilter(search="bob@example.com"), ROOT, ["bob"]),
        (UserFilter(username="ADA"), None, ["ada"]),
        (UserFilter(username="nobody"), None, []),
        (UserFilter(blocked=True), ADA, []),
        (UserFilter(active=True), ADA, ["bob", "ada", "root"]),
        (UserFilter(admins=True), ROOT, ["root"]),
    ],
)
def test_users_are_listed_if_they_match(deps, wanted, caller, names):
    assert [user.username for user in manage_users.list_users(wanted, caller, deps)] == names


def test_anonymous_callers_may_not_list_all_users(deps):
    with pytest.raises(Forbidden, match="Not authorized to access /api/v4/users"):
        manage_users.list_users(UserFilter(), None, deps)


def test_a_stored_username_stays_valid_whatever_the_rules_become(deps):
    deps.users.stored[BOB.id] = replace(BOB, username="_bob")

    assert manage_users.update_user(BOB.id, {"name": "Robert"}, ROOT, deps).username == "_bob"


def test_fields_that_were_not_sent_stay(deps):
    deps.users.stored[BOB.id] = replace(BOB, bio="likes tables")

    changed = manage_users.update_user(BOB.id, {"name": "Robert"}, ROOT, deps)

    assert (changed.name, changed.bio) == ("Robert", "likes tables")
