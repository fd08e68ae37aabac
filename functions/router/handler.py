"""Forwards calls that no spelled-out route of the gateway matches: by the list of routes to its function, or 404."""

from os import environ
from typing import Any

from pullcord import cold_start
from pullcord.aws.functions import invoke
from pullcord.routes.http_function import http_function
from pullcord.routes.paths import route_of

NAMES = ("trigger", "triggers", "pipelines", "projects", "users", "settings", "repository")
FUNCTIONS = {name: environ[f"{name.upper()}_FUNCTION"] for name in NAMES}
not_found = http_function("router")


def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Lambda's entry point."""
    route = route_of(event["requestContext"]["http"]["method"], event["rawPath"])
    function = FUNCTIONS.get(route.function) if route else None
    return invoke(function, event) if function else not_found.resolve(event, context)


cold_start.done()
