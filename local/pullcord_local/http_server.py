"""A small threaded HTTP/1.1 server on loopback: h11 does the protocol, one thread serves one connection.

The request target is handed over undecoded and the header fields in their order, which both API Gateway's
payload and AWS's own protocols need. Threads are not pooled, because a request may wait for another one
that arrives later: an execution waits for its functions, a function for its tables.
"""

import contextlib
import http
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import h11

from pullcord_local.peers import is_own

RECEIVE_BYTES = 64 * 1024
MAX_HEAD_BYTES = 64 * 1024
IDLE_SECONDS = 75.0


@dataclass(frozen=True, slots=True)
class Request:
    """A request as received.

    target:  origin form (path and query), percent-encoding untouched
    headers: names in lower case, in the order sent, repeated fields kept
    """

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes
    peer: str = "127.0.0.1"
    protocol: str = "HTTP/1.1"

    def header(self, name: str, default: str = "") -> str:
        """The first value of a header; `name` in lower case."""
        return next((value for key, value in self.headers if key == name), default)


@dataclass(frozen=True, slots=True)
class Response:
    """A complete response; the server adds Content-Length."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""


Handler = Callable[[Request], Response]


def json_message(status: int, message: str) -> Response:
    """A JSON response with the field `message` alone, as API Gateway words its errors."""
    return Response(status, [("content-type", "application/json")], f'{{"message":"{message}"}}'.encode())


class TooLargeError(Exception):
    """The request's body is larger than the server accepts."""


class Server:
    """An HTTP server that listens on 127.0.0.1 as soon as it is created and serves after `start`.

    port:     0 takes a free port
    max_body: limit of a request's body in bytes, None for no limit
    private:  whether connections of other users of the machine are closed at once
    """

    def __init__(self, handle: Handler, port: int = 0, max_body: int | None = None, *, private: bool = False) -> None:
        self.handle = handle
        self.max_body = max_body
        self.private = private
        self.listener = socket.create_server(("127.0.0.1", port), backlog=256)
        self.port: int = self.listener.getsockname()[1]
        self.connections: set[socket.socket] = set()
        self.stopping = False

    def start(self) -> None:
        """Accept connections from now on, in the background."""
        threading.Thread(target=self.accept, name=f"accept-{self.port}", daemon=True).start()

    def stop(self) -> None:
        """Close the listener and every connection."""
        self.stopping = True
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def accept(self) -> None:
        """Start a thread for each new connection until the listener is closed."""
        while not self.stopping:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            if self.private and not is_own(connection):
                connection.close()
                continue
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(IDLE_SECONDS)
            self.connections.add(connection)
            threading.Thread(
                target=self.serve_connection, args=(connection,), name=f"serve-{self.port}", daemon=True
            ).start()

    def serve_connection(self, connection: socket.socket) -> None:
        """Serve the requests of a connection, one after the other."""
        try:
            ConnectionHandler(self, connection).run()
        except OSError:
            pass
        finally:
            self.connections.discard(connection)
            connection.close()


class ConnectionHandler:
    """A connection's handler: reads and answers requests while both sides keep the connection alive."""

    def __init__(self, server: Server, connection: socket.socket) -> None:
        self.server = server
        self.connection = connection
        self.protocol = h11.Connection(h11.SERVER, max_incomplete_event_size=MAX_HEAD_BYTES)

    def run(self) -> None:
        """Answer requests until the peer disconnects or one side asks to close."""
        while True:
            method = "GET"
            try:
                head = self.next_event()
                if not isinstance(head, h11.Request):
                    return
                method = head.method.decode("ascii")
                response = self.server.handle(self.read(head))
            except h11.RemoteProtocolError as error:
                self.refuse(error.error_status_hint)
                return
            except TooLargeError:
                self.refuse(413)
                return
            self.send(response, method)
            if self.protocol.our_state is h11.MUST_CLOSE:
                return
            self.protocol.start_next_cycle()

    def next_event(self) -> h11.Request | h11.Data | h11.EndOfMessage | h11.ConnectionClosed:
        """The next complete HTTP event from the peer."""
        while True:
            event = self.protocol.next_event()
            if event is h11.NEED_DATA:
                if self.protocol.they_are_waiting_for_100_continue:
                    go_on = h11.InformationalResponse(status_code=100, headers=[])
                    self.connection.sendall(self.protocol.send(go_on) or b"")
                self.protocol.receive_data(self.connection.recv(RECEIVE_BYTES))
            elif isinstance(event, h11.Request | h11.Data | h11.EndOfMessage | h11.ConnectionClosed):
                return event

    def read(self, head: h11.Request) -> Request:
        """The whole request that begins with this head.

        Raises TooLargeError: before the body is read if its Content-Length is over the limit, else as soon as
        more bytes than that have arrived.
        """
        headers = [(name.decode("ascii"), text(value)) for name, value in head.headers]
        limit = self.server.max_body
        announced = next((int(value) for name, value in headers if name == "content-length"), 0)
        if limit is not None and announced > limit:
            raise TooLargeError
        parts: list[bytes] = []
        size = 0
        while isinstance(event := self.next_event(), h11.Data):
            parts.append(bytes(event.data))
            size += len(event.data)
            if limit is not None and size > limit:
                raise TooLargeError
        version = head.http_version.decode("ascii")
        target = origin_form(head.target.decode("ascii"))
        return Request(head.method.decode("ascii"), target, headers, b"".join(parts), protocol=f"HTTP/{version}")

    def send(self, response: Response, method: str) -> None:
        """Send head and body in one piece; in two, Nagle's algorithm and delayed acknowledgement cost 40 ms a call."""
        bodyless = response.status in {204, 304} or method == "HEAD"
        headers = [
            (name.encode("ascii"), value.encode("utf-8"))
            for name, value in response.headers
            if name != "content-length"
        ]
        if response.status != 204:
            headers.append((b"content-length", str(len(response.body)).encode("ascii")))
        pieces = [
            self.protocol.send(
                h11.Response(status_code=response.status, headers=headers, reason=reason(response.status))
            )
        ]
        if response.body and not bodyless:
            pieces.append(self.protocol.send(h11.Data(data=response.body)))
        pieces.append(self.protocol.send(h11.EndOfMessage()))
        self.connection.sendall(b"".join(piece for piece in pieces if piece))

    def refuse(self, status: int) -> None:
        """Answer a request that could not be read, then close the connection without losing the answer.

        What the peer still sends is read and discarded for up to two seconds: closing with unread bytes would
        reset the connection before the peer has seen the answer.
        """
        if self.protocol.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            return
        message = {413: "Request Entity Too Large", 431: "Request Header Fields Too Large"}.get(status, "Bad Request")
        response = json_message(status, message)
        self.send(Response(status, [*response.headers, ("connection", "close")], response.body), "GET")
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(2.0)
        while self.connection.recv(RECEIVE_BYTES):
            pass


def reason(status: int) -> bytes:
    """The reason phrase of a status; empty for an unknown status."""
    try:
        return http.HTTPStatus(status).phrase.encode("ascii")
    except ValueError:
        return b""


def origin_form(target: str) -> str:
    """The path and query of a request target, which proxies send as a whole URL."""
    if target.startswith("/"):
        return target
    if "://" in target:
        _, _, rest = target.split("://", 1)[1].partition("/")
        return "/" + rest
    raise h11.RemoteProtocolError("neither a path nor a URL", error_status_hint=400)


def text(value: bytes) -> str:
    """A header's value as text: UTF-8 if it decodes, else Latin-1, the standard's former encoding."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
