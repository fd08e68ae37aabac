"""The HTTP API's front: a request in, its function's answer out, refusals as API Gateway words them."""

import json
import queue
import threading
import traceback
from collections.abc import Callable
from urllib.parse import unquote

from pullcord_local.gateway.answer import FAULT, response, with_id
from pullcord_local.gateway.event import event
from pullcord_local.gateway.routes import Match, Routes
from pullcord_local.http_server import Request, Response, json_message
from pullcord_local.lambdas.invocation import LARGEST_PAYLOAD, Outcome, Throttled

# Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
LARGEST_BODY = 10 * 1024 * 1024

Invoke = Callable[[str, bytes], Outcome]
"""function name, event → outcome; raises KeyError, Throttled."""


class Front:
    """Serves one API.

    decode_slashes: AWS has been seen to hand paths over decoded, `%2F` and all, and cut at a decoded question mark
        (https://github.com/middleapi/standard-server/pull/93); its documentation leaves it open. By default the
        path stays as the client wrote it, so that both can be tested. Routes are found by the path as handed over.
    """

    def __init__(self, api_id: str, routes: Routes, invoke: Invoke, *, decode_slashes: bool = False) -> None:
        self.api_id = api_id
        self.routes = routes
        self.invoke = invoke
        self.decode_slashes = decode_slashes

    def handle(self, request: Request) -> Response:
        """Answer a request; never raises."""
        try:
            return self.answer(request)
        except Exception:  # noqa: BLE001 - a fault of the front is a 500 like any other, and must be seen
            traceback.print_exc()
            return with_id(FAULT)

    def answer(self, request: Request) -> Response:
        """Find the route, run its function, give its answer."""
        path = request.target.partition("?")[0]
        if self.decode_slashes:
            path = unquote(path).partition("?")[0]
        match = self.routes.find(request.method, path)
        if match is None:
            return with_id(json_message(404, "Not Found"))
        if not self.decode_slashes:
            match = Match(match.route, {name: unquote(value) for name, value in match.variables.items()})
        payload = json.dumps(event(request, match, path, self.api_id)).encode()
        if len(payload) > LARGEST_PAYLOAD:
            return with_id(json_message(413, "Request Entity Too Large"))
        return self.run(match, payload)

    def run(self, match: Match, payload: bytes) -> Response:
        """Run the function, as long as the integration's timeout allows."""
        done: queue.SimpleQueue[Response] = queue.SimpleQueue()

        def call() -> None:
            try:
                done.put(response(self.invoke(match.route.function, payload)))
            except Throttled:
                done.put(with_id(json_message(503, "Service Unavailable")))
            except Exception:  # noqa: BLE001 - as in `handle`
                traceback.print_exc()
                done.put(with_id(FAULT))

        threading.Thread(target=call, name=match.route.key, daemon=True).start()
        try:
            return done.get(timeout=match.route.timeout)
        except queue.Empty:
            return with_id(json_message(503, "Service Unavailable"))
