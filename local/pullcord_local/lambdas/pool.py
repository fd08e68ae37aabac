"""The sandboxes of a function: an idle sandbox takes the invocation; if none becomes idle soon, one more is started.

There is a limit; beyond it, invocations wait for a sandbox. Sandboxes that stay idle are ended.
"""

import threading
import time
from collections.abc import Callable

from pullcord_local.inventory import Function
from pullcord_local.lambdas.invocation import Invocation, Outcome, Throttled
from pullcord_local.lambdas.sandbox import Sandbox

Start = Callable[[Callable[[Sandbox], None], Callable[[Sandbox], None]], Sandbox]
"""(on_ready, on_end) → a new sandbox of the function."""

GROW_AFTER_SECONDS = 0.25  # to wait this long for a busy sandbox is cheaper than a new process
MAX_WAIT_SECONDS = 30.0


class Pool:
    """A function's sandboxes. Thread-safe. If a sandbox fails to start, a waiting caller gets that failure.

    limit: sandboxes at the same time
    now:   seconds of a clock that never goes back
    """

    def __init__(self, function: Function, start: Start, limit: int, now: Callable[[], float] = time.monotonic) -> None:
        self.function = function
        self.start = start
        self.limit = limit
        self.now = now
        self.changed = threading.Condition()
        self.idle: list[Sandbox] = []  # the one that was used last is the next to be used, so that others stay idle
        self.idle_since: dict[Sandbox, float] = {}
        self.all: set[Sandbox] = set()
        self.starting = 0
        self.failures: list[Outcome] = []
        self.closed = False

    def invoke(self, event: bytes) -> Outcome:
        """Run the function. Raises Throttled when no sandbox becomes free in time."""
        sandbox = self.acquire()
        if isinstance(sandbox, Outcome):
            return sandbox
        outcome = sandbox.invoke(Invocation(event))
        with self.changed:
            if sandbox.alive and sandbox in self.all:
                self.rest(sandbox)
                self.changed.notify()
        return outcome

    def rest(self, sandbox: Sandbox) -> None:
        """Make a sandbox idle; the caller holds the lock."""
        self.idle.append(sandbox)
        self.idle_since[sandbox] = self.now()

    def give_back(self, seconds: float) -> int:
        """End the sandboxes that have been idle for so long; their number."""
        with self.changed:
            before = self.now() - seconds
            ended = [sandbox for sandbox in self.idle if self.idle_since[sandbox] <= before]
            self.idle = [sandbox for sandbox in self.idle if sandbox not in ended]
            self.all -= set(ended)
        for sandbox in ended:
            sandbox.close()
        return len(ended)

    def acquire(self) -> Sandbox | Outcome:
        """An idle sandbox, or the failure of one that could not be started."""
        give_up = time.monotonic() + MAX_WAIT_SECONDS
        with self.changed:
            grow_after = 0.0 if not self.all else GROW_AFTER_SECONDS
            while not self.closed:
                if self.idle:
                    return self.idle.pop()
                if self.failures:
                    return self.failures.pop()
                if grow_after <= 0.0 and self.starting == 0 and len(self.all) < self.limit:
                    self.grow()
                waited = time.monotonic()
                self.changed.wait(timeout=grow_after or 1.0)
                grow_after = max(0.0, grow_after - (time.monotonic() - waited))
                if time.monotonic() > give_up:
                    break
        raise Throttled

    def warm(self) -> None:
        """Start a sandbox if there is none, and wait until it is ready or has failed."""
        with self.changed:
            if not self.all and not self.closed:
                self.grow()
            self.changed.wait_for(lambda: self.starting == 0, timeout=MAX_WAIT_SECONDS)

    def grow(self) -> None:
        """Start one more sandbox; the caller holds the lock."""
        self.starting += 1
        self.all.add(self.start(self.on_ready, self.on_end))

    def on_ready(self, sandbox: Sandbox) -> None:
        """Make a sandbox available: called when it first asks for an invocation."""
        with self.changed:
            self.starting -= 1
            self.rest(sandbox)
            self.changed.notify_all()

    def on_end(self, sandbox: Sandbox) -> None:
        """Remove a sandbox: called when its process has ended, by a timeout, a crash or a failed start."""
        with self.changed:
            self.all.discard(sandbox)
            self.idle_since.pop(sandbox, None)
            if sandbox in self.idle:
                self.idle.remove(sandbox)
            if not sandbox.ready:
                self.starting -= 1
                if sandbox.init_failure is not None and not self.closed:
                    self.failures = [sandbox.init_failure]
            self.changed.notify_all()

    def close(self) -> None:
        """Stop every process."""
        with self.changed:
            self.closed = True
            sandboxes = list(self.all)
            self.changed.notify_all()
        for sandbox in sandboxes:
            sandbox.close()
        for sandbox in sandboxes:
            sandbox.process.wait()
