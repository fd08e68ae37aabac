"""HEAD has no routes of its own at the gateway; it comes by the router."""

import pytest
from pullcord.wire.routing import door


@pytest.mark.parametrize("path", ["user", "version", "metadata", "namespaces", "namespaces/7", "namespaces/a%2Fb"])
def test_the_head_of_what_projects_answers_goes_to_projects(path):
    assert door("HEAD", f"/api/v4/{path}") == "projects"


@pytest.mark.parametrize(("method", "path"), [("POST", "version"), ("HEAD", "versions"), ("HEAD", "user/keys")])
def test_what_nobody_answers_goes_nowhere(method, path):
    assert door(method, f"/api/v4/{path}") is None
