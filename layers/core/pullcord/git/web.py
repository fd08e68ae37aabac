"""Pages of web servers, as `include:remote` names them. The policy for remotes applies, but for HTTPS alone."""

import http.client
import ssl
from copy import replace
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urljoin

from pullcord.git import login
from pullcord.git.addresses import NO_ADDRESS, NOT_PUBLIC, addresses_of
from pullcord.git.clock import Clock
from pullcord.git.connection import PinnedConnection
from pullcord.git.policy import MEBIBYTE, Credentials, Policy
from pullcord.git.refusals import RepositoryUnavailable, TimedOut
from pullcord.git.remotes import NOT_HTTPS, PRINTABLE, Remote, parse
from pullcord.git.transport import MAX_REDIRECTS, REDIRECTS, read

MAX_BYTES = 4 * MEBIBYTE
"""Larger than any configuration may be."""

BLOCKED = {
    NOT_PUBLIC: "Requests to the local network are not allowed",
    NO_ADDRESS: "Host cannot be resolved or invalid",
    NOT_HTTPS: "Only allowed schemes are https",
}
"""How GitLab says it; what is not here, is no good URL."""

Failure = Literal["", "status", "timeout", "socket", "http", "blocked", "refused"]


@dataclass(frozen=True, slots=True)
class Page:
    """The result of fetching a page. text: the body; empty if it failed.

    failure: empty, or why there is no text
    status:  of the answer, for the failure `status`
    reason:  a clause for people, for the failure `blocked`
    """

    text: str = ""
    failure: Failure = ""
    status: int = 0
    reason: str = ""


def get(url: str, policy: Policy, clock: Clock, login: tuple[str, str] | None = None) -> Page:
    """Ask once for a page, redirects included; never raises. login: user name and password, if none are in the URL."""
    policy = policy.for_pages
    try:
        remote, query = _parsed(url, policy)
        if login is not None and remote.credentials is None:
            remote = replace(remote, credentials=Credentials(*login))
        for _ in range(MAX_REDIRECTS + 1):
            answer = _ask(remote, query, policy, clock)
            if isinstance(answer, Page):
                return answer
            remote, query = _redirected(remote, query, answer, policy)
    except TimedOut:
        return Page(failure="timeout")
    except _Blocked as blocked:
        return Page(failure="blocked", reason=BLOCKED.get(blocked.reason, "URI is invalid"))
    return Page(failure="http")


class _Blocked(Exception):
    def __init__(self, refusal: RepositoryUnavailable) -> None:
        super().__init__(refusal.reason)
        self.reason = refusal.reason


def _parsed(url: str, policy: Policy) -> tuple[Remote, str]:
    """Where to connect, and `?query`. Raises _Blocked, also for `http://` where the policy allows it for repositories."""
    base, _, _ = url.partition("#")
    path, mark, query = base.partition("?")
    try:
        remote = parse(path if PRINTABLE.fullmatch(url) else "", policy)
    except RepositoryUnavailable as refusal:
        raise _Blocked(refusal) from refusal
    if remote.scheme != "https":
        raise _Blocked(RepositoryUnavailable(NOT_HTTPS))
    return remote, mark + query


def _redirected(remote: Remote, query: str, location: str, policy: Policy) -> tuple[Remote, str]:
    """Where a redirect leads; the credentials go along on the same host only. Raises _Blocked."""
    try:
        target = urljoin(f"{remote.url}{query}", location)
    except ValueError:
        target = ""
    moved, query = _parsed(target, policy)
    if moved.scheme != remote.scheme or moved.credentials:
        raise _Blocked(RepositoryUnavailable(NOT_HTTPS))
    same = (moved.host, moved.port) == (remote.host, remote.port)
    return replace(moved, credentials=remote.credentials if same else None), query


def _ask(remote: Remote, query: str, policy: Policy, clock: Clock) -> Page | str:
    """Send one request on a new connection; returns a page or the target of a redirect. Raises TimedOut, _Blocked."""
    seconds = policy.limits.connect_seconds
    try:
        addresses = addresses_of(remote, min(seconds, clock.left()))
    except TimedOut:
        raise
    except RepositoryUnavailable as refusal:
        raise _Blocked(refusal) from refusal
    connection = PinnedConnection(remote, addresses, policy.authorities, clock, seconds)
    try:
        return _answer(connection, (remote.path or "/") + query)
    except TimeoutError as error:
        raise TimedOut(clock.excuse) from error
    except ConnectionRefusedError:
        return Page(failure="refused")
    except (ssl.SSLError, http.client.HTTPException, ValueError):
        return Page(failure="http")
    except OSError:
        return Page(failure="socket")
    finally:
        connection.close()


def _answer(connection: PinnedConnection, target: str) -> Page | str:
    headers = {"Host": connection.remote.authority, "User-Agent": "pullcord", "Accept-Encoding": "identity"}
    connection.request("GET", target, headers=headers | login.headers(connection.remote))
    with connection.getresponse() as response:
        location = response.getheader("Location")
        if response.status in REDIRECTS and location:
            return location
        if not 200 <= response.status < 300:
            return Page(failure="status", status=response.status)
        try:
            return Page(read(response, MAX_BYTES).decode(errors="replace").removeprefix("\ufeff"))
        except TimedOut:
            raise
        except RepositoryUnavailable:
            return Page(failure="http")
