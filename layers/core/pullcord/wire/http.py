"""The one file that knows Powertools: events in, GitLab's answers out, one log line and one metric for each call."""

import json
import os
import traceback
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.metrics import MetricUnit

from pullcord.errors import Moved, NoSuchRoute, Refusal
from pullcord.wire import paths, refusal_json
from pullcord.wire.call import Call

logger = Logger(level=os.environ.get("LOG_LEVEL", "INFO"))
metrics = Metrics()

Event = dict[str, Any]

REPLAYED = {"Pullcord-Replayed": "true"}
"""On the answer to a call that was made before."""


class Answer(NamedTuple):
    """What a route returns. body: None for an empty one."""

    status: int
    body: object = None
    headers: Mapping[str, str] = {}


class Desk(Protocol):
    """Routes that belong together."""

    @property
    def routes(self) -> Iterable[tuple[str, str, str]]:
        """HTTP method, canonical path with `<parts>`, and the name of the method that answers.

        That method takes a `Call` and the path's parts, decoded; it returns an `Answer`.
        """
        ...


class Door:
    """A Lambda behind the API: routes over canonical paths, refusals in GitLab's words, faults as a logged 500."""

    def __init__(self, *desks: Desk) -> None:
        self._resolver = APIGatewayHttpResolver()
        self._resolver.exception_handler(NotFoundError)(lambda _: _refused(NoSuchRoute()))
        self._resolver.exception_handler(Moved)(self._moved)
        self._resolver.exception_handler(Refusal)(_refused)
        self._resolver.exception_handler(Exception)(_fault)
        for desk in desks:
            for method, path, name in desk.routes:
                self._resolver.route(path, method)(self._resolved(getattr(desk, name)))

    def _resolved(self, answer: Callable[..., Answer]) -> Callable[..., Response[str]]:
        def resolved(**parts: str) -> Response[str]:
            call = Call(self._resolver.current_event.raw_event, os.environ.get("EXTERNAL_URL", ""))
            return _response(answer(call, **{name: unquote(part) for name, part in parts.items()}))

        return resolved

    def _moved(self, moved: Moved) -> Response[str]:
        """As GitLab answers: who reads is sent on, who writes has to know where."""
        event = self._resolver.current_event.raw_event
        if event["requestContext"]["http"]["method"] != "GET":
            return _refused(moved)
        call = Call(event, os.environ.get("EXTERNAL_URL", ""))
        query = f"?{event['rawQueryString']}" if event.get("rawQueryString") else ""
        address = f"{call.server}{paths.relocated(event['rawPath'], moved.number)}{query}"
        counted(moved.code)
        return _response(Answer(301, {"message": "301 Moved Permanently"}, {"Location": address}))

    def resolve(self, event: Event, context: Any) -> Event:
        """Answer one event of API Gateway (payload format 2.0)."""
        request = event["requestContext"]
        logger.set_correlation_id(request["requestId"])
        path = paths.canonical(event["rawPath"])
        answer: Event = self._resolver.resolve(_without_head({**event, "rawPath": path}), context)
        answer.setdefault("headers", {})["Pullcord-Request-Id"] = request["requestId"]
        if request["http"]["method"] == "HEAD":
            answer["body"] = ""
        # The path holds no token, and the query, which may, is not logged.
        logger.info("answered", method=request["http"]["method"], path=path, status=answer["statusCode"])
        return answer


def _without_head(event: Event) -> Event:
    """Whatever can be got can be asked for its headers: a HEAD request is a GET whose body nobody wants."""
    request = event["requestContext"]
    if request["http"]["method"] != "HEAD":
        return event
    return {**event, "requestContext": {**request, "http": {**request["http"], "method": "GET"}}}


def counted(outcome: str) -> None:
    """Count one outcome in CloudWatch: "admitted", "replayed", or the code of a refusal."""
    with_outcome = Metrics()
    with_outcome.add_dimension(name="outcome", value=outcome)
    with_outcome.add_metric(name="Calls", unit=MetricUnit.Count, value=1)
    with_outcome.flush_metrics()


def _refused(refusal: Refusal) -> Response[str]:
    status, body = refusal_json.answer(refusal)
    counted(refusal.code)
    return _response(Answer(status, body, REPLAYED if refusal.replayed else {}))


def _fault(fault: Exception) -> Response[str]:
    # Where, and what kind: its message could quote what a caller sent.
    logger.error("fault", error=type(fault).__name__, trace=traceback.format_tb(fault.__traceback__))
    counted("fault")
    return _response(Answer(500, {"message": "500 Internal Server Error", "pullcord": {"code": "fault"}}))


def _response(answer: Answer) -> Response[str]:
    if answer.body is None:
        return Response(answer.status, headers=dict(answer.headers))
    text = json.dumps(answer.body, ensure_ascii=False, separators=(",", ":"))
    return Response(answer.status, "application/json", text, dict(answer.headers))
