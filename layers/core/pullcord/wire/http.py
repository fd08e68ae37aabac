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
from pullcord.wire import refusal_json
from pullcord.wire.call import Call
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


class PathGrammar(Protocol):
    """The one form in which routes are written."""

    def canonical(self, path: str) -> str:
        """The canonical form of a path."""
        ...

    def relocated(self, path: str, project_id: int) -> str:
        """A canonical path below a project, with the project's number in place of its path."""
        ...


class HttpFunction:
    """A Lambda function behind the API: refusals are answered in GitLab's words, faults as a logged 500.

    routes: each with the handler that answers it, which takes a `Call` and the variable parts of the path, decoded
    """

    def __init__(self, routes: Iterable[tuple[Route, Callable[..., Answer]]], grammar: PathGrammar) -> None:
        self._grammar = grammar
        self._resolver = APIGatewayHttpResolver()
        self._resolver.exception_handler(NotFoundError)(lambda _: self._refused(NoSuchRoute()))
        self._resolver.exception_handler(Moved)(self._moved)
        self._resolver.exception_handler(Refusal)(self._refused)
        self._resolver.exception_handler(Exception)(_fault)
        for route, handler in routes:
            self._resolver.route(route.path, route.method)(self._bound(route, handler))

    def _bound(self, route: Route, handler: Callable[..., Answer]) -> Callable[..., Response[str]]:
        def bound(**parts: str) -> Response[str]:
            call = Call(self._resolver.current_event.raw_event, os.environ.get("EXTERNAL_URL", ""), route)
            return _response(handler(call, **{name: unquote(part) for name, part in parts.items()}))

        return bound

    def _moved(self, moved: Moved) -> Response[str]:
        """Redirect a reader to a moved project's number; a writer gets 405 and the number, as from GitLab."""
        event = self._resolver.current_event.raw_event
        if event["requestContext"]["http"]["method"] != "GET":
            return self._refused(moved)
        call = Call(event, os.environ.get("EXTERNAL_URL", ""))
        query = f"?{event['rawQueryString']}" if event.get("rawQueryString") else ""
        address = f"{call.server}{self._grammar.relocated(event['rawPath'], moved.number)}{query}"
        count_outcome(moved.code)
        return _response(Answer(301, {"message": "301 Moved Permanently"}, {"Location": address}))

    def _refused(self, refusal: Refusal) -> Response[str]:
        asked = (self._resolver.current_event.raw_event.get("headers") or {}).get("pullcord-details", "")
        status, body = refusal_json.answer(refusal, details=asked.strip().lower() == "true")
        count_outcome(refusal.code)
        headers = refusal_json.headers(refusal) | (REPLAYED if refusal.replayed else {})
        return _response(Answer(status, body, headers))

    def resolve(self, event: Event, context: Any) -> Event:
        """Answer one event of API Gateway (payload format 2.0)."""
        request = event["requestContext"]
        logger.set_correlation_id(request["requestId"])
        path = self._grammar.canonical(event["rawPath"])
        answer: Event = self._resolver.resolve(_without_head({**event, "rawPath": path}), context)
        answer.setdefault("headers", {}).update({"Pullcord-Request-Id": request["requestId"], **OUR_VERSION})
        if request["http"]["method"] == "HEAD":
            answer["body"] = ""
        # The path holds no token, and the query, which may, is not logged.
        logger.info("answered", method=request["http"]["method"], path=path, status=answer["statusCode"])
        return answer


def _without_head(event: Event) -> Event:
    """A HEAD request as the GET whose headers it asks for."""
    request = event["requestContext"]
    if request["http"]["method"] != "HEAD":
        return event
    return {**event, "requestContext": {**request, "http": {**request["http"], "method": "GET"}}}


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
