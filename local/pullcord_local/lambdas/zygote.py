"""Processes of functions, forked from one that has loaded the libraries: they start sooner and share its memory."""

import contextlib
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import sysconfig
import threading
from collections.abc import Mapping
from pathlib import Path

from pullcord_local.memory import ARENAS

MAIN = Path(__file__).with_name("zygote_main.py")
ENVIRONMENT = {"LANG": "en_US.UTF-8", "TZ": ":UTC", "MALLOC_ARENA_MAX": str(ARENAS)}
"""Of the zygote; a function's own variables replace it, but memory keeps few arenas."""


class FunctionProcess:
    """A process of a function, from the request for it on."""

    def __init__(self) -> None:
        self.pid = 0
        self.status: int | None = None
        self.started, self.ended = threading.Event(), threading.Event()
        self.killed = False

    def kill(self) -> None:
        """End the process at once; one that has not started yet, as soon as it has."""
        self.killed = True
        if self.started.is_set() and not self.ended.is_set():
            # Its number is not given to another process before the zygote has seen its end.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def poll(self) -> int | None:
        """The exit status; None while the process runs."""
        return self.status

    def wait(self) -> int:
        """Wait for the end of the process; its exit status, negative for a signal."""
        self.ended.wait()
        return self.status if self.status is not None else -signal.SIGKILL

    def start(self, pid: int) -> None:
        """Take note of the process that was started."""
        self.pid = pid
        self.started.set()
        if self.killed:
            self.kill()

    def end(self, status: int) -> None:
        """Take note of the end of the process."""
        self.status = status
        self.ended.set()


class Zygote:
    """The process that forks, started with the first function. Thread-safe."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.numbers = itertools.count()
        self.requested: dict[int, FunctionProcess] = {}
        self.running: dict[int, FunctionProcess] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.connection: socket.socket | None = None

    def spawn(
        self, handler: str, folder: Path, environment: Mapping[str, str], log: int, lifeline: int
    ) -> FunctionProcess:
        """Start a process of a function.

        log:      the descriptor of its output
        lifeline: the reading end of a pipe at whose end the process ends itself
        """
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self.open()
            number, created = next(self.numbers), FunctionProcess()
            self.requested[number] = created
            request = {"number": number, "handler": handler, "folder": str(folder), "environment": dict(environment)}
            if self.connection is not None:
                socket.send_fds(self.connection, [json.dumps(request).encode()], [log, lifeline])
        return created

    def open(self) -> None:
        """Start the zygote; the caller holds the lock."""
        self.connection, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own file
                [sys.executable, "-S", "-P", str(MAIN), str(theirs.fileno())],
                env=ENVIRONMENT | {"PYTHONPATH": sysconfig.get_path("purelib")},
                stdin=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
            )
        threading.Thread(target=self.listen, args=(self.connection,), name="zygote", daemon=True).start()

    def listen(self, connection: socket.socket) -> None:
        """Take the zygote's messages until it ends, and with it every process that it has not reported."""
        with contextlib.suppress(OSError):
            while packet := connection.recv(4096):
                message = json.loads(packet)
                with self.lock:
                    if "started" in message:
                        started = self.requested.pop(message["started"])
                        self.running[message["process"]] = started
                        started.start(message["process"])
                    else:
                        self.running.pop(message["ended"]).end(message["status"])
        connection.close()
        with self.lock:
            lost = [*self.requested.values(), *self.running.values()]
            self.requested, self.running = {}, {}
        for process in lost:
            process.kill()
            process.end(-signal.SIGKILL)

    def close(self) -> None:
        """End the zygote, after its functions."""
        with self.lock:
            process = self.process
        if process is not None:
            process.kill()
            process.wait()
