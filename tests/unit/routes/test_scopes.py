"""The scopes of every route, compared with those that GitLab publishes.

Sources: docs.gitlab.com/user/profile/personal_access_tokens (scopes), /security/tokens/access_token_scopes,
/api/personal_access_tokens (a token about itself), /api/pipeline_triggers (calls with a trigger token).
"""

import re
from typing import NamedTuple, get_args

import pytest

from pullcord.routes.table import ROUTES
from pullcord.wire.user_params import Scope

# The first row that a route fits gives its scopes: a token needs one of them, none for `any`. Rows name the resources
# that they are about, so that a route of a new resource fits no row until its scopes have been looked up.
# ALL:  projects, groups, namespaces, users, the instance's variables, personal access tokens
# READ: GET
# WRITE: POST, PUT, PATCH, DELETE
PUBLISHED = """
methods    | path                               | scopes                 | rule
POST       | projects/…/trigger/pipeline        | any                    | a trigger token authenticates the call, no personal one
GET DELETE | personal_access_tokens/self        | any                    | a token may read and revoke itself with any scope
POST       | personal_access_tokens/self/rotate | api self_rotate        | self_rotate: rotate this token, and no other
GET        | user                               | api read_api read_user | read_user: read the own profile at /user
GET        | users                              | api read_api read_user | read_user: read /users
GET        | users/<user>                       | api read_api read_user | read_user: read below /users
GET        | version                            | api read_api read_user | read_user: read the version of the instance
GET        | metadata                           | api read_api read_user | read_user: read the metadata of the instance
READ       | ALL                                | api read_api           | read_api: read all of the API
WRITE      | ALL                                | api                    | api: read and write all of the API
"""
METHODS = {"READ": "GET", "WRITE": "POST PUT PATCH DELETE"}
ALL = ("projects", "groups", "namespaces", "users", "admin/ci/variables", "personal_access_tokens")


class Rule(NamedTuple):
    """One row of the published scopes."""

    methods: set
    path: str
    scopes: set
    rule: str

    def fits(self, route):
        path = route.path.removeprefix("/api/v4/")
        if self.path == "ALL":
            fits = any(f"{path}/".startswith(f"{resource}/") for resource in ALL)
        else:
            fits = re.fullmatch(re.escape(self.path).replace("…", ".+"), path) is not None
        return fits and route.method in self.methods


def rules():
    rows = ([cell.strip() for cell in line.split("|")] for line in PUBLISHED.strip().splitlines()[1:])
    return [
        Rule(set(METHODS.get(methods, methods).split()), path, set(scopes.split()) - {"any"}, rule)
        for methods, path, scopes, rule in rows
    ]


RULES = rules()


def rule_of(route):
    return next((rule for rule in RULES if rule.fits(route)), None)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path.removeprefix('/api/v4/')}")
def test_a_route_has_the_scopes_that_gitlab_publishes(route):
    rule = rule_of(route)

    assert rule is not None, "no rule: look its scopes up and add a row"
    assert set(route.scopes) == rule.scopes, rule.rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule)
def test_every_rule_has_a_route(rule):
    assert any(rule_of(route) is rule for route in ROUTES)


@pytest.mark.parametrize(("method", "path"), [("POST", "runners"), ("GET", "projects_of_others"), ("GET", "user/keys")])
def test_a_route_of_another_resource_fits_no_rule(method, path):
    assert rule_of(ROUTES[0]._replace(method=method, path=f"/api/v4/{path}")) is None


def test_every_scope_can_be_given_to_a_token():
    assert {scope for route in ROUTES for scope in route.scopes} <= set(get_args(Scope))


def test_the_scope_api_is_enough_wherever_a_scope_is_needed():
    assert not [route for route in ROUTES if route.scopes and route.scopes[0] != "api"]


def test_calls_without_a_personal_token_read_or_have_a_trigger_token():
    assert not [route for route in ROUTES if route.anonymous and route.method != "GET" and route.function != "trigger"]
