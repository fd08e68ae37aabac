from copy import replace

import pytest

from pullcord.errors import Conflict, Forbidden, Invalid, NotFound
from pullcord.usecases.users import manage_users
from pullcord.usecases.users.manage_users import UserDeps, UserFilter
from tests.unit.usecases.fakes import ADA, NOW, ROOT, Time
from tests.unit.usecases.kept import BOB, Users, blocked

EVE = {"username": "eve", "name": "Eve", "email": "eve@example.com"}


@pytest.fixture
def deps():
    return UserDeps(Users(), Time().runtime)


def test_a_new_user_has_a_namespace_of_their_own(deps):
    made = manage_users.create_user(EVE, ROOT, deps)

    assert (made.username, made.created_at, made.state) == ("eve", NOW, "active")
    assert made.namespace_id not in {None, made.id}
    assert deps.users.user(made.id) == made


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"email": "eve"}, "email"),
        ({"email": "eve @example.com"}, "email"),
        ({"name": "  "}, "name"),
        ({"username": "-eve"}, "username"),
        ({"username": "eve."}, "username"),
        ({"username": "eve.git"}, "username"),
        ({"username": "Users"}, "username"),
    ],
)
def test_what_no_user_can_be_called(deps, changed, field):
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
def test_what_is_taken_is_said(deps, taken, message):
    deps.users.taken = frozenset(taken)

    with pytest.raises(Conflict) as refusal:
        manage_users.create_user(EVE, ROOT, deps)

    assert refusal.value.message == message


@pytest.mark.parametrize(
    "wish",
    [
        lambda deps: manage_users.create_user(EVE, ADA, deps),
        lambda deps: manage_users.update_user(BOB.id, {"name": "B"}, ADA, deps),
        lambda deps: manage_users.block_user(BOB.id, ADA, deps),
        lambda deps: manage_users.unblock_user(BOB.id, ADA, deps),
        lambda deps: manage_users.block_user(ROOT.id, ROOT, deps),
    ],
)
def test_administrators_alone_keep_users_and_nobody_blocks_themselves(deps, wish):
    with pytest.raises(Forbidden):
        wish(deps)


def test_blocking_is_undone_by_unblocking(deps):
    manage_users.block_user(BOB.id, ROOT, deps)
    assert deps.users.user(BOB.id) == blocked(BOB)

    manage_users.unblock_user(BOB.id, ROOT, deps)
    assert deps.users.user(BOB.id) == BOB


@pytest.mark.parametrize("user_id", [99, 0, -5])
def test_nobody_is_not_found(deps, user_id):
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
def test_who_is_listed(deps, wanted, caller, names):
    assert [user.username for user in manage_users.list_users(wanted, caller, deps)] == names


def test_strangers_list_nobody(deps):
    with pytest.raises(Forbidden, match="Not authorized to access /api/v4/users"):
        manage_users.list_users(UserFilter(), None, deps)


def test_what_was_not_sent_stays(deps):
    deps.users.known[BOB.id] = replace(BOB, bio="likes tables")

    changed = manage_users.update_user(BOB.id, {"name": "Robert"}, ROOT, deps)

    assert (changed.name, changed.bio) == ("Robert", "likes tables")
