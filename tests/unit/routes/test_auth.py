"""The caller of each route: looked up once, with the scopes of the list of routes, before any store is used."""

import json

import pytest

from pullcord.callers import ANONYMOUS, Caller
from pullcord.errors import Unauthorized
from pullcord.routes import (
    groups,
    instance,
    job_token_scope,
    members,
    personal_tokens,
    pipelines,
    projects,
    protections,
    repository,
    triggers,
    users,
    variables,
)
from pullcord.routes.auth import RouteAuth
from pullcord.routes.http_function import handler_of
from pullcord.routes.table import ROUTES, Route
from pullcord.wire.call import Call
from tests.unit.usecases.fakes import ADA
from tests.unit.wire.calls import JSON, event

BODIES = {
    "create_trigger": {"description": "nightly"},
    "create_project": {"name": "Widgets", "import_url": "https://git.example.test/w.git"},
    "update_job_token_scope": {"enabled": True},
    "add_to_job_token_allowlist": {"target_project_id": 8},
    "add_to_job_token_groups_allowlist": {"target_group_id": 31},
    "create_group": {"name": "Acme", "path": "acme"},
    "create_user": {"username": "eve", "name": "Eve", "email": "eve@example.com", "reset_password": True},
    "create_personal_access_token": {"name": "ci", "scopes": ["api"]},
    "add_project_member": {"user_id": 5, "access_level": 30},
    "update_project_member": {"access_level": 30},
    "add_group_member": {"user_id": 5, "access_level": 30},
    "update_group_member": {"access_level": 30},
    "create_project_variable": {"key": "A", "value": "1"},
    "create_group_variable": {"key": "A", "value": "1"},
    "create_instance_variable": {"key": "A", "value": "1"},
    "protect_branch": {"name": "main"},
    "protect_tag": {"name": "v*"},
}
"""Required parameters by operation; they are checked before the caller, as in GitLab."""

WITH_CALLERS = [route for route in ROUTES if route.function != "trigger"]


class LookedUp(Exception):
    """Raised in place of an answer, so that nothing after the lookup happens."""


class Stopping:
    """An authenticator that stops every call at its lookup."""

    def __init__(self):
        self.lookups = []

    def caller(self, token, scopes, *, anonymous):
        self.lookups.append((token, scopes, anonymous))
        raise LookedUp

    def project(self, caller, project):
        raise AssertionError

    def group(self, caller, group):
        raise AssertionError


def handlers(auth):
    """All handlers, without any store."""
    return (
        projects.ProjectRoutes(auth, None, None, None, None),
        job_token_scope.JobTokenScopeRoutes(auth, None),
        job_token_scope.ProjectAllowlistRoutes(auth, None, None),
        job_token_scope.GroupAllowlistRoutes(auth, None, None),
        groups.GroupRoutes(auth, None, None, None),
        instance.InstanceRoutes(auth),
        users.UserRoutes(auth, None, None, None),
        personal_tokens.PersonalTokenRoutes(auth, None),
        members.ProjectMemberRoutes(auth, None),
        members.GroupMemberRoutes(auth, None),
        protections.ProtectedRefRoutes(auth, None),
        variables.ProjectVariableRoutes(auth, None),
        variables.GroupVariableRoutes(auth, None),
        variables.InstanceVariableRoutes(auth, None),
        triggers.TriggerTokenRoutes(auth, None, None),
        pipelines.PipelineRoutes(auth, None, None, None),
        repository.RepositoryRoutes(auth, None),
    )


def parts_of(route):
    return {name.strip("<>"): "7" for name in route.path.split("/") if name.startswith("<")}


@pytest.mark.parametrize("route", WITH_CALLERS, ids=lambda route: route.operation)
def test_a_caller_is_looked_up_with_the_scopes_of_the_route_before_stores_are_used(route):
    authenticator = Stopping()
    sent = event(json.dumps(BODIES.get(route.operation, {})), JSON, method=route.method, private_token="glpat-1")
    handler = handler_of(route, handlers(RouteAuth(authenticator)))

    with pytest.raises(LookedUp):
        handler(Call(sent, route=route), **parts_of(route))

    assert authenticator.lookups == [("glpat-1", route.scopes, route.anonymous)]


class Fixed:
    """An authenticator that knows one caller. calls: arguments of every method."""

    def __init__(self, caller):
        self.known = caller
        self.calls = []

    def caller(self, token, scopes, *, anonymous):
        self.calls.append((token, scopes, anonymous))
        return self.known

    def project(self, caller, project):
        self.calls.append((caller, project))
        return "access to a project"

    def group(self, caller, group):
        self.calls.append((caller, group))
        return "access to a group"


ROUTE = Route("GET", "/api/v4/projects", "projects", "list_projects", ("api", "read_api"), anonymous=True)
PERSON = Caller("person", ADA, ("api",), 12)


def call(**headers):
    return Call(event(method="GET", **headers), route=ROUTE)


def test_the_caller_is_looked_up_once_for_each_call():
    authenticator = Fixed(PERSON)
    auth, one = RouteAuth(authenticator), call(private_token="glpat-1")

    assert auth.caller(one) == auth.caller(one) == one.caller == PERSON
    assert auth.user(one) == auth.optional_user(one) == ADA
    assert authenticator.calls == [("glpat-1", ("api", "read_api"), True)]

    auth.caller(call(authorization="Bearer glpat-2"))
    assert authenticator.calls[1:] == [("glpat-2", ("api", "read_api"), True)]


def test_an_anonymous_caller_has_no_user():
    authenticator = Fixed(ANONYMOUS)
    auth, one = RouteAuth(authenticator), call()

    assert auth.optional_user(one) is None
    with pytest.raises(Unauthorized) as refusal:
        auth.user(one)
    assert refusal.value.code == "no_token"
    assert authenticator.calls == [(None, ("api", "read_api"), True)]


def test_access_is_the_callers():
    authenticator = Fixed(PERSON)
    auth, one = RouteAuth(authenticator), call(private_token="glpat-1")

    assert auth.project(one, "acme/widgets") == "access to a project"
    assert auth.group(one, "acme") == "access to a group"
    assert authenticator.calls[1:] == [(PERSON, "acme/widgets"), (PERSON, "acme")]
