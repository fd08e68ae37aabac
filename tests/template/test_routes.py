"""The list of routes is the only one: template, OpenAPI, documentation and handlers are the same routes."""

import importlib
import re
import sys

import pytest
import yaml

from pullcord.routes.http_function import handler_of
from pullcord.routes.paths import canonical, route_of
from pullcord.routes.table import BASE, ROUTES
from tests.template.stack import FUNCTIONS, ROOT, routes, specimens

LOGICAL_IDS = {route.function: f"{route.function.capitalize()}Function" for route in ROUTES}
SAMPLES = {"project": "7", "group": "acme", "ref": "main", "name": "v1"}


def sample(path: str, project: str = "7") -> str:
    """A path of a route: `/api/v4/projects/7/triggers/5`."""
    return re.sub(r"<(\w+)>", lambda part: {**SAMPLES, "project": project}.get(part[1], "5"), path)


def at_gateway(method: str, path: str) -> str:
    """The logical id of the function that API Gateway hands a call to: the route with the most literal segments."""
    fitting = [
        (pattern, function)
        for allowed, pattern, function in routes()
        if pattern != "$default" and allowed in {"ANY", method} and matches(pattern, path)
    ]
    return max(fitting, key=lambda found: found[0].count("/") - found[0].count("{"))[1] if fitting else "RouterFunction"


def matches(pattern: str, path: str) -> bool:
    return bool(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", pattern), path))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
@pytest.mark.parametrize("project", ["7", "acme%2Fwidgets", "acme/widgets"])
def test_a_call_reaches_the_function_of_its_route(route, project):
    path = sample(route.path, project)
    function = at_gateway(route.method, path)
    if function == "RouterFunction":
        function = LOGICAL_IDS[route_of(route.method, path).function]

    assert function == LOGICAL_IDS[route.function]


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.operation)
def test_the_grammar_knows_every_route(route):
    path = sample(route.path)

    assert canonical(path) == path
    assert route_of(route.method, path) == route


def test_every_route_of_the_gateway_leads_to_a_route_of_the_list():
    paths = {(route.method, sample(route.path, project)) for route in ROUTES for project in ("7", "acme/widgets")}

    for method, pattern, function in routes():
        served = [
            1
            for wanted, path in paths
            if matches(pattern, path)
            and method in {"ANY", wanted}
            and LOGICAL_IDS[route_of(wanted, path).function] == function
        ]
        assert pattern == "$default" or served, f"{method} {pattern} of {function} serves no route"


def test_the_router_knows_every_function_that_it_may_have_to_invoke():
    names = {
        name.removesuffix("_FUNCTION").lower()
        for name in FUNCTIONS["RouterFunction"]["Environment"]["Variables"]
        if name.endswith("_FUNCTION")
    }

    # Any route: a slash at the end, a surplus one or a format is enough for the gateway to know none.
    assert {route.function for route in ROUTES} == names


def test_every_operation_has_a_handler(monkeypatch):
    for function, logical_id in LOGICAL_IDS.items():
        with monkeypatch.context() as environment:
            for name, value in specimens(logical_id).items():
                environment.setenv(name, value)
            environment.syspath_prepend(str(ROOT / "functions" / function))
            environment.delitem(sys.modules, "handler", raising=False)
            importlib.import_module("handler")
            environment.delitem(sys.modules, "handler", raising=False)


def test_a_missing_handler_is_noticed():
    with pytest.raises(LookupError, match="list_triggers"):
        handler_of(next(route for route in ROUTES if route.operation == "list_triggers"), (object(),))


def test_openapi_describes_every_route_and_no_other():
    document = yaml.safe_load((ROOT / "functions/openapi.yaml").read_text(encoding="utf-8"))
    described = {
        (method.upper(), unnamed(path), operation["operationId"], {} in operation.get("security", [None]))
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in {"get", "put", "post", "delete", "patch"} and operation.get("security") != []
    }
    by_trigger_token = {
        (method.upper(), unnamed(path), operation["operationId"])
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict) and operation.get("security") == []
    }

    assert described == {
        (route.method, unnamed(route.path.removeprefix(BASE)), camel(route.operation), route.anonymous)
        for route in ROUTES
        if route.function != "trigger"
    }
    assert by_trigger_token == {
        (route.method, unnamed(route.path.removeprefix(BASE)), camel(route.operation))
        for route in ROUTES
        if route.function == "trigger"
    }


def test_the_documentation_has_every_route_and_no_other():
    tables = (ROOT / "docs/use.md").read_text(encoding="utf-8").partition("\n## Routes\n")[2]
    rows = re.findall(r"^\| ([A-Z, ]+) \| `(/[^`]*)` \|", tables, re.MULTILINE)
    documented = [(method, unnamed(path)) for methods, path in rows for method in methods.split(", ")]

    assert sorted(documented) == sorted((route.method, unnamed(route.path.removeprefix(BASE))) for route in ROUTES)


def unnamed(path: str) -> str:
    return re.sub(r"<\w+>|\{\w+\}|:\w+", "{}", path)


def camel(operation: str) -> str:
    return re.sub(r"_(\w)", lambda letter: letter[1].upper(), operation)


def test_operations_and_routes_are_listed_once():
    assert len({route.operation for route in ROUTES}) == len(ROUTES)
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)


def test_no_two_functions_answer_the_same_route_of_the_gateway():
    asked = [route[:2] for route in routes()]

    assert len(asked) == len(set(asked))
