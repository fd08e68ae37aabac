"""Git hosts and web pages as the use cases see them: each call of one of these is an effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from pullcord.projects import Project

type Login = tuple[str, str]
"""User name and password."""


class Signature(Protocol):
    """An author or committer with the time."""

    @property
    def name(self) -> str:
        """The name."""

    @property
    def email(self) -> str:
        """The e-mail address."""

    @property
    def date(self) -> datetime:
        """The time, with the offset from UTC."""


class GitCommit(Protocol):
    """A commit as the repository has it."""

    @property
    def id(self) -> str:
        """40 hexadecimal digits."""

    @property
    def parents(self) -> tuple[str, ...]:
        """The ids of the parents."""

    @property
    def author(self) -> Signature:
        """The author."""

    @property
    def committer(self) -> Signature:
        """The committer."""

    @property
    def message(self) -> str:
        """The whole message."""

    @property
    def title(self) -> str:
        """The first line of the message."""


class ResolvedRef(Protocol):
    """A branch, a tag or a merge request's ref, and its commit. tag_object: of an annotated tag alone."""

    @property
    def name(self) -> str:
        """Short name."""

    @property
    def kind(self) -> str:
        """`branch`, `tag` or `merge_request`."""

    @property
    def sha(self) -> str:
        """The commit."""

    @property
    def tag_object(self) -> str | None:
        """The id of the tag itself."""


class Repository(Protocol):
    """A repository, as evaluating reads it. Raises refusals that name the host."""

    def resolve(self, name: str) -> ResolvedRef:
        """The commit that a ref points at now."""

    def find(self, revision: str) -> str:
        """The commit that `HEAD`, a branch, a tag or a commit's id means."""

    def tag_message(self, tag: Any) -> str | None:
        """The message of an annotated tag that `resolve` found."""

    def default_branch(self) -> str | None:
        """The branch that HEAD stands for."""

    def commit(self, sha: str) -> GitCommit:
        """A commit."""

    def read(self, sha: str, path: str) -> bytes | None:
        """A file at a commit."""

    def paths(self, sha: str) -> Sequence[str]:
        """All file paths at a commit."""

    def changed(self, base: str, head: str) -> frozenset[str]:
        """Paths that `head` changed since it left `base`."""


class BrowsableRepository(Protocol):
    """A repository, as browsing reads it. Raises refusals that name the host."""

    def branches(self) -> Sequence[ResolvedRef]:
        """All branches, by name."""

    def tags(self) -> Sequence[ResolvedRef]:
        """All tags, by name."""

    def find(self, revision: str) -> str:
        """The commit that `HEAD`, a branch, a tag or a commit's id means."""

    def default_branch(self) -> str | None:
        """The branch that HEAD stands for."""

    def commit(self, sha: str) -> GitCommit:
        """A commit."""


class Repositories(Protocol):
    """The repositories of projects."""

    def open(self, project: Project) -> AbstractContextManager[BrowsableRepository]:
        """Open the repository of a project. Raises a refusal for a remote that is not allowed."""


class Page(Protocol):
    """The result of fetching a page: a text or a failure.

    failure: `status` (of the answer), `timeout`, `socket`, `http`, `refused` (the connection), `blocked` (never asked)
    """

    @property
    def text(self) -> str:
        """The body."""

    @property
    def failure(self) -> str:
        """The kind of failure; empty for a page."""

    @property
    def status(self) -> int:
        """The HTTP status, if there was an answer."""

    @property
    def reason(self) -> str:
        """The reason of a block, for people."""


class RemoteSession(Protocol):
    """Access to other hosts within a limit of time."""

    @property
    def seconds_left(self) -> float:
        """Seconds until the limit, at least 0."""

    def repository(self, url: str, login: Login | None = None) -> Repository:
        """A repository, open as long as the session. Raises a refusal for a remote that is not allowed."""

    def page(self, url: str, login: Login | None = None) -> Page:
        """Fetch a page, once. login: if none is in the URL."""


class GitHosts(Protocol):
    """Git hosts and web servers."""

    def open_session(self, seconds: float) -> AbstractContextManager[RemoteSession]:
        """Open a session of at most so many seconds."""


class Credentials(Protocol):
    """The credentials in a URL, before the @."""

    @property
    def username(self) -> str:
        """The decoded user name."""

    @property
    def password(self) -> str:
        """The decoded password; may be empty."""


class Remote(Protocol):
    """An allowed remote."""

    @property
    def url(self) -> str:
        """The URL without user name and password."""

    @property
    def credentials(self) -> Credentials | None:
        """The credentials of the URL."""
