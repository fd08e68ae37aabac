"""A remote's URL taken apart, and whether the policy lets anybody speak to it. No name is looked up here."""

import re
from copy import replace
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from pullcord.git.policy import Credentials, Policy
from pullcord.git.refusals import RepositoryUnavailable

PRINTABLE = re.compile(r"[!-~]+")
HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
IPV4 = re.compile(r"(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}")
IPV6 = re.compile(r"[0-9a-f:.]*:[0-9a-f:.]*")
PORTS = {"https": 443, "http": 80}
MAX_URL_LENGTH = 2048
NOT_HTTPS = "a remote must begin with https://"
NOT_ALLOWED = "its host is not one of those allowed here"


class Remote(NamedTuple):
    """Where a repository is.

    host: in lower case; an IPv6 address without its brackets; empty for `file`
    path: as in the URL, percent-encoded, without a slash at its end
    safe: the host is to be connected wherever it is, because the policy names it
    """

    scheme: str
    host: str
    port: int
    path: str
    credentials: Credentials | None = None
    safe: bool = False

    @property
    def authority(self) -> str:
        """`host`, or `host:port` where the port is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS.get(self.scheme, 0) else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL without credentials."""
        return f"{self.scheme}://{self.authority if self.host else ''}{self.path}"

    @property
    def where(self) -> str:
        """How refusals name it."""
        return self.authority if self.host else "file://"


def parse(url: str, policy: Policy) -> Remote:
    """A remote that the policy lets be asked. Raises RepositoryUnavailable, never repeating the URL."""
    if len(url) > MAX_URL_LENGTH or not PRINTABLE.fullmatch(url) or "\\" in url:
        raise RepositoryUnavailable("its URL is too long or has characters that no URL has")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removesuffix("."), parts.port
    except ValueError:
        raise RepositoryUnavailable("its URL cannot be understood") from None  # whose text quotes the URL
    _check_host(parts.scheme, host, parts.netloc, port)
    if "?" in url or "#" in url or not parts.path.startswith("/") or _climbs(parts.path):
        raise RepositoryUnavailable("its URL must end in a plain path", host)
    credentials = (
        Credentials(unquote(parts.username or ""), unquote(parts.password or "")) if "@" in parts.netloc else None
    )
    remote = Remote(parts.scheme, host, port or PORTS.get(parts.scheme, 0), parts.path.rstrip("/"), credentials)
    safe = any(_begins(remote.url + "/", prefix) for prefix in policy.allowed)
    if parts.scheme != "https" and not safe:
        raise RepositoryUnavailable(NOT_HTTPS, host)
    if not safe and not policy.admits(host):
        raise RepositoryUnavailable(NOT_ALLOWED, host)
    return replace(remote, safe=safe)


def redirected(remote: Remote, suffix: str, location: str, policy: Policy) -> Remote:
    """The remote that a redirect of `remote.path + suffix` leads to; with the credentials only if it is the same host.

    Raises RepositoryUnavailable for another scheme, for what is no repository, and for what the policy refuses.
    """
    try:
        target = urljoin(f"{remote.url}{suffix}", location)
    except ValueError:
        target = ""
    if not target.endswith(suffix):
        raise RepositoryUnavailable("it redirects to something that is no repository", remote.where)
    moved = parse(target.removesuffix(suffix), policy)
    if moved.scheme != remote.scheme or moved.credentials:
        raise RepositoryUnavailable("it redirects to another scheme or names a user", remote.where)
    same = (moved.host, moved.port) == (remote.host, remote.port)
    return replace(moved, credentials=remote.credentials if same else None)


def _check_host(scheme: str, host: str, netloc: str, port: int | None) -> None:
    """Only host names and addresses in their one usual spelling: `127.1`, `0x7f.1` or `[::1%lo]` are not among them."""
    if scheme == "file":
        if netloc not in {"", "localhost"}:
            raise RepositoryUnavailable("a file:// remote has no host", "file://")
        return
    name = HOST.fullmatch(host) and not NUMBER.fullmatch(host.rpartition(".")[2])
    address = IPV6.fullmatch(host) if "[" in netloc.rpartition("@")[2] else IPV4.fullmatch(host)
    if not (name or address) or port == 0:
        raise RepositoryUnavailable("its host or port is not spelled as usual")


def _climbs(path: str) -> bool:
    return any(part in {".", ".."} for part in unquote(path).split("/"))


def _begins(url: str, prefix: str) -> bool:
    """`http://127.0.0.1` begins `http://127.0.0.1:8000/a` and not `http://127.0.0.1.example.com/a`."""
    return url.startswith(prefix) and (prefix.endswith(("/", ":")) or url[len(prefix)] in "/:")
