"""The sandboxes of one function: an idle one takes the call, and the pool grows when none becomes free soon."""

import threading
import time
from collections.abc import Callable

from pullcord_local.cloud.inventory import Function
from pullcord_local.lambdas.invocation import Invocation, Outcome, Throttled
from pullcord_local.lambdas.sandbox import Sandbox

Start = Callable[[Callable[[Sandbox], None], Callable[[Sandbox], None]], Sandbox]
"""(on_ready, on_end) → a new sandbox of the function."""

LARGEST_POOL = 16
PATIENCE_SECONDS = 0.25  # a busy sandbox that is free within this time is cheaper than a new process
LONGEST_WAIT_SECONDS = 30.0


class Pool:
    """Thread-safe. A function whose start fails reports that to the caller who waits for it."""

    def __init__(self, function: Function, start: Start) -> None:
        self.function = function
        self.start = start
        self.changed = threading.Condition()
        self.idle: list[Sandbox] = []
        self.all: set[Sandbox] = set()
        self.starting = 0
        self.failures: list[Outcome] = []
        self.closed = False

    def invoke(self, event: bytes) -> Outcome:
        """Run the function. Raises Throttled when no sandbox is to be had."""
        found = self.take()
        if isinstance(found, Outcome):
            return found
        outcome = found.invoke(Invocation(event))
        with self.changed:
            if found.alive and found in self.all:
                self.idle.append(found)
                self.changed.notify()
        return outcome

    def take(self) -> Sandbox | Outcome:
        """An idle sandbox, or why a new one could not be started."""
        give_up = time.monotonic() + LONGEST_WAIT_SECONDS
        with self.changed:
            patience = 0.0 if not self.all else PATIENCE_SECONDS
            while not self.closed:
                if self.idle:
                    return self.idle.pop()
                if self.failures:
                    return self.failures.pop()
                if patience <= 0.0 and self.starting == 0 and len(self.all) < LARGEST_POOL:
                    self.grow()
                waited = time.monotonic()
                self.changed.wait(timeout=patience or 1.0)
                patience = max(0.0, patience - (time.monotonic() - waited))
                if time.monotonic() > give_up:
                    break
        raise Throttled

    def warm(self) -> None:
        """Start a first sandbox if there is none, and wait until it is ready or has failed."""
        with self.changed:
            if not self.all and not self.closed:
                self.grow()
            self.changed.wait_for(lambda: self.starting == 0, timeout=LONGEST_WAIT_SECONDS)

    def grow(self) -> None:
        """Start one more sandbox; the lock is held."""
        self.starting += 1
        self.all.add(self.start(self.on_ready, self.on_end))

    def on_ready(self, sandbox: Sandbox) -> None:
        """A new sandbox asks for work."""
        with self.changed:
            self.starting -= 1
            self.idle.append(sandbox)
            self.changed.notify_all()

    def on_end(self, sandbox: Sandbox) -> None:
        """A sandbox's process has ended: by a timeout, a crash, or because it never came up."""
        with self.changed:
            self.all.discard(sandbox)
            if sandbox in self.idle:
                self.idle.remove(sandbox)
            if not sandbox.ready:
                self.starting -= 1
                if sandbox.init_failure is not None and not self.closed:
                    self.failures = [sandbox.init_failure]
            self.changed.notify_all()

    def close(self) -> None:
        """End every process."""
        with self.changed:
            self.closed = True
            sandboxes = list(self.all)
            self.changed.notify_all()
        for sandbox in sandboxes:
            sandbox.close()
        for sandbox in sandboxes:
            sandbox.process.wait()
