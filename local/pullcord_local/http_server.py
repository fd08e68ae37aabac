"""A small threaded HTTP/1.1 server on loopback: h11 does the protocol, one thread serves one connection.

It hands over the request target undecoded and the header fields in their order, which both API Gateway's
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

RECEIVE = 64 * 1024
LONGEST_HEAD = 64 * 1024
IDLE_SECONDS = 75.0


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came over the wire.

    target:  origin form (path and query), percent-encoding untouched
    headers: names in lower case, in the order sent, repeated ones kept
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
    """A complete answer; Content-Length is added by the server."""

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: bytes = b""


Handler = Callable[[Request], Response]


def json_message(status: int, message: str) -> Response:
    """The one-field JSON answer with which API Gateway refuses."""
    return Response(status, [("content-type", "application/json")], f'{{"message":"{message}"}}'.encode())


class TooLargeError(Exception):
    """The request's body is beyond what this server takes."""


class Server:
    """Listens at once on 127.0.0.1 (port 0: a free one) and serves after `start`."""

    def __init__(self, handle: Handler, port: int = 0, longest_body: int | None = None) -> None:
        self.handle = handle
        self.longest_body = longest_body
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
        """Give each new connection a thread of its own until the listener is closed."""
        while not self.stopping:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(IDLE_SECONDS)
            self.connections.add(connection)
            threading.Thread(target=self.converse, args=(connection,), name=f"serve-{self.port}", daemon=True).start()

    def converse(self, connection: socket.socket) -> None:
        """Serve the requests of one connection, one after the other."""
        try:
            Conversation(self, connection).run()
        except OSError:
            pass
        finally:
            self.connections.discard(connection)
            connection.close()


class Conversation:
    """One connection: reads a request, answers it, and goes on while both sides keep it alive."""

    def __init__(self, server: Server, connection: socket.socket) -> None:
        self.server = server
        self.connection = connection
        self.protocol = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)

    def run(self) -> None:
        """Answer until the peer goes away or one side asks to close."""
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
        """The next complete event of the peer."""
        while True:
            event = self.protocol.next_event()
            if event is h11.NEED_DATA:
                if self.protocol.they_are_waiting_for_100_continue:
                    go_on = h11.InformationalResponse(status_code=100, headers=[])
                    self.connection.sendall(self.protocol.send(go_on) or b"")
                self.protocol.receive_data(self.connection.recv(RECEIVE))
            elif isinstance(event, h11.Request | h11.Data | h11.EndOfMessage | h11.ConnectionClosed):
                return event

    def read(self, head: h11.Request) -> Request:
        """The whole request of this head.

        Raises TooLargeError before the body is read when its announced length is over the limit,
        else as soon as it is.
        """
        headers = [(name.decode("ascii"), text(value)) for name, value in head.headers]
        limit = self.server.longest_body
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
        """Send head and body in one piece: two would meet Nagle and delayed acknowledgement, 40 ms a call."""
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
        """Answer a request that could not be read, then hang up without losing the answer.

        What the peer still sends is read and dropped for a moment: closing with unread bytes would
        reset the connection before the peer has seen the answer.
        """
        if self.protocol.our_state not in {h11.IDLE, h11.SEND_RESPONSE}:
            return
        message = {413: "Request Entity Too Large", 431: "Request Header Fields Too Large"}.get(status, "Bad Request")
        response = json_message(status, message)
        self.send(Response(status, [*response.headers, ("connection", "close")], response.body), "GET")
        self.connection.shutdown(socket.SHUT_WR)
        self.connection.settimeout(2.0)
        while self.connection.recv(RECEIVE):
            pass


def reason(status: int) -> bytes:
    """The usual words for a status; none for one that has none."""
    try:
        return http.HTTPStatus(status).phrase.encode("ascii")
    except ValueError:
        return b""


def origin_form(target: str) -> str:
    """The path and query of a request target; proxies send the absolute form."""
    if target.startswith("/"):
        return target
    if "://" in target:
        _, _, rest = target.split("://", 1)[1].partition("/")
        return "/" + rest
    raise h11.RemoteProtocolError("neither a path nor a URL", error_status_hint=400)


def text(value: bytes) -> str:
    """A header's value: UTF-8 as people mean it, Latin-1 as the standard once said."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
