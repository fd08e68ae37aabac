"""The main program of the process from which functions' processes are forked: libraries are loaded once, for all.

Usage: python -S -P zygote_main.py DESCRIPTOR. The descriptor is a socket of packets. A packet in asks for a process, with
two descriptors for it: its output, and a pipe that closes when the embedded cloud has ended. A packet out says which
process was started, or which has ended and how. Nothing of the package may be imported here: a function sees its own
code, its layers and the runtime, as on AWS.

Only libraries that read nothing of the environment when they are imported are loaded here, and no thread is started:
a fork would not have it.
"""

import contextlib
import gc
import importlib
import io
import json
import os
import select
import socket
import sys
import threading
import time
from typing import Any

LIBRARIES = (
    "boto3.session",
    "botocore.client",
    "botocore.endpoint",
    "botocore.httpsession",
    "botocore.parsers",
    "botocore.retries.standard",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "pydantic",
    "yaml",
)
MAX_PACKET_BYTES = 128 * 1024


class Output(io.FileIO):
    """A file of log lines. A line that does not fit on the disk is lost; the function goes on."""

    def write(self, line: Any) -> int:
        """Write a line, or nothing."""
        try:
            return super().write(line)
        except OSError:
            return len(line)


def end_with_parent(descriptor: int) -> None:
    """Wait for the end of the pipe, then end this process at once."""
    os.read(descriptor, 1)
    os._exit(1)


def become_function(request: dict[str, Any], log: int, lifeline: int) -> None:
    """Turn a forked process into that of a function, and run AWS's runtime client in it. Does not return."""
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.close(log)
    os.environ.clear()
    os.environ.update(request["environment"])
    time.tzset()
    os.chdir(request["folder"])
    sys.path[:0] = request["environment"]["PYTHONPATH"].split(":")
    sys.stdout, sys.stderr = (io.TextIOWrapper(Output(number, "w"), "utf-8", write_through=True) for number in (1, 2))
    gc.enable()
    threading.Thread(target=end_with_parent, args=(lifeline,), daemon=True).start()

    from awslambdaric.__main__ import main

    main(["awslambdaric", request["handler"]])


class Zygote:
    """The process that forks. children: by a descriptor that becomes readable when the process has ended."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.children: dict[int, int] = {}

    def run(self) -> None:
        """Fork and report until the other end is closed."""
        while True:
            ready, _, _ = select.select([self.connection.fileno(), *self.children], [], [])
            for descriptor in ready:
                if descriptor != self.connection.fileno():
                    self.report(descriptor)
                elif not self.fork():
                    return

    def fork(self) -> bool:
        """Fork a process as asked for; False if the other end is closed."""
        try:
            packet, descriptors, _, _ = socket.recv_fds(self.connection, MAX_PACKET_BYTES, 2)
        except ConnectionResetError:  # the embedded cloud was killed before it had read everything
            return False
        if not packet:
            return False
        request = json.loads(packet)
        process = os.fork()
        if process == 0:
            self.connection.close()
            for child in self.children:
                os.close(child)
            try:
                become_function(request, *descriptors)
            finally:
                os._exit(1)
        for descriptor in descriptors:
            os.close(descriptor)
        self.children[os.pidfd_open(process)] = process
        self.send({"started": request["number"], "process": process})
        return True

    def report(self, descriptor: int) -> None:
        """Report the end of a process."""
        process = self.children.pop(descriptor)
        os.close(descriptor)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        self.send({"ended": process, "status": status})

    def send(self, message: dict[str, int]) -> None:
        """Send a packet; the embedded cloud may have ended."""
        with contextlib.suppress(OSError):
            self.connection.send(json.dumps(message).encode())


if __name__ == "__main__":
    os.setsid()  # Ctrl-C in a terminal is for the embedded cloud, which ends this process
    gc.disable()
    for library in LIBRARIES:
        importlib.import_module(library)
    gc.freeze()
    Zygote(socket.socket(fileno=int(sys.argv[1]))).run()
