"""The routes of the template, those of functions/openapi.yaml and those of docs/use.md are the same."""

import re

import pytest
import yaml

from tests.template.stack import ROOT, routes

SPELLED_OUT = sorted({route[:2] for route in routes() if route[1] != "$default"})
USE = (ROOT / "docs/use.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([A-Z, ]+) \| `(/[^`]*)` \|", re.MULTILINE)
METHODS = {"get", "post", "put", "patch", "delete"}


def documented() -> set[tuple[str, str]]:
    """Method and path of each row of the tables, parameters under any name: `/projects/:` for `/projects/:id`."""
    rows = ROW.findall(USE.partition("\n## Routes\n")[2])
    return {(method, re.sub(r":\w+", ":", path)) for methods, path in rows for method in methods.split(", ")}


def described() -> set[tuple[str, str]]:
    """Method and path of each operation of the OpenAPI description, in the same form."""
    paths = yaml.safe_load((ROOT / "functions/openapi.yaml").read_text(encoding="utf-8"))["paths"]
    return {
        (method.upper(), re.sub(r"\{\w+\}", ":", path))
        for path, operations in paths.items()
        for method in operations.keys() & METHODS
    }


def pattern(path) -> re.Pattern:
    """Documented paths that a route of the template covers: `/projects/:/jobs` for `/api/v4/projects/{id}/jobs`.

    `{id}/{name}` is a project by its path, as API Gateway hands it over with the slash decoded: still one part.
    """
    shown = path.removeprefix("/api/v4").replace("{id}/{name}", "{id}")
    return re.compile(re.sub(r"\\\{\w+\\\}", r"[^/]+", re.escape(shown)))


def test_documentation_and_description_have_the_same_routes():
    assert documented() == described()


@pytest.mark.parametrize(("method", "path"), SPELLED_OUT)
def test_every_route_of_the_template_is_documented(method, path):
    matching = {shown for shown in documented() if pattern(path).fullmatch(shown[1])}

    assert matching if method == "ANY" else method in {shown[0] for shown in matching}


def test_no_two_functions_answer_the_same_route():
    asked = [route[:2] for route in routes()]

    assert len(asked) == len(set(asked))
