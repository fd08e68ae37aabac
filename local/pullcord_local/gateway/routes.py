"""The routes of an HTTP API, read from its OpenAPI document.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

METHODS = {"get": "GET", "head": "HEAD", "post": "POST", "put": "PUT", "patch": "PATCH", "delete": "DELETE"}
METHODS |= {"options": "OPTIONS", "x-amazon-apigateway-any-method": "ANY"}
INTEGRATION = "x-amazon-apigateway-integration"
DEFAULT = "$default"


@dataclass(frozen=True, slots=True)
class Route:
    """A route of the API and the function that serves it; `timeout` in seconds."""

    method: str
    path: str
    function: str
    timeout: float = 30.0

    @property
    def key(self) -> str:
        """The route key, as in `GET /projects/{id}`, or `$default`."""
        return DEFAULT if self.path == DEFAULT else f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Match:
    """A route that matches a path, with the values of its path variables, percent-encoded if the path is."""

    route: Route
    variables: Mapping[str, str] = field(default_factory=dict)


class Routes:
    """The route table of an API."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.routes: list[Route] = []
        for path, item in document.get("paths", {}).items():
            for name, operation in item.items():
                if name in METHODS:
                    self.routes.append(route(METHODS[name], path, operation[INTEGRATION]))

    def find(self, method: str, path: str) -> Match | None:
        """The most specific route for a request, None if there is none: a literal segment beats a variable, a variable
        beats `{name+}`, the request's own method beats ANY, and `$default` takes every other request.

        path: percent-encoded or not, as the caller hands it to functions
        """
        best: tuple[tuple[int, ...], Match] | None = None
        for candidate in self.routes:
            if candidate.method not in {method, "ANY"}:
                continue
            variables = path_variables(candidate.path, path)
            if variables is None:
                continue
            rank = (*specificity(candidate.path), int(candidate.method == method))
            if best is None or rank > best[0]:
                best = rank, Match(candidate, variables)
        return best[1] if best else None


def route(method: str, path: str, integration: Mapping[str, Any]) -> Route:
    """The route for an operation of the document, whose integration has the function's ARN in its URI."""
    arn = integration["uri"].partition("/functions/")[2].removesuffix("/invocations")
    if integration.get("payloadFormatVersion") != "2.0" or not arn:
        raise ValueError(f"{method} {path}: not a Lambda integration with payload format 2.0")
    return Route(method, path, arn.split(":")[6], integration.get("timeoutInMillis", 30000) / 1000)


def path_variables(pattern: str, path: str) -> dict[str, str] | None:
    """The values of the pattern's variables; None if the path does not match the pattern."""
    if pattern == DEFAULT:
        return {}
    segments, parts = pattern.strip("/").split("/"), path.removeprefix("/").split("/")
    variables: dict[str, str] = {}
    for position, part in enumerate(segments):
        if part.startswith("{") and part.endswith("+}"):
            rest = "/".join(parts[position:])
            return variables | {part[1:-2]: rest} if rest else None
        if position >= len(parts):
            return None
        if part.startswith("{") and part.endswith("}"):
            if not parts[position]:
                return None
            variables[part[1:-1]] = parts[position]
        elif part != parts[position]:
            return None
    return variables if len(parts) == len(segments) else None


def specificity(pattern: str) -> tuple[int, ...]:
    """How specific a pattern is, segment by segment, to be compared as tuples are."""
    if pattern == DEFAULT:
        return (-1,)
    return tuple(
        0 if part.endswith("+}") else 1 if part.startswith("{") else 2 for part in pattern.strip("/").split("/")
    )
