"""The functions of the stack, to be invoked by name."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO

from pullcord_local import memory
from pullcord_local.inventory import Function, Inventory
from pullcord_local.lambdas import environment
from pullcord_local.lambdas.invocation import Outcome, Throttled
from pullcord_local.lambdas.pool import Pool, Start
from pullcord_local.lambdas.sandbox import Sandbox
from pullcord_local.lambdas.zygote import Zygote
from pullcord_local.persistence.folder import private, private_folder

Logs = Callable[[Function], IO[bytes]]
"""function → the file to which its output goes."""

IDLE_SECONDS = 60.0
"""Seconds after which an idle process is ended: the next call takes longer, and the memory is free until then."""

CHECK_SECONDS = 5.0


def default_limit() -> int:
    """The processes that each function may have: as many as there are processors to run them, two to eight."""
    return max(2, min(8, os.process_cpu_count() or 1))


def discard_logs(_function: Function) -> IO[bytes]:
    """The null device."""
    return Path(os.devnull).open("ab")


def logs_into_folder(folder: Path) -> Logs:
    """Log files in a folder, one per function, to which output is appended; only their owner can read them."""
    private_folder(folder)
    return lambda function: private(folder / f"{function.logical_id}.log").open("ab")


class Functions:
    """The functions: a pool of processes for each, which acts under a session of the function's role.

    limit: processes of a function at the same time
    """

    def __init__(self, inventory: Inventory, endpoint: str, logs: Logs, limit: int | None = None) -> None:
        self.inventory = inventory
        self.endpoint = endpoint
        self.logs = logs
        self.files: list[IO[bytes]] = []
        self.zygote = Zygote()
        self.limit = limit or default_limit()
        self.pools = {
            known.name: Pool(known, self.starter(known), self.limit) for known in inventory.functions.values()
        }
        self.stopped = threading.Event()
        threading.Thread(target=self.give_back, name="idle", daemon=True).start()

    def give_back(self) -> None:
        """End idle processes, and give free memory back, until stopped."""
        while not self.stopped.wait(CHECK_SECONDS):
            for pool in self.pools.values():
                pool.give_back(IDLE_SECONDS)
            memory.trim()

    def starter(self, function: Function) -> Start:
        """The callable that starts a sandbox of this function."""
        session = self.inventory.identities.assume(function.role_arn, function.name[:64])
        variables = environment.variables(function, session, self.endpoint)
        log = self.logs(function)
        self.files.append(log)

        def start(on_ready: Callable[[Sandbox], None], on_end: Callable[[Sandbox], None]) -> Sandbox:
            return Sandbox(function, variables, log.fileno(), self.zygote, on_ready, on_end)

        return start

    def invoke(self, name: str, event: bytes) -> Outcome:
        """Run a function and wait for its outcome. Raises KeyError for an unknown function, Throttled for a busy one."""
        return self.pools[name].invoke(event)

    def invoke_async(self, name: str, event: bytes) -> None:
        """Run a function for an asynchronous invocation: when it fails, up to two more times.

        Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
        """
        for _ in range(3):
            with contextlib.suppress(Throttled):
                if not self.invoke(name, event).failed:
                    return

    def warm(self, names: Iterable[str]) -> None:
        """Start a process of each function, one after the other: all at once they would compete for the processors."""
        for name in names:
            self.pools[name].warm()

    def close(self) -> None:
        """Stop every process."""
        self.stopped.set()
        for pool in self.pools.values():
            pool.close()
        self.zygote.close()
        for log in self.files:
            log.close()
