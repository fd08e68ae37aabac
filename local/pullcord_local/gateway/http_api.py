"""The HTTP API: finds a request's route, invokes its function and answers; errors are worded as by API Gateway."""

import json
import queue
import threading
import traceback
from collections.abc import Callable
from urllib.parse import unquote

from pullcord_local.gateway.event import event
from pullcord_local.gateway.response import INTERNAL_ERROR, response, with_id
from pullcord_local.gateway.routes import Match, Routes
from pullcord_local.http_server import Request, Response, json_message
from pullcord_local.lambdas.invocation import MAX_PAYLOAD_BYTES, Outcome, Throttled

# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
MAX_BODY_BYTES = 10 * 1024 * 1024

Invoke = Callable[[str, bytes], Outcome]
"""function name, event → outcome; raises KeyError, Throttled."""


class HttpApi:
    """An HTTP API.

    decode_slashes: AWS has been observed to hand paths over decoded, including `%2F`, and cut at a decoded question
        mark (https://github.com/middleapi/standard-server/pull/93); its documentation does not say. By default the
        path stays as the client wrote it, so that both can be tested. Routes are found by the path as handed over.
    """

    def __init__(self, api_id: str, routes: Routes, invoke: Invoke, *, decode_slashes: bool = False) -> None:
        self.api_id = api_id
        self.routes = routes
        self.invoke = invoke
        self.decode_slashes = decode_slashes

    def handle(self, request: Request) -> Response:
        """The response to a request; never raises."""
        try:
            return self.answer(request)
        except Exception:  # noqa: BLE001 - a bug of ours is a 500 like any other, and must be seen
            traceback.print_exc()
            return with_id(INTERNAL_ERROR)

    def answer(self, request: Request) -> Response:
        """The response of the function that serves the request's route."""
        path = request.target.partition("?")[0]
        if self.decode_slashes:
            path = unquote(path).partition("?")[0]
        match = self.routes.find(request.method, path)
        if match is None:
            return with_id(json_message(404, "Not Found"))
        if not self.decode_slashes:
            match = Match(match.route, {name: unquote(value) for name, value in match.variables.items()})
        payload = json.dumps(event(request, match, path, self.api_id)).encode()
        if len(payload) > MAX_PAYLOAD_BYTES:
            return with_id(json_message(413, "Request Entity Too Large"))
        return self.run(match, payload)

    def run(self, match: Match, payload: bytes) -> Response:
        """The response of the route's function; 503 after the integration's timeout."""
        done: queue.SimpleQueue[Response] = queue.SimpleQueue()

        def call() -> None:
            try:
                done.put(response(self.invoke(match.route.function, payload)))
            except Throttled:
                done.put(with_id(json_message(503, "Service Unavailable")))
            except Exception:  # noqa: BLE001 - as in `handle`
                traceback.print_exc()
                done.put(with_id(INTERNAL_ERROR))

        threading.Thread(target=call, name=match.route.key, daemon=True).start()
        try:
            return done.get(timeout=match.route.timeout)
        except queue.Empty:
            return with_id(json_message(503, "Service Unavailable"))
