"""HTTP to the service, byte for byte, with as little between test and wire as possible."""

import http.client
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

TIMEOUT = 60

DETAILS = {"Pullcord-Details": "true"}
"""A header with which a refusal has its details in the body."""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self):
        return json.loads(self.body)

    @property
    def said(self):
        """Status and body."""
        return self.status, self.json()


def send(url: str, raw: bytes) -> Reply:
    """Send exactly these bytes; a fault of the service is never the right answer."""
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=TIMEOUT) as connection:
        connection.sendall(raw)
        answer = http.client.HTTPResponse(connection, method=raw.partition(b" ")[0].decode("latin-1"))
        answer.begin()
        reply = Reply(answer.status, answer.headers, answer.read())
    assert reply.status < 500, (raw[:2000], reply.status, reply.body)
    return reply


class Caller:
    """Somebody with a personal access token, or without one. Paths are relative to /api/v4."""

    def __init__(self, url: str, token: str | None = None) -> None:
        self.url = url
        self.token = token

    def get(self, path: str, **query: object) -> Reply:
        return self.call("GET", path, query=query)

    def post(self, path: str, **options) -> Reply:
        return self.call("POST", path, **options)

    def put(self, path: str, **options) -> Reply:
        return self.call("PUT", path, **options)

    def delete(self, path: str, **options) -> Reply:
        return self.call("DELETE", path, **options)

    def call(self, method: str, path: str, *, form=None, json=None, query=None, body=b"", headers=None) -> Reply:
        """One request; form, json and body exclude each other. json may be text that stands for itself."""
        wanted = {"Host": urlsplit(self.url).netloc, "Connection": "close"}
        if self.token is not None:
            wanted["PRIVATE-TOKEN"] = self.token
        if form is not None:
            wanted["Content-Type"], body = "application/x-www-form-urlencoded", urlencode(form).encode()
        elif json is not None:
            wanted["Content-Type"], body = "application/json", as_json(json)
        if method != "GET" or body:
            wanted["Content-Length"] = str(len(body))
        target = f"/api/v4{path}" + (f"?{urlencode(query)}" if query else "")
        return send(self.url, request(method, target, wanted | (headers or {}), body))


def request(method: str, target: str, headers: Mapping[str, str], body: bytes) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def as_json(value: object) -> bytes:
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()
