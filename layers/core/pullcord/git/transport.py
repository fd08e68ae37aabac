"""Git's smart protocol as HTTP carries it: one GET to find out, then POSTs; redirects, credentials and sizes watched.

Source: https://git-scm.com/docs/gitprotocol-http
"""

import http.client
import ssl
from copy import replace

from pullcord.git import login
from pullcord.git.addresses import addresses_of
from pullcord.git.clock import Clock
from pullcord.git.connection import PinnedConnection
from pullcord.git.policy import FindCredentials, Policy, nobody
from pullcord.git.refusals import RepositoryUnavailable
from pullcord.git.remotes import Remote, redirected

SERVICE = "git-upload-pack"
DISCOVERY = f"/info/refs?service={SERVICE}"
MAX_REDIRECTS = 3
PIECE_BYTES = 256 * 1024
REDIRECTS = {301, 302, 303, 307, 308}
UNKNOWN = {401, 403, 404}
"""Statuses with which hosts ask for a login; some deny that the repository exists."""
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

    def __init__(self, remote: Remote, policy: Policy, clock: Clock, find: FindCredentials = nobody) -> None:
        self.remote = remote
        self.policy = policy
        self.clock = clock
        self.find = find
        self._connection: PinnedConnection | None = None
        self._addresses: dict[tuple[str, bool], list[str]] = {}

    def discover(self, max_bytes: int) -> bytes:
        """The server's capabilities (protocol version 2) or its refs (older). Follows redirects, for later requests too."""
        if login.is_wanted(self.remote):
            self._log_in()
        for _ in range(MAX_REDIRECTS + 1):
            status, location, body = self._exchange("GET", DISCOVERY, None, max_bytes)
            if status in UNKNOWN and self._log_in():
                status, location, body = self._exchange("GET", DISCOVERY, None, max_bytes)
            if status not in REDIRECTS:
                self._check(status)
                return body
            self._move(redirected(self.remote, DISCOVERY, location, self.policy))
        raise RepositoryUnavailable(f"it redirects more than {MAX_REDIRECTS} times", self.remote.where)

    def post(self, content: bytes, max_bytes: int) -> bytes:
        """The answer to one request of the protocol."""
        status, _, body = self._exchange("POST", f"/{SERVICE}", content, max_bytes)
        if status in REDIRECTS:
            raise RepositoryUnavailable("it redirects in the middle of a conversation", self.remote.where)
        self._check(status)
        return body

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _move(self, remote: Remote) -> None:
        """Ask another remote from now on; on another host nobody is logged in."""
        self.close()
        if (remote.host, remote.port) != (self.remote.host, self.remote.port):
            self.find = nobody
        self.remote = remote

    def _log_in(self) -> bool:
        """Take the deployment's credentials for this remote, if it has any and none were used yet."""
        if self.remote.credentials is None and (credentials := self.find(self.remote.url)):
            self.remote = replace(self.remote, credentials=credentials)
            login.get_or_fetch(self.remote)
            return True
        return False

    def _exchange(self, method: str, suffix: str, content: bytes | None, max_bytes: int) -> tuple[int, str, bytes]:
        """Status, Location and body; every failure in our words."""
        try:
            return self._persistently(method, suffix, content, max_bytes)
        except RepositoryUnavailable as refusal:
            self.close()
            raise RepositoryUnavailable(refusal.reason, self.remote.where) from refusal
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise RepositoryUnavailable(_reason(error, self.clock), self.remote.where) from error

    def _persistently(self, method: str, suffix: str, content: bytes | None, max_bytes: int) -> tuple[int, str, bytes]:
        """Ask again, on a new connection, when the server had closed the kept one meanwhile."""
        kept = self._connection is not None and self._connection.sock is not None
        try:
            return self._once(method, suffix, content, max_bytes)
        except LOST:
            self.close()
            if not kept:
                raise
            return self._once(method, suffix, content, max_bytes)

    def _once(self, method: str, suffix: str, content: bytes | None, max_bytes: int) -> tuple[int, str, bytes]:
        connection = self._connected()
        connection.request(method, self.remote.path + suffix, content, self._headers(content))
        with connection.getresponse() as response:
            if response.status != http.client.OK:
                self.close()
                return response.status, response.getheader("Location") or "", b""
            expected = f"application/x-{SERVICE}-{'advertisement' if content is None else 'result'}"
            if response.headers.get_content_type() != expected:
                raise RepositoryUnavailable("it is not a git repository", self.remote.where)
            return response.status, "", read(response, max_bytes)

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
        return headers | login.headers(self.remote)

    def _check(self, status: int) -> None:
        if status != http.client.OK:
            raise RepositoryUnavailable(REASONS.get(status, f"it answered with status {status}"), self.remote.where)


def read(response: http.client.HTTPResponse, max_bytes: int) -> bytes:
    """A body, to its end. Raises RepositoryUnavailable as soon as it is too large."""
    pieces = bytearray()
    while piece := response.read(PIECE_BYTES):
        pieces += piece
        if len(pieces) > max_bytes:
            raise RepositoryUnavailable(f"its answer is larger than {max_bytes} bytes")
    return bytes(pieces)


def _reason(error: Exception, clock: Clock) -> str:
    match error:
        case TimeoutError():
            return clock.excuse
        case ssl.SSLCertVerificationError():
            return "its TLS certificate is not valid for this host"
        case ssl.SSLError():
            return "TLS failed"
        case OSError():
            return "it cannot be reached"
        case _:
            return "it does not speak HTTP"
