"""What a call can say of users, tokens and members: everything, and the least."""

import json
from datetime import date
from typing import get_args

import pytest

from pullcord.access import Level, Membership
from pullcord.errors import BadParameters, Invalid
from pullcord.wire import (
    group_params,
    member_params,
    project_params,
    user_params,
)
from pullcord.wire.params import checked, one_of_needed
from tests.unit.wire.calls import JSON, call


def sent(**parameters):
    return call(json.dumps(parameters), JSON)


def asked(query):
    return call(query=query, method="GET")


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
    words = {"reset_password": True, "skip_confirmation": True, "password": "long enough", "unknown": 1}

    assert user_params.new_user(sent(**USER, **profile, **words)) == {**USER, **profile}
    assert user_params.new_user(sent(**USER, reset_password=True)) == USER


def test_null_and_nothing_stand_for_what_a_field_has_by_itself():
    nothing = dict.fromkeys(("admin", "bio", "external", "can_create_group", "public_email", "note"))

    assert user_params.new_user(sent(**USER, **nothing, reset_password=True)) == {
        **USER,
        "admin": False,
        "bio": "",
        "external": False,
        "can_create_group": True,
        "public_email": None,
        "note": None,
    }


def test_a_new_user_needs_a_word_about_the_password():
    with pytest.raises(BadParameters) as refusal:
        user_params.new_user(sent(**USER))

    phrase = "password, reset_password, force_random_password are missing, at least one parameter must be provided"
    assert refusal.value.message == phrase


def test_one_of_several_parameters_is_enough():
    known = checked(user_params.UserFilter, asked("search=e"))

    one_of_needed(known, "username", "search")
    with pytest.raises(BadParameters):
        one_of_needed(known, "username", "active")


def test_filters_of_users_and_tokens():
    users = checked(user_params.UserFilter, asked("username=eve&search=e&active=true&blocked=false&admins=1"))
    tokens = checked(user_params.TokenFilter, asked("user_id=5&state=inactive&revoked=true&search=ci"))

    assert users.model_dump() == {"username": "eve", "search": "e", "active": True, "blocked": False, "admins": True}
    assert tokens.model_dump() == {"user_id": 5, "state": "inactive", "revoked": True, "search": "ci"}


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        (user_params.UserFilter, "username=&search=&active=&blocked=&admins="),
        (user_params.TokenFilter, "user_id=&state=&revoked=&search="),
        (project_params.ProjectFilter, "membership=&visibility=&min_access_level=&order_by=&sort="),
        (group_params.GroupFilter, "owned=&visibility=&min_access_level=&order_by=&sort="),
    ],
)
def test_empty_texts_ask_for_nothing(kind, query):
    assert not any(checked(kind, asked(query)).model_dump().values())


def test_a_new_token():
    made = checked(
        user_params.NewToken,
        sent(name="ci", scopes=["api"], expires_at="2026-12-24T10:00:00Z", description="for CI"),
    )

    assert made.model_dump() == {
        "name": "ci",
        "scopes": ["api"],
        "expires_at": date(2026, 12, 24),
        "description": "for CI",
    }


@pytest.mark.parametrize("scope", get_args(user_params.Scope))
def test_every_scope_can_be_asked_for(scope):
    assert checked(user_params.NewToken, sent(name="ci", scopes=[scope])).scopes == [scope]


def test_the_end_of_a_rotated_token_is_a_day_or_left_open():
    assert checked(user_params.Rotation, sent(expires_at="2026-12-24")).expires_at == date(2026, 12, 24)
    assert checked(user_params.Rotation, sent(expires_at="")).expires_at is None
    assert checked(user_params.Rotation, sent()).expires_at is None


@pytest.mark.parametrize("level", [level for level in Level if level > Level.NONE])
def test_a_member_may_have_every_level(level):
    assert member_params.new(sent(user_id=5, access_level=level)) == Membership(5, level)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ({}, (None, True)),
        ({"expires_at": ""}, (None, False)),
        ({"expires_at": None}, (None, False)),
        ({"expires_at": "2026-12-24"}, ("2026-12-24", False)),
    ],
)
def test_the_end_of_a_membership_stays_unless_it_is_spoken_of(end, expected):
    membership, keep_expiry = member_params.changed(sent(access_level=30, **end), 5)

    assert (membership, keep_expiry) == (Membership(5, 30, expected[0]), expected[1])


def test_a_member_keeps_no_level_that_there_is_not():
    with pytest.raises(Invalid):
        member_params.changed(sent(access_level=35), 5)
