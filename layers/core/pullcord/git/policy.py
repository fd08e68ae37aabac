"""The policy for remotes: which are allowed, how much they may cost, and the cache."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, Self

MEBIBYTE = 1024 * 1024


class Limits(NamedTuple):
    """How much one question to a repository may cost.

    connect_seconds: name lookup, connection and TLS handshake, each
    total_seconds:   one question from its beginning to its end, all requests and redirects together
    session_seconds: all questions to one opened repository together
    response_bytes:  one HTTP answer, as it travels
    object_bytes:    one git object, unpacked
    unpacked_bytes:  all objects of one answer, unpacked
    objects:         objects of one answer
    files:           entries of one commit's tree, and the folders walked to find them
    commits:         commits looked at to find a merge base
    """

    connect_seconds: float = 3
    total_seconds: float = 8
    session_seconds: float = 12
    response_bytes: int = 64 * MEBIBYTE
    object_bytes: int = 16 * MEBIBYTE
    unpacked_bytes: int = 128 * MEBIBYTE
    objects: int = 500_000
    files: int = 500_000
    commits: int = 20_000


class Policy(NamedTuple):
    """Which remotes may be asked.

    allowed:     prefixes of remotes that are allowed although they are not HTTPS to a public address:
                 `file://`, `http://127.0.0.1:8000/`
    authorities: PEM text of certificate authorities to trust beside the system's own
    hosts:       the only hosts of all other remotes, in lower case, `*.example.com` for all below a domain; none: any
    """

    allowed: tuple[str, ...] = ()
    authorities: str | None = None
    hosts: tuple[str, ...] = ()
    limits: Limits = Limits()

    @classmethod
    def of(cls, allowed: str, authorities: str = "", hosts: str = "") -> Self:
        """From a deployment's settings: prefixes and hosts with commas between them, PEM text; each may be empty."""
        return cls(_listed(allowed), authorities or None, _listed(hosts.lower()))

    @property
    def for_pages(self) -> Self:
        """The policy for pages that configurations include, which is not limited to the allowed hosts."""
        return self._replace(hosts=())

    def admits(self, host: str) -> bool:
        """Whether repositories may be on this host."""
        return not self.hosts or host in self.hosts or any(_is_below(host, domain) for domain in self.hosts)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(","))))


def _is_below(host: str, domain: str) -> bool:
    """`*.example.com` has `git.example.com` and `a.b.example.com` below it, and not `example.com`."""
    return domain.startswith("*.") and host.endswith(domain[1:])


@dataclass(frozen=True, slots=True)
class Credentials:
    """User name and password (or access token) for HTTP basic authentication; sent to the remote's own host only."""

    username: str
    password: str = field(repr=False)


type FindCredentials = Callable[[str], Credentials | None]
"""The credentials that the deployment has for a URL, if it has any. Asked only when a host wants some."""


def nobody(_url: str) -> None:
    """No credentials for anybody."""


class Cache(Protocol):
    """A store for facts that never change. It may forget; it must not raise."""

    def get(self, key: str) -> bytes | None:
        """The content under a key, None without one."""
        ...

    def put(self, key: str, content: bytes) -> None:
        """Keep the content under this key, if possible."""
        ...
