"""A sandbox: a process of a function, and the Runtime API that gives it one invocation at a time.

Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable, Mapping

from pullcord_local.http_server import Request, Response, Server
from pullcord_local.inventory import Function
from pullcord_local.lambdas.invocation import MAX_PAYLOAD_BYTES, Invocation, Outcome, exited, timed_out, too_large
from pullcord_local.lambdas.zygote import FunctionProcess, Zygote

RUNTIME = "/2018-06-01/runtime"
ACCEPTED = Response(202, [("content-type", "application/json")], b'{"status":"OK"}')


class Sandbox:
    """A process of a function, started when the sandbox is created.

    on_ready: called when the process first asks for an invocation
    on_end:   called when the process has ended
    """

    def __init__(
        self,
        function: Function,
        environment: Mapping[str, str],
        log: int,
        zygote: Zygote,
        on_ready: Callable[["Sandbox"], None],
        on_end: Callable[["Sandbox"], None],
    ) -> None:
        self.function = function
        self.on_ready, self.on_end = on_ready, on_end
        self.inbox: queue.SimpleQueue[Invocation | None] = queue.SimpleQueue()
        self.current: Invocation | None = None
        self.ready = False
        self.closed = False
        self.init_failure: Outcome | None = None
        self.server = Server(self.runtime_api, private=True)
        self.server.start()
        self.process = self.spawn(environment, log, zygote)
        threading.Thread(target=self.wait, name=f"wait-{function.name}", daemon=True).start()

    def spawn(self, environment: Mapping[str, str], log: int, zygote: Zygote) -> FunctionProcess:
        """Start the process, with the reading end of a pipe whose writing end only this process has."""
        reading, self.lifeline = os.pipe()
        runtime = {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.server.port}"}
        try:
            return zygote.spawn(self.function.handler, self.function.code, {**environment, **runtime}, log, reading)
        finally:
            os.close(reading)

    def invoke(self, invocation: Invocation) -> Outcome:
        """Run an invocation and wait for its outcome, no longer than the function's timeout."""
        self.current = invocation
        self.inbox.put(invocation)
        try:
            outcome = invocation.outcome.get(timeout=self.function.timeout)
        except queue.Empty:
            self.close()
            return timed_out(invocation.request_id, self.function.timeout)
        self.current = None
        return outcome

    @property
    def alive(self) -> bool:
        """Whether the process can take another invocation; a process that is being killed cannot."""
        return not self.closed and self.process.poll() is None

    def close(self) -> None:
        """Kill the process and stop its Runtime API."""
        self.closed = True
        self.process.kill()
        self.inbox.put(None)
        self.server.stop()

    def wait(self) -> None:
        """Wait for the end of the process; the invocation that it was running fails."""
        status = self.process.wait()
        with contextlib.suppress(OSError):
            os.close(self.lifeline)
        self.inbox.put(None)
        self.server.stop()
        current = self.current
        if current is not None:
            current.outcome.put(exited(current.request_id, status))
        if self.init_failure is None:
            self.init_failure = exited("init", status)
        self.on_end(self)

    def runtime_api(self, request: Request) -> Response:
        """The answer to a request of the runtime client."""
        match request.target.removeprefix(RUNTIME).strip("/").split("/"):
            case ["invocation", "next"]:
                return self.next()
            case ["invocation", request_id, "response"]:
                body = request.body
                self.complete(request_id, too_large(len(body)) if len(body) > MAX_PAYLOAD_BYTES else Outcome(body))
            case ["invocation", request_id, "error"]:
                self.complete(request_id, Outcome(request.body, failed=True))
            case ["init", "error"]:
                self.init_failure = Outcome(request.body, failed=True)
            case _:
                return Response(404)
        return ACCEPTED

    def next(self) -> Response:
        """The next invocation, as soon as there is one."""
        if not self.ready:
            self.ready = True
            self.on_ready(self)
        invocation = self.inbox.get()
        if invocation is None:
            return Response(500)
        deadline = int((time.time() + self.function.timeout) * 1000)
        headers = [
            ("content-type", "application/json"),
            ("lambda-runtime-aws-request-id", invocation.request_id),
            ("lambda-runtime-deadline-ms", str(deadline)),
            ("lambda-runtime-invoked-function-arn", self.function.arn),
        ]
        return Response(200, headers, invocation.event)

    def complete(self, request_id: str, outcome: Outcome) -> None:
        """Give an outcome to its invocation; an outcome after the timeout is discarded."""
        current = self.current
        if current is not None and current.request_id == request_id:
            current.outcome.put(outcome)
