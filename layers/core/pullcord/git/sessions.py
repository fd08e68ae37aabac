"""Other hosts, as one deployment may ask them; and one visit to several of them, which has one end."""

from collections.abc import Callable
from contextlib import ExitStack
from math import inf
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from pullcord.git.clock import Clock
from pullcord.git.open_repository import open_repository
from pullcord.git.policy import Cache, Credentials, Policy
from pullcord.git.repository import Repository

if TYPE_CHECKING:
    from pullcord.git.web import Page

PAGE_SECONDS = 4.0
"""One page, its redirects included."""

type Login = tuple[str, str]
"""User name and password."""


class GitHosts:
    """find: the deployment's own credentials for a URL, asked when a host wants some."""

    def __init__(self, policy: Policy, cache: Cache | None, find: Callable[[str], Login | None]) -> None:
        self.policy = policy
        self.cache = cache
        self._find = find

    def open(self, url: str, login: Login | None = None, until: float = inf) -> Repository:
        """A repository, for a `with` block. login: wins over the deployment's. Raises RepositoryUnavailable."""
        credentials = Credentials(*login) if login else None
        return open_repository(url, self.policy, credentials, self.cache, find=self._credentials, until=until)

    def open_session(self, seconds: float) -> "RemoteSession":
        """Several repositories and pages, all within these seconds from now."""
        return RemoteSession(self, monotonic() + seconds)

    def _credentials(self, url: str) -> Credentials | None:
        found = self._find(url)
        return Credentials(*found) if found else None


class RemoteSession:
    """A context manager, whose end closes every connection. For one thread at a time."""

    def __init__(self, hosts: GitHosts, until: float) -> None:
        self._hosts = hosts
        self._until = until
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def seconds_left(self) -> float:
        """How long it may go on, none at the least."""
        return max(0.0, self._until - monotonic())

    def repository(self, url: str, login: Login | None = None) -> Repository:
        """A repository that stays open as long as the visit. Raises RepositoryUnavailable."""
        return self._open.enter_context(self._hosts.open(url, login, self._until))

    def page(self, url: str, login: Login | None = None) -> "Page":
        """Fetch a page, once. login: if none is in the URL. Never raises."""
        from pullcord.git import web  # brings TLS along, which a trigger without such includes may not need

        return web.get(url, self._hosts.policy, Clock(PAGE_SECONDS, PAGE_SECONDS, self._until), login)
