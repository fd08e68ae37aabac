"""Requests, byte for byte, answered by every route: what was read is the answer.

A request goes the way of a real one: server, gateway, list of routes, parameters. Only the operations are replaced.
"""

import json
import socket
import threading
from dataclasses import dataclass
from typing import Any

from pullcord.routes import paths
from pullcord.routes.table import ROUTES
from pullcord.wire import trigger_params
from pullcord.wire.http import Answer, HttpFunction
from pullcord_local.gateway.event import event
from pullcord_local.gateway.routes import Match, Route
from pullcord_local.http_server import ConnectionHandler, Request, Response

GITLABS = {"project": "id", "group": "id", "namespace": "id"}
ANY = Match(Route("ANY", "$default", "function"))


@dataclass(frozen=True)
class Reply:
    """status, headers in lower case and JSON of an answer."""

    status: int
    headers: dict[str, str]
    body: Any


def echo(route):
    """The handler of a route that answers what it was given."""

    def answer(call, **parts):
        if route.function == "trigger":
            read = trigger_params.read(call, parts["project"], parts.get("ref"))
            sent = dict(read.parameters)
        else:
            sent = {**call.parameters, **{GITLABS.get(name, name): part for name, part in parts.items()}}
        return Answer(201 if route.function == "trigger" else 200, {"operation": route.operation, "parameters": sent})

    return answer


FUNCTION = HttpFunction([(route, echo(route)) for route in ROUTES], paths)


def bytes_of(line: str, headers: list[str], body: bytes) -> bytes:
    """A request as it is sent. Text is Latin-1, one character for each byte."""
    length = (
        [] if any(header.startswith("Transfer-Encoding") for header in headers) else [f"Content-Length: {len(body)}"]
    )
    head = [f"{line} HTTP/1.1", "Host: ci.example.test", "Connection: close", *headers, *length]
    return "\r\n".join(head).encode("latin-1") + b"\r\n\r\n" + body


def ask(raw: bytes) -> Reply:
    """The answer to the bytes of a request."""
    seen: list[Request] = []

    class Recorder:
        max_body = None

        def handle(self, request: Request) -> Response:
            seen.append(request)
            return Response(200)

    here, there = socket.socketpair()
    with here, there:
        there.settimeout(5)
        threading.Thread(target=here.sendall, args=(raw,), daemon=True).start()
        ConnectionHandler(Recorder(), there).run()
    assert seen, "the server refused the request"
    return answered(seen[0])


def answered(request: Request) -> Reply:
    """The function's answer to what the server has read."""
    path = request.target.partition("?")[0]
    answer = FUNCTION.resolve(event(request, ANY, path, "api"), None)
    text = answer.get("body")
    headers = {name.lower(): value for name, value in answer["headers"].items()}
    return Reply(answer["statusCode"], headers, json.loads(text) if text else None)
