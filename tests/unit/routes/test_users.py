"""Routes of users."""

import pytest

from pullcord.errors import BadParameters, Conflict, Forbidden, NotFound, Unauthorized
from pullcord.wire import user_json
from tests.unit.routes.service import BOB, OWNER, ROOT, SERVER, Service, names

EVE = {"username": "eve", "name": "Eve", "email": "eve@example.com", "reset_password": True}


@pytest.fixture
def service():
    return Service(user=ROOT, level=None)


def test_users_are_listed_newest_first_with_pagination(service):
    answer = service.call("list_users", query="per_page=2")

    assert (answer.status, names(answer, "username")) == (200, ["bob", "ada"])
    assert (answer.headers["X-Total"], answer.headers["X-Next-Page"]) == ("3", "2")


def test_administrators_see_all_fields_and_others_the_public_ones(service):
    assert service.call("list_users", query="username=bob").body == [user_json.admin_user(BOB, SERVER)]
    assert Service().call("list_users", query="search=bob").body == [user_json.user_full(BOB, SERVER)]


def test_anonymous_callers_list_a_user_by_username_alone():
    service = Service(user=None)

    assert service.call("list_users", query="username=bob", credential=None).body == [user_json.user_full(BOB, SERVER)]
    with pytest.raises(Forbidden, match="Not authorized to access /api/v4/users"):
        service.call("list_users", credential=None)


def test_a_user_is_read(service):
    assert service.call("get_user", user="6").body == user_json.admin_user(BOB, SERVER)
    answer = Service().call("get_user", user="6")
    assert (answer.status, answer.body) == (200, user_json.user_full(BOB, SERVER))
    with pytest.raises(NotFound, match="404 User Not Found"):
        service.call("get_user", user="99")


def test_a_user_is_created(service):
    answer = service.call("create_user", EVE)

    created = service.users.stored[answer.body["id"]]
    assert (answer.status, answer.body) == (201, user_json.admin_user(created, SERVER))
    assert (created.username, created.email) == ("eve", "eve@example.com")


def test_a_user_is_changed(service):
    answer = service.call("update_user", {"name": "Robert", "note": "on leave"}, user="6")

    changed = service.users.stored[6]
    assert (answer.status, answer.body) == (200, user_json.admin_user(changed, SERVER))
    assert (changed.name, changed.note, changed.email) == ("Robert", "on leave", BOB.email)


def test_a_user_is_deleted_with_their_tokens(service):
    answer = service.call("delete_user", user="6")

    assert (answer.status, answer.body) == (204, None)
    assert 6 not in service.users.stored
    assert service.personal.deleted == ["personal tokens of user 6"] * 2


def test_the_sole_owner_of_a_group_is_not_deleted():
    service = Service(user=ROOT, level=None)
    service.members.join("group", 30, OWNER, 50)

    with pytest.raises(Conflict):
        service.call("delete_user", user="5")
    assert 5 in service.users.stored


@pytest.mark.parametrize(("operation", "state"), [("block_user", "blocked"), ("unblock_user", "active")])
def test_a_user_is_blocked_and_unblocked(service, operation, state):
    answer = service.call(operation, user="6")

    assert (answer.status, answer.body) == (201, True)
    assert service.users.stored[6].state == state


def test_a_token_is_created_for_a_user_and_shown_once(service):
    body = {"name": "ci", "scopes": ["api", "read_user", "api"], "expires_at": "2026-12-24", "description": "for CI"}

    answer = service.call("create_personal_access_token", body, user="6")

    (stored,) = service.personal.stored.values()
    value = answer.body["token"]
    assert (answer.status, answer.body) == (201, user_json.personal_token(stored, "2026-03-01", value))
    assert (stored.user_id, stored.scopes, stored.expires_at) == (6, ("api", "read_user"), "2026-12-24")
    assert service.personal.find(service.peppers.keyring().digests(value)).token_id == stored.id


@pytest.mark.parametrize(
    ("operation", "body", "parts"),
    [
        ("create_user", EVE, {}),
        ("update_user", {"name": "x"}, {"user": "6"}),
        ("delete_user", {}, {"user": "6"}),
        ("block_user", {}, {"user": "6"}),
        ("unblock_user", {}, {"user": "6"}),
        ("create_personal_access_token", {"name": "ci", "scopes": ["api"]}, {"user": "6"}),
    ],
)
def test_administrators_alone_manage_users(operation, body, parts):
    service = Service()
    users = dict(service.users.stored)

    with pytest.raises(Forbidden):
        service.call(operation, body, **parts)
    with pytest.raises(Unauthorized):
        Service(user=None).call(operation, body, **parts)
    assert (service.users.stored, service.personal.stored) == (users, {})


@pytest.mark.parametrize(
    ("operation", "phrase"),
    [
        ("get_user", "id is invalid"),
        ("update_user", "id is invalid"),
        ("delete_user", "id is invalid"),
        ("block_user", "id is invalid"),
        ("unblock_user", "id is invalid"),
        ("create_personal_access_token", "user_id is invalid"),
    ],
)
def test_an_id_that_is_no_number_is_invalid(service, operation, phrase):
    with pytest.raises(BadParameters, match=phrase):
        service.call(operation, user="bob")
