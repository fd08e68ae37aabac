"""What administration takes from a call: by whatever encoding, of whatever type."""

import json

import pytest

from pullcord.errors import BadParameters, Invalid, Unprocessable
from pullcord.wire import (
    group_params,
    member_params,
    project_params,
    protected_ref_params,
    user_params,
    variable_params,
)
from pullcord.wire.params import read_params
from tests.unit.wire.calls import FORM, JSON, call

EVE = {"username": "eve", "name": "Eve", "email": "eve@example.com", "password": "long enough"}


def sent(parameters):
    return call(json.dumps(parameters), JSON)


@pytest.mark.parametrize(
    ("read", "parameters", "phrases"),
    [
        (user_params.new_user, {}, "email is missing, name is missing, username is missing"),
        (user_params.new_user, EVE | {"admin": "maybe"}, "admin is invalid"),
        (user_params.new_user, EVE | {"name": ["Eve"]}, "name is invalid"),
        (user_params.new_user, EVE | {"name": "e" * 256}, "name is invalid"),
        (lambda it: read_params(user_params.NewToken, it), {"name": "t", "scopes": []}, "scopes is invalid"),
        (lambda it: read_params(user_params.NewToken, it), {"name": "t", "scopes": "api"}, "scopes is invalid"),
        (
            lambda it: read_params(user_params.NewToken, it),
            {"name": "t", "scopes": ["api", "x"]},
            "scopes does not have a valid value",
        ),
        (lambda it: read_params(user_params.Rotation, it), {"expires_at": "soon"}, "expires_at is invalid"),
        (lambda it: read_params(user_params.TokenFilter, it), {"state": "x"}, "state does not have a valid value"),
        (member_params.new, {"user_id": "x"}, "access_level is missing, user_id is invalid"),
        (member_params.new, {"user_id": 2**63, "access_level": 30}, "user_id is invalid"),
        (project_params.read, {}, project_params.NO_NAME),
        (project_params.read, {"name": ""}, project_params.NO_NAME),
        (project_params.changes, {"visibility": "secret"}, "visibility does not have a valid value"),
        (project_params.changes, {"name": {"a": 1}}, "name is invalid"),
        (group_params.new, {"name": "Acme"}, "path is missing"),
        (variable_params.new, {"key": "K"}, "value is missing"),
        (
            variable_params.new,
            {"key": "K", "value": "v", "variable_type": "x"},
            "variable_type does not have a valid value",
        ),
        (variable_params.environment, {"filter": "production"}, "filter is invalid"),
        (
            lambda it: read_params(protected_ref_params.NewBranch, it),
            {"name": "x", "push_access_level": 35},
            "push_access_level does not have a valid value",
        ),
        (
            lambda it: read_params(protected_ref_params.NewBranch, it),
            {"name": "x", "allowed_to_push": "all"},
            "allowed_to_push is invalid",
        ),
    ],
)
def test_what_is_missing_or_of_the_wrong_type_is_named(read, parameters, phrases):
    with pytest.raises(BadParameters) as refusal:
        read(sent(parameters))

    assert refusal.value.message == phrases


def test_a_form_says_the_same_as_json():
    form = call("user_id=5&access_level=30&expires_at=2027-01-01", FORM)

    assert member_params.new(form) == member_params.new(
        sent({"user_id": 5, "access_level": 30, "expires_at": "2027-01-01T10:00:00Z"})
    )


def test_lists_in_a_form():
    token = read_params(user_params.NewToken, call("name=t&scopes[]=api&scopes[]=read_user", FORM))
    branch = read_params(protected_ref_params.NewBranch, call("name=x&allowed_to_push[][user_id]=5", FORM))

    assert token.scopes == ["api", "read_user"]
    assert [entry.user_id for entry in branch.allowed_to_push] == [5]


@pytest.mark.parametrize("password", ["password=short", "password="])
def test_a_password_is_long_enough_or_not_wanted(password):
    eve = "username=eve&name=Eve&email=eve%40example.com&"

    with pytest.raises(Unprocessable, match="too short"):
        user_params.new_user(call(eve + password, FORM))
    assert "password" not in user_params.new_user(call(eve + "force_random_password=true&" + password, FORM))


def test_what_was_not_sent_is_not_changed():
    assert user_params.changed_user(sent({"bio": "", "name": None, "note": None})) == {"bio": "", "note": None}
    assert project_params.changes(sent({"description": ""})) == {"description": None}
    assert group_params.changes(sent({"description": None, "name": None})) == {"description": ""}
    assert variable_params.changes(sent({"value": "", "masked": None})) == {"value": ""}


@pytest.mark.parametrize(
    ("parameters", "fields"),
    [
        ({"jobs_enabled": "false"}, {"jobs_enabled": False}),
        ({"builds_access_level": "private"}, {"jobs_enabled": True, "builds_private": True}),
        ({"builds_access_level": "disabled", "jobs_enabled": True}, {"jobs_enabled": False, "builds_private": False}),
        ({"public_builds": False}, {"public_jobs": False}),
        ({"restrict_user_defined_variables": False}, {"variables_minimum_role": "developer"}),
        (
            {"restrict_user_defined_variables": True, "ci_pipeline_variables_minimum_override_role": "owner"},
            {"variables_minimum_role": "owner"},
        ),
        ({"unknown": 1}, {}),
    ],
)
def test_settings_of_a_project_by_all_their_names(parameters, fields):
    assert project_params.changes(sent(parameters)) == fields


@pytest.mark.parametrize("level", [0, 7, 60, -10])
def test_levels_that_are_none(level):
    with pytest.raises(Invalid) as refusal:
        member_params.new(sent({"user_id": 5, "access_level": level}))

    assert refusal.value.problems == {"access_level": ["is not included in the list"]}


def test_what_is_hidden_is_masked():
    made = variable_params.new(sent({"key": "K", "value": "hidden-value", "masked_and_hidden": True}))

    assert (made.masked, made.hidden) == (True, True)
    assert variable_params.variable(made)["value"] is None


def test_maintainers_are_let_in_where_nobody_is_named():
    level = protected_ref_params.AccessLevel

    assert [entry.access_level for entry in protected_ref_params.entries(None, new=True)] == [level.MAINTAINERS]
    assert [entry.access_level for entry in protected_ref_params.entries(None, level.NOBODY, new=True)] == [
        level.NOBODY
    ]
    assert protected_ref_params.entries(None) == []
