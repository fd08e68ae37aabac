"""The one file that knows Powertools: events in, GitLab's answers out, one log line and one metric for each call."""

import os
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.metrics import MetricUnit

from pullcord.errors import Moved, NoSuchRoute, Refusal, TooLarge
from pullcord.version import VERSION
from pullcord.wire import cors, refusal_json
from pullcord.wire.call import Call
from pullcord.wire.credentials import without_credentials
from pullcord.wire.types import MAX_ANSWER_BYTES, encoded_length, text_of

logger = Logger(level=os.environ.get("LOG_LEVEL", "INFO"))

Event = dict[str, Any]

OUR_VERSION = {"Pullcord-Version": VERSION}

REPLAYED = {"Pullcord-Replayed": "true"}
"""Header of a stored answer that is given again."""


SURELY_SENT = MAX_ANSWER_BYTES // 7
"""Characters of a body that fit into an answer for sure: escaped, a character takes at most 7 bytes."""


class Answer(NamedTuple):
    """The answer of a route. body: None for an empty one."""

    status: int
    body: object = None
    headers: Mapping[str, str] = {}


class Route(Protocol):
    """An entry of the list of routes, as far as HTTP is concerned."""

    @property
    def method(self) -> str:
        """HTTP method."""
        ...

    @property
    def path(self) -> str:
        """Canonical path with `<parts>`."""
        ...

    @property
    def scopes(self) -> tuple[str, ...]:
        """Scopes of which a personal access token needs one."""
        ...

    @property
    def anonymous(self) -> bool:
        """Whether a call without a token is answered."""
        ...


class ParsedPath(Protocol):
    """A path in the one form in which routes are written."""

    @property
    def canonical(self) -> str:
        """Path in the form of the routes."""
        ...

    @property
    def format(self) -> str | None:
        """Format that is asked for at the end of the path; None without."""
        ...

    @property
    def is_known(self) -> bool:
        """Whether a route has this path, for whatever method."""
        ...


class PathGrammar(Protocol):
    """Grammar of the paths in the list of routes."""

    def parsed(self, path: str) -> ParsedPath:
        """The canonical form of a path. Raises PathTooLong."""
        ...

    def methods(self, path: str) -> tuple[str, ...]:
        """The methods of a path; empty if it has no route."""
        ...

    def relocated(self, path: str, project_id: int) -> str:
        """A canonical path below a project, with the project's number in place of its path."""
        ...


