"""What administration takes from a call: by whatever encoding, of whatever type."""

import json

import pytest

from pullcord.errors import BadParameters, Invalid, Unprocessable
from pullcord.wire import group_calls, member_calls, new_project, people_calls, protection_calls, variable_calls
from pullcord.wire.checked import checked
from tests.unit.wire.calls import FORM, JSON, call

EVE = {"username": "eve", "name": "Eve", "email": "eve@example.com", "password": "long enough"}


def sent(parameters):
    return call(json.dumps(parameters), JSON)


@pytest.mark.parametrize(
    ("read", "parameters", "phrases"),
    [
        (people_calls.new_user, {}, "email is missing, name is missing, username is missing"),
        (people_calls.new_user, EVE | {"admin": "maybe"}, "admin is invalid"),
        (people_calls.new_user, EVE | {"name": ["Eve"]}, "name is invalid"),
        (people_calls.new_user, EVE | {"name": "e" * 256}, "name is invalid"),
        (lambda it: checked(people_calls.NewToken, it), {"name": "t", "scopes": []}, "scopes is invalid"),
        (lambda it: checked(people_calls.NewToken, it), {"name": "t", "scopes": "api"}, "scopes is invalid"),
        (
            lambda it: checked(people_calls.NewToken, it),
            {"name": "t", "scopes": ["api", "x"]},
            "scopes does not have a valid value",
        ),
        (lambda it: checked(people_calls.Rotation, it), {"expires_at": "soon"}, "expires_at is invalid"),
        (lambda it: checked(people_calls.TokenFilter, it), {"state": "x"}, "state does not have a valid value"),
        (member_calls.new, {"user_id": "x"}, "access_level is missing, user_id is invalid"),
        (member_calls.new, {"user_id": 2**63, "access_level": 30}, "user_id is invalid"),
        (new_project.read, {}, new_project.NO_NAME),
        (new_project.read, {"name": ""}, new_project.NO_NAME),
        (new_project.changes, {"visibility": "secret"}, "visibility does not have a valid value"),
        (new_project.changes, {"name": {"a": 1}}, "name is invalid"),
        (group_calls.new, {"name": "Acme"}, "path is missing"),
        (variable_calls.new, {"key": "K"}, "value is missing"),
        (
            variable_calls.new,
            {"key": "K", "value": "v", "variable_type": "x"},
            "variable_type does not have a valid value",
        ),
        (variable_calls.environment, {"filter": "production"}, "filter is invalid"),
        (
            lambda it: checked(protection_calls.NewBranch, it),
            {"name": "x", "push_access_level": 35},
            "push_access_level does not have a valid value",
        ),
        (
            lambda it: checked(protection_calls.NewBranch, it),
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

    assert member_calls.new(form) == member_calls.new(
        sent({"user_id": 5, "access_level": 30, "expires_at": "2027-01-01T10:00:00Z"})
    )


def test_lists_in_a_form():
    token = checked(people_calls.NewToken, call("name=t&scopes[]=api&scopes[]=read_user", FORM))
    branch = checked(protection_calls.NewBranch, call("name=x&allowed_to_push[][user_id]=5", FORM))

    assert token.scopes == ["api", "read_user"]
    assert [entry.user_id for entry in branch.allowed_to_push] == [5]


@pytest.mark.parametrize("password", ["password=short", "password="])
def test_a_password_is_long_enough_or_not_wanted(password):
    eve = "username=eve&name=Eve&email=eve%40example.com&"

    with pytest.raises(Unprocessable, match="too short"):
        people_calls.new_user(call(eve + password, FORM))
    assert "password" not in people_calls.new_user(call(eve + "force_random_password=true&" + password, FORM))


def test_what_was_not_sent_is_not_changed():
    assert people_calls.changed_user(sent({"bio": "", "name": None, "note": None})) == {"bio": "", "note": None}
    assert new_project.changes(sent({"description": ""})) == {"description": None}
    assert group_calls.changes(sent({"description": None, "name": None})) == {"description": ""}
    assert variable_calls.changes(sent({"value": "", "masked": None})) == {"value": ""}


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
    assert new_project.changes(sent(parameters)) == fields


@pytest.mark.parametrize("level", [0, 7, 60, -10])
def test_levels_that_are_none(level):
    with pytest.raises(Invalid) as refusal:
        member_calls.new(sent({"user_id": 5, "access_level": level}))

    assert refusal.value.problems == {"access_level": ["is not included in the list"]}


def test_what_is_hidden_is_masked():
    made = variable_calls.new(sent({"key": "K", "value": "hidden-value", "masked_and_hidden": True}))

    assert (made.masked, made.hidden) == (True, True)
    assert variable_calls.variable(made)["value"] is None


def test_maintainers_are_let_in_where_nobody_is_named():
    level = protection_calls.AccessLevel

    assert [entry.access_level for entry in protection_calls.entries(None, new=True)] == [level.MAINTAINERS]
    assert [entry.access_level for entry in protection_calls.entries(None, level.NOBODY, new=True)] == [level.NOBODY]
    assert protection_calls.entries(None) == []
