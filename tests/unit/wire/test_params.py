"""Declared parameters: missing and invalid ones are named in GitLab's words, whatever the encoding."""

import pytest

from pullcord.errors import BadParameters
from pullcord.wire import (
    group_params,
    member_params,
    project_params,
    protected_ref_params,
    user_params,
    variable_params,
)
from pullcord.wire.params import read_params, require_one_of
from tests.unit.wire.calls import FORM, call, json_call, query_call

EVE = {"username": "eve", "name": "Eve", "email": "eve@example.com", "password": "long enough"}
NO_NAME = "name, path are missing, at least one parameter must be provided"


def reader(kind):
    return lambda call: read_params(kind, call)


NEW_TOKEN, ROTATION, TOKEN_LIST = map(
    reader, (user_params.NewToken, user_params.Rotation, user_params.PersonalTokenListParams)
)
NEW_BRANCH = reader(protected_ref_params.NewBranch)


@pytest.mark.parametrize(
    ("read", "parameters", "phrases"),
    [
        (user_params.new_user, {}, "email is missing, name is missing, username is missing"),
        (user_params.new_user, EVE | {"admin": "maybe"}, "admin is invalid"),
        (user_params.new_user, EVE | {"name": ["Eve"]}, "name is invalid"),
        (user_params.new_user, EVE | {"email": "e" * 256}, "email is invalid"),
        (NEW_TOKEN, {"name": "t", "scopes": []}, "scopes is invalid"),
        (NEW_TOKEN, {"name": "t", "scopes": "api"}, "scopes is invalid"),
        (NEW_TOKEN, {"name": "t", "scopes": ["api", "x"]}, "scopes does not have a valid value"),
        (ROTATION, {"expires_at": "soon"}, "expires_at is invalid"),
        (TOKEN_LIST, {"state": "x"}, "state does not have a valid value"),
        (member_params.new, {"user_id": "x"}, "access_level is missing, user_id is invalid"),
        (member_params.new, {"user_id": 2**63, "access_level": 30}, "user_id is invalid"),
        (project_params.read, {}, NO_NAME),
        (project_params.read, {"name": ""}, NO_NAME),
        (project_params.changes, {"visibility": "secret"}, "visibility does not have a valid value"),
        (project_params.changes, {"name": {"a": 1}}, "name is invalid"),
        (group_params.new, {"name": "Acme"}, "path is missing"),
        (variable_params.new, {"key": "K"}, "value is missing"),
        (
            variable_params.new,
            {"key": "K", "value": "v", "variable_type": "x"},
            "variable_type does not have a valid value",
        ),
        (variable_params.environment_scope, {"filter": "production"}, "filter is invalid"),
        (NEW_BRANCH, {"name": "x", "push_access_level": 35}, "push_access_level does not have a valid value"),
        (NEW_BRANCH, {"name": "x", "allowed_to_push": "all"}, "allowed_to_push is invalid"),
    ],
)
def test_missing_and_invalid_parameters_are_named(read, parameters, phrases):
    with pytest.raises(BadParameters) as refusal:
        read(json_call(**parameters))

    assert refusal.value.message == phrases


def test_a_form_has_the_same_parameters_as_json():
    form = call("user_id=5&access_level=30&expires_at=2027-01-01", FORM)

    assert member_params.new(form) == member_params.new(
        json_call(user_id=5, access_level=30, expires_at="2027-01-01T10:00:00Z")
    )


def test_a_form_may_have_lists():
    token = NEW_TOKEN(call("name=t&scopes[]=api&scopes[]=read_user", FORM))
    branch = NEW_BRANCH(call("name=x&allowed_to_push[][user_id]=5", FORM))

    assert token.scopes == ["api", "read_user"]
    assert [entry.user_id for entry in branch.allowed_to_push] == [5]


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        (user_params.UserListParams, "username=&search=&active=&blocked=&admins="),
        (user_params.PersonalTokenListParams, "user_id=&state=&revoked=&search="),
        (project_params.ProjectListParams, "membership=&visibility=&min_access_level=&order_by=&sort="),
        (group_params.GroupListParams, "owned=&visibility=&min_access_level=&order_by=&sort="),
    ],
)
def test_empty_parameters_of_lists_filter_nothing(kind, query):
    assert not any(read_params(kind, query_call(query)).model_dump().values())


def test_one_of_several_parameters_is_enough():
    sent = read_params(user_params.UserListParams, query_call("search=e"))

    require_one_of(sent, "username", "search")
    with pytest.raises(BadParameters) as refusal:
        require_one_of(sent, "username", "active")
    assert refusal.value.message == "username, active are missing, at least one parameter must be provided"


def test_sent_parameters_are_distinguished_from_defaults():
    sent = read_params(user_params.UserListParams, query_call("search=e&active=&other=1"))

    assert sent.sent() == {"search": "e", "active": None}
    assert sent.sent("active") == {"search": "e"}
