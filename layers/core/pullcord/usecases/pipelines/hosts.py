"""Other hosts as evaluating sees them: repositories and pages, all within one time."""

from contextlib import AbstractContextManager
from typing import Protocol

from pullcord.usecases.pipelines.checkout import Repository
from pullcord.usecases.projects.remotes import Login


class Page(Protocol):
    """What came of asking for a page. Without a failure there is a text.

    failure: `status` (of the answer), `timeout`, `socket`, `http`, `refused` (the connection), `blocked` (never asked)
    """

    @property
    def text(self) -> str:
        """The body."""
        ...

    @property
    def failure(self) -> str:
        """Empty, or what went wrong."""
        ...

    @property
    def status(self) -> int:
        """Of the answer, if it was that."""
        ...

    @property
    def reason(self) -> str:
        """Why it is blocked, for people."""
        ...


class Visit(Protocol):
    """A stay with other hosts that has an end."""

    @property
    def seconds_left(self) -> float:
        """None at the least."""
        ...

    def repository(self, url: str, login: Login | None = None) -> Repository:
        """A repository, open as long as the visit. Raises a refusal for a remote that is not allowed."""
        ...

    def page(self, url: str) -> Page:
        """One page, asked for once."""
        ...


class Hosts(Protocol):
    """All other hosts."""

    def visit(self, seconds: float) -> AbstractContextManager[Visit]:
        """Ask them, for no longer than that."""
        ...
