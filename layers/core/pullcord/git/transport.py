"""Git's smart protocol as HTTP carries it: one GET to find out, then POSTs; redirects, credentials and sizes watched.

Source: https://git-scm.com/docs/gitprotocol-http
"""

import http.client
import ssl
from base64 import b64encode

from pullcord.git.addresses import addresses_of
from pullcord.git.clock import Clock
from pullcord.git.connection import PinnedConnection
from pullcord.git.policy import Policy
from pullcord.git.refusals import RepositoryUnavailable
from pullcord.git.remotes import Remote, redirected

SERVICE = "git-upload-pack"
DISCOVERY = f"/info/refs?service={SERVICE}"
MOST_REDIRECTS = 3
PIECE_BYTES = 256 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
LOST = (ConnectionError, ssl.SSLEOFError, ssl.SSLZeroReturnError)
REASONS = {
    401: "authentication is required, or the credentials were refused",
    403: "access is forbidden",
    404: "there is no such repository, or authentication is required",
    410: "the repository is gone",
    429: "it was asked too often",
}


class Transport:
    """Requests to one repository over one kept connection.

    Raises RepositoryUnavailable, and nothing else.
    """

    def __init__(self, remote: Remote, policy: Policy, clock: Clock) -> None:
        self.remote = remote
        self.policy = policy
        self.clock = clock
        self._connection: PinnedConnection | None = None
        self._addresses: dict[tuple[str, bool], list[str]] = {}

    def discover(self, most_bytes: int) -> bytes:
        """What the server can do (protocol version 2), or its refs (older). Follows redirects, for later requests too."""
        for _ in range(MOST_REDIRECTS + 1):
            status, location, body = self._exchange("GET", DISCOVERY, None, most_bytes)
            if status not in REDIRECTS:
                self._check(status)
                return body
            self.close()
            self.remote = redirected(self.remote, DISCOVERY, location, self.policy)
        raise RepositoryUnavailable(f"it redirects more than {MOST_REDIRECTS} times", self.remote.where)

    def post(self, content: bytes, most_bytes: int) -> bytes:
        """The answer to one request of the protocol."""
        status, _, body = self._exchange("POST", f"/{SERVICE}", content, most_bytes)
        if status in REDIRECTS:
            raise RepositoryUnavailable("it redirects in the middle of a conversation", self.remote.where)
        self._check(status)
        return body

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _exchange(self, method: str, suffix: str, content: bytes | None, most_bytes: int) -> tuple[int, str, bytes]:
        """Status, Location and body; every failure in our words."""
        try:
            return self._persistently(method, suffix, content, most_bytes)
        except RepositoryUnavailable as refusal:
            self.close()
            raise RepositoryUnavailable(refusal.reason, self.remote.where) from refusal
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise RepositoryUnavailable(_reason(error, self.clock), self.remote.where) from error

    def _persistently(self, method: str, suffix: str, content: bytes | None, most_bytes: int) -> tuple[int, str, bytes]:
        """Ask again, on a new connection, when the server had closed the kept one meanwhile."""
        kept = self._connection is not None and self._connection.sock is not None
        try:
            return self._once(method, suffix, content, most_bytes)
        except LOST:
            self.close()
            if not kept:
                raise
            return self._once(method, suffix, content, most_bytes)

    def _once(self, method: str, suffix: str, content: bytes | None, most_bytes: int) -> tuple[int, str, bytes]:
        connection = self._connected()
        connection.request(method, self.remote.path + suffix, content, self._headers(content))
        with connection.getresponse() as response:
            if response.status != http.client.OK:
                self.close()
                return response.status, response.getheader("Location") or "", b""
            expected = f"application/x-{SERVICE}-{'advertisement' if content is None else 'result'}"
            if response.headers.get_content_type() != expected:
                raise RepositoryUnavailable("it is not a git repository", self.remote.where)
            return response.status, "", _read(response, most_bytes)

    def _connected(self) -> PinnedConnection:
        """A connection, now or kept. A host is looked up once: a second answer could be another one.

        Twice if the policy names the host at one port and a redirect leads to another: that one has to be public.
        """
        if not self._connection:
            seconds = self.policy.limits.connect_seconds
            host = (self.remote.host, self.remote.safe)
            if host not in self._addresses:
                self._addresses[host] = addresses_of(self.remote, min(seconds, self.clock.left()))
            known = self._addresses[host]
            self._connection = PinnedConnection(self.remote, known, self.policy.authorities, self.clock, seconds)
        return self._connection

    def _headers(self, content: bytes | None) -> dict[str, str]:
        headers = {"Host": self.remote.authority, "User-Agent": "git/2 (pullcord)", "Git-Protocol": "version=2"}
        if content is not None:
            headers |= {"Content-Type": f"application/x-{SERVICE}-request", "Accept": f"application/x-{SERVICE}-result"}
        if self.remote.credentials:
            pair = f"{self.remote.credentials.username}:{self.remote.credentials.password}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode('utf-8', 'surrogateescape')).decode()}"
        return headers

    def _check(self, status: int) -> None:
        if status != http.client.OK:
            raise RepositoryUnavailable(REASONS.get(status, f"it answered with status {status}"), self.remote.where)


def _read(response: http.client.HTTPResponse, most_bytes: int) -> bytes:
    pieces = bytearray()
    while piece := response.read(PIECE_BYTES):
        pieces += piece
        if len(pieces) > most_bytes:
            raise RepositoryUnavailable(f"its answer is larger than {most_bytes} bytes")
    return bytes(pieces)


def _reason(error: Exception, clock: Clock) -> str:
    match error:
        case TimeoutError():
            return f"timed out after {clock.seconds:g} s"
        case ssl.SSLCertVerificationError():
            return "its TLS certificate is not valid for this host"
        case ssl.SSLError():
            return "TLS failed"
        case OSError():
            return "it cannot be reached"
        case _:
            return "it does not speak HTTP"
