"""`pullcord serve`: deploy the template into the embedded cloud and serve its API."""

import contextlib
import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pullcord_local.account import isolate
from pullcord_local.http_server import Request, Response, Server
from pullcord_local.stack.scope import DeployError

TEMPLATE = Path(__file__).resolve().parents[2] / "template.yaml"


@dataclass(frozen=True)
class Options:
    """What `serve` is told.

    parameters:     values for the template's parameters
    address_parameter: the parameter that is to have the address of this service, if there is one
    data:           the folder of the state, None for state that ends with the process
    decode_slashes: see `gateway.front.Front`
    verbose:        the functions' output goes to standard error
    report:         a file for what IAM denied and what it never needed, written at the end
    """

    port: int = 0
    template: Path = TEMPLATE
    parameters: dict[str, str] = field(default_factory=dict)
    address_parameter: str = ""
    data: Path | None = None
    decode_slashes: bool = False
    verbose: bool = False
    report: Path | None = None


class Service:
    """A deployed stack behind its API on a port of 127.0.0.1, port 0 for a free one."""

    def __init__(self, options: Options) -> None:
        isolate()
        from pullcord_local.deployment import deploy
        from pullcord_local.gateway.front import LARGEST_BODY, Front
        from pullcord_local.gateway.routes import Routes

        self.options = options
        self.server = Server(self.handle, options.port, longest_body=LARGEST_BODY)
        self.url = f"http://127.0.0.1:{self.server.port}"
        address = {options.address_parameter: self.url} if options.address_parameter else {}
        parameters = address | options.parameters
        self.deployment = deploy(options.template, parameters, options.data, verbose=options.verbose)
        self.cloud = self.deployment.cloud
        apis = self.cloud.inventory.apis
        if len(apis) != 1:
            raise DeployError(f"the template has {len(apis)} HTTP APIs, not one")
        ((api_id, document),) = apis.items()
        self.routes = Routes(document)
        invoke = self.cloud.functions.invoke
        self.front = Front(api_id, self.routes, invoke, decode_slashes=options.decode_slashes)

    def handle(self, request: Request) -> Response:
        """Answer a request to the API."""
        return self.front.handle(request)

    def start(self) -> None:
        """Bring the stack to life: its cloud, its first administrator, its API; then warm it up in the background."""
        self.cloud.start()
        self.deployment.bootstrap()
        self.server.start()
        threading.Thread(target=self.warm, name="warm", daemon=True).start()

    def warm(self) -> None:
        """Start a process of each function and import the interpreter, so that first calls are quick ones."""
        threading.Thread(target=self.cloud.executions.warm, name="warm-interpreter", daemon=True).start()
        doors = list(dict.fromkeys(route.function for route in self.routes.routes))
        self.cloud.functions.warm([*doors, *(name for name in self.cloud.functions.pools if name not in doors)])

    def stop(self) -> None:
        """Take no more requests, end every process, let go of the state."""
        self.server.stop()
        self.deployment.stop()
        if self.options.report is not None:
            self.options.report.write_text(json.dumps(self.cloud.guard.report(), indent=2) + "\n", "utf-8")


@contextlib.contextmanager
def serving(options: Options) -> Iterator[Service]:
    """A service for the length of a `with` block."""
    service = Service(options)
    try:
        service.start()
        yield service
    finally:
        service.stop()


def run(options: Options) -> int:
    """Serve until SIGTERM or SIGINT; the exit status.

    The interpreter itself writes the signal into a pipe, at once. A handler in Python would run at the main thread's
    next step, and when the signal comes just before that thread begins to wait there is no next step.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    try:
        with serving(options) as service:
            print(f"listening on {service.url}", flush=True)
            os.read(reading, 1)
    except (DeployError, OSError) as error:
        print(f"pullcord: {error}", file=sys.stderr)
        return 1
    return 0
