"""Users and their tokens as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/users and /api/personal_access_tokens
"""

from copy import replace

import pytest

from pullcord.tokens import PersonalToken
from pullcord.wire import user_json
from tests.unit.wire.examples import ADA, BOB, ROOT
from tests.unit.wire.literals import ADA_BASIC, ADA_FULL, LATER, SERVER, TIME, json_text


def test_a_user_in_lists():
    assert json_text(user_json.user_basic(ADA, SERVER)) == json_text(ADA_BASIC)
    assert json_text(user_json.user_basic(BOB, SERVER)) == json_text(
        {
            "id": 6,
            "username": "bob",
            "public_email": "bob@example.com",
            "name": "Bob Example",
            "state": "blocked",
            "locked": False,
            "avatar_url": None,
            "web_url": "https://ci.example.test/bob",
        }
    )


def test_a_deleted_user_is_null():
    assert user_json.user_basic(None, SERVER) is None


def test_a_user():
    assert json_text(user_json.user_full(ADA, SERVER)) == json_text(ADA_FULL)
    assert user_json.user_full(replace(ADA, created_at=""), SERVER)["created_at"] is None


ADA_ACCOUNT = {
    **ADA_FULL,
    "last_sign_in_at": None,
    "confirmed_at": TIME,
    "last_activity_on": None,
    "email": "ada@example.com",
    "theme_id": 3,
    "color_scheme_id": 1,
    "projects_limit": 100000,
    "current_sign_in_at": None,
    "identities": [],
    "can_create_group": True,
    "can_create_project": True,
    "two_factor_enabled": False,
    "external": False,
    "private_profile": False,
    "commit_email": "ada@example.com",
    "is_admin": False,
}
ADA_FOR_ADMINISTRATORS = {
    **ADA_ACCOUNT,
    "note": None,
    "namespace_id": 3,
    "created_by": None,
    "email_reset_offered_at": None,
}


def test_the_callers_own_user():
    assert json_text(user_json.current_user(ADA, SERVER)) == json_text(ADA_ACCOUNT)
    assert user_json.current_user(ROOT, SERVER)["is_admin"] is True
    assert user_json.current_user(replace(ADA, confirmed=False), SERVER)["confirmed_at"] is None


def test_a_user_for_administrators():
    assert json_text(user_json.admin_user(ADA, SERVER)) == json_text(ADA_FOR_ADMINISTRATORS)


def test_fields_that_administrators_set():
    changed = replace(ADA, admin=True, confirmed=False, can_create_group=False, external=True, note="on leave")

    assert json_text(user_json.admin_user(changed, SERVER)) == json_text(
        {
            **ADA_FOR_ADMINISTRATORS,
            "confirmed_at": None,
            "can_create_group": False,
            "projects_limit": 0,
            "can_create_project": False,
            "external": True,
            "is_admin": True,
            "note": "on leave",
        }
    )


@pytest.mark.parametrize("shape", [user_json.admin_user, user_json.current_user])
@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, (True, True, 100_000, False)),
        ({"can_create_group": False}, (False, True, 100_000, False)),
        ({"external": True}, (False, False, 0, True)),
        ({"external": True, "can_create_group": True}, (False, False, 0, True)),
    ],
)
def test_what_a_user_may_create_is_told_as_it_is_held(shape, changed, expected):
    told = shape(replace(ADA, **changed), SERVER)

    assert (
        tuple(told[key] for key in ("can_create_group", "can_create_project", "projects_limit", "external")) == expected
    )


def test_administrators_alone_see_all_fields():
    assert user_json.user_for(ROOT, ADA, SERVER) == ADA_FOR_ADMINISTRATORS
    for viewer in (None, BOB, ADA):
        assert user_json.user_for(viewer, ADA, SERVER) == ADA_FULL


TOKEN = PersonalToken(9, 5, "deploy", ("api", "read_user"), {"p": "digest"}, TIME, "2026-03-08", False, LATER, "for CI")
TOKEN_JSON = {
    "id": 9,
    "name": "deploy",
    "revoked": False,
    "created_at": TIME,
    "description": "for CI",
    "scopes": ["api", "read_user"],
    "user_id": 5,
    "last_used_at": LATER,
    "active": True,
    "expires_at": "2026-03-08",
}


def test_a_personal_token_has_no_value():
    assert json_text(user_json.personal_token(TOKEN, "2026-03-07")) == json_text(TOKEN_JSON)


def test_a_new_personal_token_has_its_value():
    assert json_text(user_json.personal_token(TOKEN, "2026-03-07", "glpat-1")) == json_text(
        {**TOKEN_JSON, "token": "glpat-1"}
    )


def test_a_personal_token_is_not_active_on_its_last_day_nor_when_it_is_revoked():
    assert json_text(user_json.personal_token(TOKEN, "2026-03-08")) == json_text({**TOKEN_JSON, "active": False})
    assert json_text(user_json.personal_token(replace(TOKEN, revoked=True), "2026-03-07")) == json_text(
        {**TOKEN_JSON, "active": False, "revoked": True}
    )
