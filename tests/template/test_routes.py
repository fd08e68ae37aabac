"""The routes of the template and those of README.md are the same ones."""

import re

import pytest

from tests.template.stack import ROOT, routes

SPELLED_OUT = sorted({route[:2] for route in routes() if route[1] != "$default"})


def documented(path) -> re.Pattern:
    """The path in a table or a sentence, its parameters under any name: `/projects/:id` for `/api/v4/projects/{id}`.

    `{id}/{name}` is a project by its path, as API Gateway hands it over with the slash decoded: still `:id`.
    """
    shown = path.removeprefix("/api/v4").replace("{id}/{name}", "{id}")
    return re.compile(re.sub(r"\\\{\w+\\\}", r"[^\\s/`|]+", re.escape(shown)) + r"(?![\w/])")


@pytest.mark.parametrize(("method", "path"), SPELLED_OUT)
def test_every_route_is_documented(method, path):
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

    assert any(documented(path).search(line) and (method == "ANY" or method in line) for line in lines)


def test_no_two_functions_answer_the_same_route():
    asked = [route[:2] for route in routes()]

    assert len(asked) == len(set(asked))
