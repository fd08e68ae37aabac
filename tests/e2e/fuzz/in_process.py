"""The whole service in one process: the template deployed, the doors imported, requests as bytes without a socket.

What is left out beside `pullcord serve` is kernel sockets, processes and roles; a request takes a tenth of the time.
"""

import importlib.util
import io
import json
import os
import socket
from contextlib import nullcontext
from http.client import HTTPResponse
from types import SimpleNamespace

from pullcord import deadline
from pullcord.aws import clients, environment
from pullcord.wire import http
from pullcord_local.aws_calls.client import client
from pullcord_local.cloud.deployment import deploy
from pullcord_local.gateway.http_api import MAX_BODY_BYTES, HttpApi
from pullcord_local.gateway.routes import Routes
from pullcord_local.http_server import ConnectionHandler
from pullcord_local.lambdas.invocation import Outcome
from pullcord_local.serve import TEMPLATE
from tests.e2e.serving import ROOT_TOKEN
from tests.e2e.talking import Reply


class Wire:
    """Both ends of a connection on which one side speaks first and then listens."""

    def __init__(self, sent: bytes) -> None:
        self.sent = io.BytesIO(sent)
        self.received = io.BytesIO()

    def recv(self, size: int) -> bytes:
        return self.sent.read(size)

    def sendall(self, data: bytes) -> None:
        self.received.write(data)

    def makefile(self, *_: object) -> io.BytesIO:
        return io.BytesIO(self.received.getvalue())

    def settimeout(self, _seconds: float) -> None:
        """No need to wait."""

    def shutdown(self, _how: int) -> None:
        """The bytes are all there."""


class Doors:
    """A fresh deployment. decode_slashes: as one of the two ways in which API Gateway has been seen to hand paths over."""

    url = "http://pullcord.test"
    root_token = ROOT_TOKEN

    def __init__(self, *, decode_slashes: bool = False) -> None:
        self.deployment = deploy(TEMPLATE, {"RootToken": ROOT_TOKEN, "AllowedRemotes": "file://"}, None)
        cloud = self.deployment.cloud
        cloud.functions.invoke = self.invoke
        self._forget()
        clients.session = lambda: SimpleNamespace(client=lambda service, **_: client(service, cloud.answer))
        self.functions = {function.name: function for function in cloud.inventory.functions.values()}
        for function in self.functions.values():
            os.environ |= function.environment
        self.handlers = {}
        ((api, document),) = cloud.inventory.apis.items()
        front = HttpApi(api, Routes(document), self.invoke, decode_slashes=decode_slashes)
        self.server = SimpleNamespace(handle=front.handle, max_body=MAX_BODY_BYTES)
        self.deployment.bootstrap()

    def _forget(self) -> None:
        """What a new sandbox would not know either."""
        for cached in (clients.client, *vars(environment).values()):
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()
        http.logger.setLevel("ERROR")
        # An alarm rings in main threads only. What would be interrupted shows as too many steps instead.
        deadline.deadline = lambda _seconds, _refusal: nullcontext()

    def invoke(self, name: str, event: bytes) -> Outcome:
        """Call a handler; what it raises is a failed invocation."""
        context = SimpleNamespace(
            function_name=name, aws_request_id="request", invoked_function_arn=name, memory_limit_in_mb=1024
        )
        try:
            return Outcome(json.dumps(self.handler(name)(json.loads(event), context)).encode())
        except Exception as error:  # noqa: BLE001 - as Lambda does
            return Outcome(
                json.dumps({"errorType": type(error).__name__, "errorMessage": repr(error)}).encode(), failed=True
            )

    def handler(self, name: str):
        """The `handle` of a function, its module imported for this deployment."""
        if name not in self.handlers:
            path = self.functions[name].code / "handler.py"
            spec = importlib.util.spec_from_file_location(f"door_{path.parent.name}", path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            self.handlers[name] = module.handle
        return self.handlers[name]

    def send(self, raw: bytes) -> Reply | None:
        """The answer to exactly these bytes; None when they are too few to be a request."""
        wire = Wire(raw)
        try:
            ConnectionHandler(self.server, wire).run()
        except OSError:
            return None
        if not wire.received.getvalue():
            return None
        answer = HTTPResponse(wire, method=raw.partition(b" ")[0].decode("latin-1"))
        answer.begin()
        return Reply(answer.status, answer.headers, answer.read())

    def stop(self) -> None:
        self.deployment.stop()


socket.setdefaulttimeout(60)
