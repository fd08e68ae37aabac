"""The function `triggers` with handlers that answer, refuse and fail."""

import pytest

from pullcord.errors import Forbidden, Moved
from pullcord.routes.http_function import http_function
from pullcord.wire.http import Answer
from tests.unit.wire.calls import event


class Triggers:
    """Handlers of the function `triggers`. parts: the path's variable parts of every call; listed: what a list answers."""

    def __init__(self):
        self.parts = []
        self.listed = ["é"]

    def list_triggers(self, call, project):
        self.parts.append((project,))
        return Answer(200, self.listed, {"X-Total": "1"})

    def create_trigger(self, call, project):
        raise Forbidden("no", details={"needs": "maintainer"})

    def get_trigger(self, call, project, trigger):
        self.parts.append((project, trigger))
        raise Moved(7)

    def update_trigger(self, call, project, trigger):
        raise ValueError("a text of the caller's")

    def delete_trigger(self, call, project, trigger):
        return Answer(204)


@pytest.fixture
def handlers():
    return Triggers()


@pytest.fixture
def request_of(handlers, monkeypatch):
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Pullcord")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "pullcord")
    function = http_function("triggers", handlers)
    return lambda method, path, **more: function.resolve(event(method=method, path=f"/api/v4/{path}", **more), None)
