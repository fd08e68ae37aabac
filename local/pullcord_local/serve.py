"""`pullcord serve`: the template deployed into the embedded cloud, its API served."""

import contextlib
import errno
import json
import os
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pullcord_local.account import isolate
from pullcord_local.arguments import fail, sentence
from pullcord_local.http_server import Handler, Request, Response, Server
from pullcord_local.memory import limit_arenas
from pullcord_local.persistence.store import FolderError, StoreError, StoreFull
from pullcord_local.stack.scope import DeployError, ParameterError

TEMPLATE = Path(__file__).resolve().parents[2] / "template.yaml"


@dataclass(frozen=True)
class Options:
    """The options of a service.

    parameters:        values for the template's parameters
    address_parameter: the template's parameter that gets the URL of this service; empty for none
    data:              the folder of the state, None for state that ends with the process
    decode_slashes:    see `gateway.http_api.HttpApi`
    verbose:           print the functions' output on standard error
    processes:         of each function at the same time, None for the default
    report:            a file to write at the end: permissions that were denied, and grants that were not used
    """

    port: int = 0
    template: Path = TEMPLATE
    parameters: dict[str, str] = field(default_factory=dict)
    address_parameter: str = ""
    data: Path | None = None
    decode_slashes: bool = False
    verbose: bool = False
    report: Path | None = None
    processes: int | None = None


class PortError(Exception):
    """Error: the port cannot be used. The message is a sentence for the user."""


def listening(handle: Handler, port: int, max_body: int) -> Server:
    """A server on this port. Raises PortError."""
    try:
        return Server(handle, port, max_body=max_body)
    except OSError as error:
        reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used ({error.strerror})"
        raise PortError(f"port {port} {reason}: choose another one, for example --port {port % 60000 + 1}") from error


class Service:
    """A deployed stack whose API is served on a port of 127.0.0.1."""

    def __init__(self, options: Options) -> None:
        isolate()
        limit_arenas()
        from pullcord_local.cloud.deployment import deploy
        from pullcord_local.gateway.http_api import MAX_BODY_BYTES, HttpApi
        from pullcord_local.gateway.routes import Routes

        self.options = options
        self.server = listening(self.handle, options.port, MAX_BODY_BYTES)
        self.url = f"http://127.0.0.1:{self.server.port}"
        address = {options.address_parameter: self.url} if options.address_parameter else {}
        parameters = address | options.parameters
        self.deployment = deploy(
            options.template, parameters, options.data, verbose=options.verbose, processes=options.processes
        )
        self.cloud = self.deployment.cloud
        apis = self.cloud.inventory.apis
        if len(apis) != 1:
            raise DeployError(f"the template has {len(apis)} HTTP APIs, not one")
        ((api_id, document),) = apis.items()
        self.routes = Routes(document)
        invoke = self.cloud.functions.invoke
        self.api = HttpApi(api_id, self.routes, invoke, decode_slashes=options.decode_slashes)

    def handle(self, request: Request) -> Response:
        """The response to a request to the API."""
        return self.api.handle(request)

    def start(self) -> None:
        """Start the cloud, create the first administrator, serve the API; then warm up in the background."""
        self.cloud.start()
        self.deployment.bootstrap()
        self.server.start()
        threading.Thread(target=self.warm, name="warm", daemon=True).start()

    def warm(self) -> None:
        """Start a process of each function and import the interpreter, so that first calls are quick."""
        threading.Thread(target=self.cloud.executions.warm, name="warm-interpreter", daemon=True).start()
        first = list(dict.fromkeys(route.function for route in self.routes.routes))
        self.cloud.functions.warm([*first, *(name for name in self.cloud.functions.pools if name not in first)])

    def stop(self) -> None:
        """Stop serving, stop every process, close the state and write the report."""
        self.server.stop()
        self.deployment.stop()
        if self.options.report is not None:
            self.options.report.write_text(json.dumps(self.cloud.guard.report(), indent=2) + "\n", "utf-8")


@contextlib.contextmanager
def serving(options: Options) -> Iterator[Service]:
    """A service that runs during a `with` block."""
    service = Service(options)
    try:
        service.start()
        yield service
    finally:
        service.stop()


def run(options: Options) -> int:
    """Serve until SIGTERM or SIGINT; the exit status.

    The interpreter itself writes the signal into a pipe, at once. A handler in Python would run at the main thread's
    next instruction, and if the signal arrives just before that thread begins to wait, there is none.
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
    except (ParameterError, FolderError) as error:
        return fail(str(error), 2)
    except StoreFull as error:
        return fail(f"what a start writes cannot be stored ({error}): make space, then start again", 1)
    except (DeployError, StoreError, PortError) as error:
        return fail(str(error), 1)
    except OSError as error:
        return fail(sentence(error), 1)
    return 0
