"""Users and their personal access tokens."""

from datetime import UTC, datetime, timedelta

import gitlab
import pytest

TODAY = datetime.now(UTC).date


def test_a_user_is_found_by_name_whatever_its_case(admin, make_user):
    user, own = make_user("ada")

    assert [one.id for one in admin.users.list(username=user.username.upper())] == [user.id]
    assert user.id in {one.id for one in admin.users.list(search=user.username[1:])}
    own.auth()
    assert own.user.id == user.id


def test_names_and_addresses_are_taken_once(admin, make_user, refused):
    user, _ = make_user("ada")
    wanted = {"name": "Ada", "password": "not a secret", "username": "somebody-else", "email": "else@example.com"}

    again = wanted | {"email": user.email.upper()}
    assert refused(admin.users.create, again) == (409, "Email has already been taken")
    again = wanted | {"username": user.username.upper()}
    assert refused(admin.users.create, again) == (409, "Username has already been taken")


@pytest.mark.parametrize(
    ("sent", "status", "message"),
    [
        ({"password": "short"}, 422, "Password is too short (minimum is 8 characters)"),
        ({"email": "nobody"}, 400, {"email": ["is invalid"]}),
        ({"username": "api"}, 400, {"username": ["api is a reserved name"]}),
        ({"admin": "perhaps"}, 400, "admin is invalid"),
    ],
)
def test_users_that_cannot_be(admin, refused, names, sent, status, message):
    name = names("nobody")
    wanted = {"name": "Nobody", "username": name, "email": f"{name}@example.com", "password": "long enough"}

    assert refused(admin.users.create, wanted | sent) == (status, message)


def test_a_password_has_to_be_spoken_of(admin, refused):
    wanted = {"name": "Ada", "username": "ada-without", "email": "without@example.com"}
    names = "password, reset_password, force_random_password"

    assert refused(admin.users.create, wanted) == (400, f"{names} are missing, at least one parameter must be provided")


def test_only_administrators_keep_users(make_user, refused):
    user, own = make_user("ada")
    wanted = {"name": "Bob", "username": "bob-of-ada", "email": "b@example.com", "password": "long enough"}

    assert refused(own.users.create, wanted) == (403, "403 Forbidden")
    assert refused(own.users.delete, user.id) == (403, "403 Forbidden")
    assert not hasattr(own.users.get(user.id), "email")


def test_strangers_find_nobody_but_by_name(client, make_user, refused):
    user, _ = make_user("ada")

    assert refused(client().users.list) == (403, "403 Forbidden - Not authorized to access /api/v4/users")
    assert [one.id for one in client().users.list(username=user.username)] == [user.id]


def test_a_user_changes(admin, make_user, refused):
    user, own = make_user("ada")
    user.name, user.email, user.admin = "Ada Lovelace", f"new-{user.email}", True
    user.save()

    assert (admin.users.get(user.id).name, admin.users.get(user.id).email) == ("Ada Lovelace", user.email)
    assert own.users.get(1).is_admin
    other, _ = make_user("bob")
    other.email = user.email
    assert refused(other.save) == (409, "Email has already been taken")


def test_the_value_of_a_token_is_reported_once(admin, make_user):
    user, own = make_user("ada")
    made = user.personal_access_tokens.create({"name": "deploy", "scopes": ["read_api"], "expires_at": str(TODAY())})

    assert made.token.startswith("glpat-")
    listed = [token for token in own.personal_access_tokens.list() if token.id == made.id]
    assert [hasattr(token, "token") for token in listed] == [False]
    assert admin.personal_access_tokens.get(made.id).scopes == ["read_api"]


def test_a_token_lives_a_year_at_most(make_user, refused):
    user, _ = make_user("ada")
    last = TODAY() + timedelta(days=365)
    create = user.personal_access_tokens.create

    assert create({"name": "a", "scopes": ["api"]}).expires_at == str(last)
    late = {"name": "a", "scopes": ["api"], "expires_at": str(last + timedelta(days=1))}
    assert refused(create, late) == (422, f"Expires at must be before {last}")
    wrong = {"name": "a", "scopes": ["everything"]}
    assert refused(create, wrong) == (400, "scopes does not have a valid value")


def test_a_token_does_what_its_scopes_say(make_user, refused):
    _, reader = make_user("ada", scopes=("read_api",))
    wanted = {"name": "gadgets", "import_url": "file:///nowhere"}

    assert reader.projects.list() is not None
    with pytest.raises(gitlab.GitlabError) as error:
        reader.projects.create(wanted)
    assert error.value.response_code == 403
    assert b'"error":"insufficient_scope"' in error.value.response_body


def test_a_revoked_token_says_so(make_user, client, refused):
    user, own = make_user("ada")
    token = user.personal_access_tokens.create({"name": "short-lived", "scopes": ["api"]})
    own.personal_access_tokens.delete(token.id)

    with pytest.raises(gitlab.GitlabAuthenticationError) as error:
        client(token.token).projects.list()
    assert b"Token was revoked. You have to re-authorize from the user." in error.value.response_body
    assert refused(own.personal_access_tokens.delete, token.id) == (400, "400 Bad request")
    assert [one.id for one in own.personal_access_tokens.list(state="inactive")] == [token.id]


def test_a_rotated_token_opens_and_the_old_one_does_not(make_user, client):
    user, _ = make_user("ada")
    old = user.personal_access_tokens.create({"name": "rotating", "scopes": ["api"]})
    new = client(old.token).personal_access_tokens.get("self").rotate()

    assert (new["name"], new["expires_at"]) == ("rotating", str(TODAY() + timedelta(days=7)))
    client(new["token"]).auth()
    with pytest.raises(gitlab.GitlabAuthenticationError):
        client(old.token).auth()


def test_tokens_of_others_are_for_administrators(admin, make_user, refused):
    user, _ = make_user("ada")
    token = user.personal_access_tokens.create({"name": "hers", "scopes": ["api"]})
    _, other = make_user("eve")

    assert refused(other.personal_access_tokens.get, token.id) == (401, "401 Unauthorized")
    assert refused(other.personal_access_tokens.list, user_id=user.id) == (401, "401 Unauthorized")
    assert refused(other.personal_access_tokens.delete, token.id) == (401, "401 Unauthorized")
    assert refused(admin.personal_access_tokens.get, 12345) == (404, "404 Not Found")


def test_with_a_user_go_their_tokens_their_projects_and_their_triggers(
    admin, make_user, make_group, new_project, client, refused
):
    user, own = make_user("ada")
    group = make_group()
    group.members.create({"user_id": user.id, "access_level": 40})
    shared, private = new_project(namespace_id=group.id), new_project(own)
    trigger = own.projects.get(shared.id).triggers.create({"description": "hers"}).token
    assert shared.trigger_pipeline("main", trigger).status == "created"

    user.delete()

    with pytest.raises(gitlab.GitlabAuthenticationError):
        own.auth()
    assert refused(shared.trigger_pipeline, "main", trigger) == (404, "404 Not Found")
    assert refused(admin.projects.get, private.id) == (404, "404 Project Not Found")
    assert refused(admin.users.get, user.id) == (404, "404 User Not Found")
    assert user.id not in {member.id for member in group.members.list()}
    again = {"username": user.username, "name": "Ada", "email": user.email, "reset_password": True}
    assert admin.users.create(again).id != user.id


def test_the_only_owner_of_a_group_stays(make_user, make_group, refused):
    user, own = make_user("ada")
    group = make_group(own)

    assert refused(user.delete) == (409, "User cannot be removed if is the sole owner of a group")

    group.delete()
    user.delete()
