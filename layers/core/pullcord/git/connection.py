"""An HTTP connection to an address that was decided beforehand, on which no wait outlasts the clock."""

import http.client
import io
import socket
import ssl
from collections.abc import Buffer, Sequence
from functools import cache
from typing import override

from pullcord.git.clock import Clock
from pullcord.git.refusals import TimedOut
from pullcord.git.remotes import Remote


class PinnedConnection(http.client.HTTPConnection):
    """Connects to the first of `addresses` that answers; speaks TLS to, and in the name of, the remote's host."""

    sock: "TimedSocket | None"

    def __init__(
        self, remote: Remote, addresses: Sequence[str], authorities: str | None, clock: Clock, seconds: float
    ) -> None:
        super().__init__(remote.host, remote.port)
        self.remote = remote
        self.addresses = addresses
        self.authorities = authorities
        self.clock = clock
        self.seconds = seconds

    @override
    def connect(self) -> None:
        """Called by http.client when there is no connection yet, or no longer."""
        try:
            plain = self._connect_to_one()
            try:
                secured = self._secured(plain)
            except BaseException:
                plain.close()
                raise
        except TimeoutError as error:
            raise TimedOut(f"no connection within {self.seconds:g} s") from error
        self.sock = TimedSocket(secured, self.clock)

    def _connect_to_one(self) -> socket.socket:
        *others, last = self.addresses
        for address in others:
            try:
                return self._connect_to(address)
            except OSError:
                continue
        return self._connect_to(last)

    def _connect_to(self, address: str) -> socket.socket:
        plain = socket.create_connection((address, self.port), min(self.seconds, self.clock.left()))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # a request is two writes; the second must not wait
        return plain

    def _secured(self, plain: socket.socket) -> socket.socket:
        if self.remote.scheme != "https":
            return plain
        plain.settimeout(min(self.seconds, self.clock.left()))
        return trust(self.authorities).wrap_socket(plain, server_hostname=self.remote.host)


class TimedSocket:
    """A socket for http.client that checks the time limit before each wait."""

    def __init__(self, inner: socket.socket, clock: Clock) -> None:
        self.inner = inner
        self.clock = clock

    def sendall(self, content: Buffer) -> None:
        """Send all of it before the clock runs out."""
        self.inner.settimeout(self.clock.left())
        self.inner.sendall(content)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The received bytes. As with any socket, the file outlives close()."""
        return io.BufferedReader(_Incoming(self.inner, self.clock))

    def close(self) -> None:
        """Close as soon as every file made of it is closed."""
        self.inner.close()


class _Incoming(io.RawIOBase):
    def __init__(self, inner: socket.socket, clock: Clock) -> None:
        super().__init__()
        self.inner = inner
        self.clock = clock
        self.raw = inner.makefile("rb", buffering=0)

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer, /) -> int | None:
        self.inner.settimeout(self.clock.left())
        return self.raw.readinto(buffer)

    @override
    def close(self) -> None:
        self.raw.close()
        super().close()


@cache
def trust(authorities: str | None) -> ssl.SSLContext:
    """TLS that verifies certificate and host name; made once, since reading the system's authorities takes time."""
    context = ssl.create_default_context()
    if authorities:
        context.load_verify_locations(cadata=authorities)
    return context
