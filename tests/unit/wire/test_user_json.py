"""Users and their tokens as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/users and /api/personal_access_tokens
"""

from copy import replace

from pullcord.tokens import PersonalToken
from pullcord.wire import pipeline_json, user_json
from tests.unit.wire.things import ADA, BOB, ROOT
from tests.unit.wire.written import ADA_BASIC, ADA_FULL, LATER, SERVER, TIME, written


def test_a_user_among_others():
    assert written(pipeline_json.user_basic(ADA, SERVER)) == written(ADA_BASIC)
    assert written(pipeline_json.user_basic(BOB, SERVER)) == written(
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


def test_a_user_who_is_gone_is_null():
    assert pipeline_json.user_basic(None, SERVER) is None


def test_a_user():
    assert written(pipeline_json.user_full(ADA, SERVER)) == written(ADA_FULL)
    assert pipeline_json.user_full(replace(ADA, created_at=""), SERVER)["created_at"] is None


def test_the_caller_about_themselves():
    assert written(pipeline_json.current_user(ADA, SERVER)) == written(
        {
            **ADA_FULL,
            "email": "ada@example.com",
            "is_admin": False,
            "can_create_group": True,
            "can_create_project": True,
            "two_factor_enabled": False,
            "external": False,
            "confirmed_at": TIME,
            "identities": [],
        }
    )
    assert pipeline_json.current_user(ROOT, SERVER)["is_admin"] is True
    assert pipeline_json.current_user(replace(ADA, confirmed=False), SERVER)["confirmed_at"] is None


ADA_FOR_ADMINISTRATORS = {
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
    "note": None,
    "namespace_id": 3,
    "created_by": None,
    "email_reset_offered_at": None,
}


def test_a_user_for_administrators():
    assert written(user_json.admin_user(ADA, SERVER)) == written(ADA_FOR_ADMINISTRATORS)


def test_what_administrators_have_said_of_a_user():
    changed = replace(ADA, admin=True, confirmed=False, can_create_group=False, external=True, note="left in May")

    assert written(user_json.admin_user(changed, SERVER)) == written(
        {
            **ADA_FOR_ADMINISTRATORS,
            "confirmed_at": None,
            "can_create_group": False,
            "external": True,
            "is_admin": True,
            "note": "left in May",
        }
    )


def test_only_administrators_see_all_of_a_user():
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


def test_a_personal_token_is_shown_without_its_value():
    assert written(user_json.personal_token(TOKEN, "2026-03-07")) == written(TOKEN_JSON)


def test_a_new_personal_token_is_shown_with_its_value():
    assert written(user_json.personal_token(TOKEN, "2026-03-07", "glpat-1")) == written(
        {**TOKEN_JSON, "token": "glpat-1"}
    )


def test_a_personal_token_is_not_active_on_its_last_day_nor_when_it_is_revoked():
    assert written(user_json.personal_token(TOKEN, "2026-03-08")) == written({**TOKEN_JSON, "active": False})
    assert written(user_json.personal_token(replace(TOKEN, revoked=True), "2026-03-07")) == written(
        {**TOKEN_JSON, "active": False, "revoked": True}
    )
