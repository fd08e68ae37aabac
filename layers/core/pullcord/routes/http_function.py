"""A Lambda function behind the API: the routes of the list that it serves, bound to their handlers."""

from collections.abc import Callable
from typing import Any

from pullcord.routes import paths
from pullcord.routes.table import Route, of_function
from pullcord.wire.http import Answer, HttpFunction


def http_function(name: str, *handlers: object) -> HttpFunction:
    """The function of this name in the list of routes. Raises LookupError for an operation that no handler has.

    handlers: objects whose methods are named like the operations. Each takes a `Call` and the variable parts of the
    path, decoded, and returns an `Answer`. `qualifier`: a word that the operations of a handler have beside its
    methods' names, so that one class serves `list_project_members` and `list_group_members`.
    """
    return HttpFunction([(route, handler_of(route, handlers)) for route in of_function(name)], paths)


def handler_of(route: Route, handlers: tuple[object, ...]) -> Callable[..., Answer]:
    """The method that answers a route."""
    for handler in handlers:
        qualifier: str = getattr(handler, "qualifier", "")
        if qualifier and qualifier not in route.operation:
            continue
        name = route.operation.replace(qualifier, "", 1)
        method: Any = getattr(handler, name, None)
        if method is not None:
            answer: Callable[..., Answer] = method
            return answer
    raise LookupError(f"no handler for {route.operation}")
