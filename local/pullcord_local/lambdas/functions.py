"""All functions of the stack, ready to be invoked by name."""

import contextlib
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from pullcord_local.cloud.inventory import Function, Inventory
from pullcord_local.lambdas import environment
from pullcord_local.lambdas.invocation import Outcome, Throttled
from pullcord_local.lambdas.pool import Pool, Start
from pullcord_local.lambdas.sandbox import Sandbox

Logs = Callable[[Function], IO[bytes] | int]
"""Where a function's output goes: a file, or one of subprocess's constants."""


def discarded(_function: Function) -> int:
    """Nowhere."""
    return subprocess.DEVNULL


def into_folder(folder: Path) -> Logs:
    """Into one file per function, appended to."""
    folder.mkdir(parents=True, exist_ok=True)
    return lambda function: (folder / f"{function.logical_id}.log").open("ab")


class Functions:
    """One pool of processes per function; each pool acts under a session of its function's role."""

    def __init__(self, inventory: Inventory, endpoint: str, logs: Logs) -> None:
        self.inventory = inventory
        self.endpoint = endpoint
        self.logs = logs
        self.files: list[IO[bytes]] = []
        self.pools = {found.name: Pool(found, self.starter(found)) for found in inventory.functions.values()}

    def starter(self, function: Function) -> Start:
        """How to start a sandbox of this function."""
        session = self.inventory.identities.assume(function.role_arn, function.name[:64])
        variables = environment.variables(function, session, self.endpoint)
        log = self.logs(function)
        if not isinstance(log, int):
            self.files.append(log)

        def start(on_ready: Callable[[Sandbox], None], on_end: Callable[[Sandbox], None]) -> Sandbox:
            return Sandbox(function, variables, log, on_ready, on_end)

        return start

    def invoke(self, name: str, event: bytes) -> Outcome:
        """Run a function and wait for it. Raises KeyError for an unknown one, Throttled for one too busy."""
        return self.pools[name].invoke(event)

    def invoke_later(self, name: str, event: bytes) -> None:
        """Run a function for nobody: up to twice more when it fails.

        Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
        """
        for _ in range(3):
            with contextlib.suppress(Throttled):
                if not self.invoke(name, event).failed:
                    return

    def warm(self, names: Iterable[str]) -> None:
        """Start one process of each, one after the other: together they would fight for the processors."""
        for name in names:
            self.pools[name].warm()

    def close(self) -> None:
        """End every process."""
        for pool in self.pools.values():
            pool.close()
        for log in self.files:
            log.close()