class HttpFunction:
    """A Lambda function behind the API: refusals are answered in GitLab's words, faults as a logged 500.

    routes: each with the handler that answers it, which takes a `Call` and the variable parts of the path, decoded
    """

    _call: Call
    """The call that is being answered."""

    def __init__(self, routes: Iterable[tuple[Route, Callable[..., Answer]]], grammar: PathGrammar) -> None:
        self._grammar = grammar
        self._resolver = APIGatewayHttpResolver()
        self._resolver.exception_handler(NotFoundError)(lambda _: self._unrouted())
        self._resolver.exception_handler(Moved)(self._moved)
        self._resolver.exception_handler(Refusal)(self._refused)
        self._resolver.exception_handler(Exception)(_fault)
        for route, handler in routes:
            self._resolver.route(route.path, route.method)(self._bound(route, handler))

    def _bound(self, route: Route, handler: Callable[..., Answer]) -> Callable[..., Response[str]]:
        def bound(**parts: str) -> Response[str]:
            call = self._call
            call.route = route
            call.read()
            return _response(handler(call, **{name: unquote(part) for name, part in parts.items()}))

        return bound

    def _unrouted(self) -> Response[str]:
        """The answer to a call without a route of this function: to a browser's question, or a refusal."""
        call = self._call
        if cors.is_preflight(call.method, call.headers):
            return _response(Answer(200))
        try:
            self._grammar.parsed(call.event["rawPath"])
            call.read()
        except Refusal as refusal:
            return self._refused(refusal)
        if call.method == "OPTIONS" and (allowed := self._grammar.methods(call.event["rawPath"])):
            return _response(Answer(204, None, {"Allow": ", ".join(("OPTIONS", *allowed))}))
        return self._refused(NoSuchRoute())

    def _moved(self, moved: Moved) -> Response[str]:
        """Redirect a reader to a moved project's number; a writer gets 405 and the number, as from GitLab."""
        call = self._call
        if call.method != "GET":
            return self._refused(moved)
        # A redirect ends up in histories and logs: no credential is repeated.
        query = without_credentials(call.event.get("rawQueryString") or "")
        address = f"{call.server}{self._grammar.relocated(call.event['rawPath'], moved.number)}"
        count_outcome(moved.code)
        location = f"{address}?{query}" if query else address
        return _response(Answer(301, {"message": "301 Moved Permanently"}, {"Location": location}))

    def _refused(self, refusal: Refusal) -> Response[str]:
        asked = self._call.headers.get("pullcord-details", "")
        status, body = refusal_json.answer(refusal, details=asked.strip().lower() == "true")
        count_outcome(refusal.code)
        headers = refusal_json.headers(refusal) | (REPLAYED if refusal.replayed else {})
        return _response(Answer(status, body, headers))

    def resolve(self, event: Event, context: Any) -> Event:
        """Answer one event of API Gateway (payload format 2.0)."""
        request = event["requestContext"]
        logger.set_correlation_id(request["requestId"])
        event = self._normalized(event)
        answer: Event = self._resolver.resolve(event, context)
        answer.setdefault("headers", {}).update({"Pullcord-Request-Id": request["requestId"], **OUR_VERSION})
        answer["headers"].update(cors.response_headers(request["http"]["method"], self._call.headers))
        if request["http"]["method"] == "HEAD":
            answer["body"] = ""
        # The route and not the path, which may hold a ref; the query may hold a token.
        route = self._call.route.path if self._call.route else "none"
        logger.info("answered", method=request["http"]["method"], route=route, status=answer["statusCode"])
        return answer

    def _normalized(self, event: Event) -> Event:
        """Begin the call; its event with the canonical path, and with GET for a call that asks for headers alone."""
        request = event["requestContext"]
        if request["http"]["method"] == "HEAD":
            event = {**event, "requestContext": {**request, "http": {**request["http"], "method": "GET"}}}
        external_url = os.environ.get("EXTERNAL_URL", "")
        try:
            path = self._grammar.parsed(event["rawPath"])
        except Refusal:
            self._call = Call(event, external_url)
            return {**event, "rawPath": "/"}  # it is not looked at: `_unrouted` says why
        event = {**event, "rawPath": path.canonical}
        self._call = Call(event, external_url, extension=path.format)
        return event if path.is_known else {**event, "rawPath": "/"}


def count_outcome(outcome: str) -> None:
    """Count one outcome in CloudWatch: "created", "replayed", "fault", or the code of a refusal."""
    with_outcome = Metrics()
    with_outcome.add_dimension(name="outcome", value=outcome)
    with_outcome.add_metric(name="Calls", unit=MetricUnit.Count, value=1)
    with_outcome.flush_metrics()


def _fault(fault: Exception) -> Response[str]:
    # Where, and what kind: its message could quote what a caller sent.
    logger.error("fault", error=type(fault).__name__, trace=traceback.format_tb(fault.__traceback__))
    count_outcome("fault")
    return _response(Answer(500, {"message": "500 Internal Server Error"}, {"Pullcord-Code": "fault"}))


def _response(answer: Answer) -> Response[str]:
    if answer.body is None:
        return Response(answer.status, headers=dict(answer.headers))
    text = text_of(answer.body)
    if len(text) > SURELY_SENT and encoded_length(text) > MAX_ANSWER_BYTES:
        raise TooLarge("the answer would have more than 6 MB. Ask for less at a time, with per_page=20 for example")
    return Response(answer.status, "application/json", text, dict(answer.headers))
