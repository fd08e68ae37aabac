"""Git hosts on loopback: a true one (`git http-backend` behind HTTP), and one that answers whatever it is told."""

import base64
import ipaddress
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.unit.git.workshop import ENVIRONMENT


class Authority:
    """A certificate authority of our own, and the certificate of one server signed by it."""

    def __init__(self, folder: Path, *names: str) -> None:
        key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Authority for tests")])
        authority = self._builder(self.name, key).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        )
        usage = x509.KeyUsage(
            digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
            data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        authority = authority.add_extension(usage, critical=True)
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        authority = authority.add_extension(identifier, critical=False)
        self.pem = authority.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
        alternatives = [x509.DNSName(name) for name in names] + [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, names[0])])
        issued = self._builder(subject, server_key).add_extension(
            x509.SubjectAlternativeName(alternatives), critical=False
        )
        issued = issued.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        self.file = folder / f"{names[0]}.pem"
        self.file.write_bytes(
            server_key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + issued.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )

    def _builder(self, subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(self.name).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        day = timedelta(days=1)
        return builder.not_valid_before(now - day).not_valid_after(now + day)


@dataclass
class Host:
    """One server: its address, and every request that it got, as (method, path, headers)."""

    address: str = ""
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    connections: int = 0
    context: ssl.SSLContext | None = None

    def url(self, path: str) -> str:
        return f"{self.address}/{path}"

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    @property
    def methods(self) -> list[str]:
        return [method for method, *_ in self.requests]


Trick = Callable[["Handler"], bool]
"""Answers a request in its own way and says so; otherwise the request goes to git."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    host: Host
    root: Path
    trick: Trick
    old: bool
    login: str | None

    def setup(self) -> None:
        self.host.connections += 1
        super().setup()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.answer()

    def do_POST(self) -> None:
        self.answer()

    @cached_property
    def body(self) -> bytes:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def answer(self) -> None:
        self.__dict__.pop("body", None)
        self.host.requests.append((self.command, self.path, dict(self.headers)))
        _ = self.body
        if type(self).trick(self):
            return
        expected = base64.b64encode((self.login or "").encode()).decode()
        if self.login and self.headers.get("Authorization") != f"Basic {expected}":
            self.reply(401, b"", ("WWW-Authenticate", 'Basic realm="git"'))
        else:
            self.run_git()

    def run_git(self) -> None:
        parts = urlsplit(self.path)
        protocol = {} if self.old else {"GIT_PROTOCOL": self.headers.get("Git-Protocol", "")}
        environment = ENVIRONMENT | protocol | {
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": parts.path,
            "QUERY_STRING": parts.query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(self.body)),
        }  # fmt: skip
        ran = subprocess.run(
            ["git", "-c", "safe.directory=*", "http-backend"],
            input=self.body,
            env=environment,
            capture_output=True,
            check=False,
        )
        head, _, content = ran.stdout.partition(b"\r\n\r\n")
        headers = [tuple(line.decode().split(": ", 1)) for line in head.split(b"\r\n") if line]
        status = next((int(value[:3]) for name, value in headers if name == "Status"), 200)
        self.reply(status, content, *(header for header in headers if header[0] != "Status"))

    def reply(self, status: int, content: bytes, *headers: tuple[str, ...]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def raw(self, content: bytes) -> bool:
        """Send bytes as they are and hang up."""
        self.close_connection = True
        self.wfile.write(content)
        return True

    def redirect(self, target: str, status: int = 302) -> bool:
        self.reply(status, b"", ("Location", target))
        return True


class QuietServer(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is what these tests are about."""


def no_trick(_: Handler) -> bool:
    return False


@contextmanager
def serve(
    root: Path,
    authority: Authority | None = None,
    *,
    trick: Trick = no_trick,
    login: str | None = None,
    old: bool = False,
    name: str = "127.0.0.1",
) -> Iterator[Host]:
    """A host of the repositories in a folder: over TLS with an authority, for one user only with a login."""
    host = Host()
    members = {"host": host, "root": root, "trick": staticmethod(trick), "login": login, "old": old}
    server = QuietServer(("127.0.0.1", 0), type("OwnHandler", (Handler,), members))
    if authority:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(authority.file)
        host.context = context
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    host.address = f"{'https' if authority else 'http'}://{name}:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
