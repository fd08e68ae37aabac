"""Parameters of users and personal access tokens."""

from datetime import date
from typing import get_args

import pytest

from pullcord.errors import BadParameters, Unprocessable
from pullcord.wire import user_params
from pullcord.wire.params import read_params
from tests.unit.wire.calls import FORM, call, json_call, query_call

USER = {"username": "eve", "name": "Eve", "email": "eve@example.com"}


def test_a_new_user():
    profile = {
        "admin": True,
        "bio": "Counts.",
        "public_email": "e@example.com",
        "external": True,
        "can_create_group": False,
        "note": "new",
    }
    not_stored = {"reset_password": True, "skip_confirmation": True, "password": "long enough", "unknown": 1}

    assert user_params.new_user(json_call(**USER, **profile, **not_stored)) == {**USER, **profile}
    assert user_params.new_user(json_call(**USER, reset_password=True)) == USER


def test_null_stands_for_the_default_of_a_field():
    nulls = dict.fromkeys(("admin", "bio", "external", "can_create_group", "public_email", "note"))

    assert user_params.new_user(json_call(**USER, **nulls, reset_password=True)) == {
        **USER,
        "admin": False,
        "bio": "",
        "external": False,
        "can_create_group": True,
        "public_email": None,
        "note": None,
    }


def test_a_new_user_needs_a_parameter_about_the_password():
    with pytest.raises(BadParameters) as refusal:
        user_params.new_user(json_call(**USER))

    phrase = "password, reset_password, force_random_password are missing, at least one parameter must be provided"
    assert refusal.value.message == phrase


@pytest.mark.parametrize("password", ["password=short", "password="])
def test_a_password_has_a_minimum_length_unless_a_random_one_is_forced(password):
    eve = "username=eve&name=Eve&email=eve%40example.com&"

    with pytest.raises(Unprocessable, match="too short"):
        user_params.new_user(call(eve + password, FORM))
    assert "password" not in user_params.new_user(call(eve + "force_random_password=true&" + password, FORM))


def test_fields_that_were_not_sent_are_not_changed():
    assert user_params.changed_user(json_call(bio="", name=None, note=None)) == {"bio": "", "note": None}


def test_the_list_of_users_has_filters():
    query = "username=eve&search=e&active=true&blocked=false&admins=1"

    users = read_params(user_params.UserListParams, query_call(query))

    assert users.model_dump() == {"username": "eve", "search": "e", "active": True, "blocked": False, "admins": True}


def test_the_list_of_tokens_has_filters():
    query = "user_id=5&state=inactive&revoked=true&search=ci"

    tokens = read_params(user_params.PersonalTokenListParams, query_call(query))

    assert tokens.model_dump() == {"user_id": 5, "state": "inactive", "revoked": True, "search": "ci"}


def test_a_new_token():
    token = read_params(
        user_params.NewToken,
        json_call(name="ci", scopes=["api"], expires_at="2026-12-24T10:00:00Z", description="for CI"),
    )

    assert token.model_dump() == {
        "name": "ci",
        "scopes": ["api"],
        "expires_at": date(2026, 12, 24),
        "description": "for CI",
    }


@pytest.mark.parametrize("scope", get_args(user_params.Scope))
def test_a_token_may_have_every_scope(scope):
    assert read_params(user_params.NewToken, json_call(name="ci", scopes=[scope])).scopes == [scope]


def test_the_expiry_date_of_a_rotated_token_is_optional():
    assert read_params(user_params.Rotation, json_call(expires_at="2026-12-24")).expires_at == date(2026, 12, 24)
    assert read_params(user_params.Rotation, json_call(expires_at="")).expires_at is None
    assert read_params(user_params.Rotation, json_call()).expires_at is None
