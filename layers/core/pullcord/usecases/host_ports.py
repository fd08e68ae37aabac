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
    """Who wrote something, and when."""

    @property
    def name(self) -> str:
        """Their name."""

    @property
    def email(self) -> str:
        """Their address."""

    @property
    def date(self) -> datetime:
        """When, with their offset from UTC."""


class GitCommit(Protocol):
    """A commit as the repository has it."""

    @property
    def id(self) -> str:
        """40 hexadecimal digits."""

    @property
    def parents(self) -> tuple[str, ...]:
        """Ids of its parents."""

    @property
    def author(self) -> Signature:
        """Who wrote it."""

    @property
    def committer(self) -> Signature:
        """Who committed it."""

    @property
    def message(self) -> str:
        """All of the message."""

    @property
    def title(self) -> str:
        """Its first line."""


class ResolvedRef(Protocol):
    """A branch or tag and its commit. tag_object: of an annotated tag alone."""

    @property
    def name(self) -> str:
        """Short name."""

    @property
    def kind(self) -> str:
        """`branch` or `tag`."""

    @property
    def sha(self) -> str:
        """The commit."""

    @property
    def tag_object(self) -> str | None:
        """The id of the tag itself."""


class Repository(Protocol):
    """What evaluating asks of a repository. Raises refusals that name the host."""

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
    """What browsing asks of a repository. Raises refusals that name the host."""

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
        """The one of this project. Raises a refusal for a remote that is not allowed."""


class Page(Protocol):
    """What came of asking for a page. Without a failure there is a text.

    failure: `status` (of the answer), `timeout`, `socket`, `http`, `refused` (the connection), `blocked` (never asked)
    """

    @property
    def text(self) -> str:
        """The body."""

    @property
    def failure(self) -> str:
        """Empty, or what went wrong."""

    @property
    def status(self) -> int:
        """Of the answer, if it was that."""

    @property
    def reason(self) -> str:
        """Why it is blocked, for people."""


class RemoteSession(Protocol):
    """A stay with other hosts that has an end."""

    @property
    def seconds_left(self) -> float:
        """None at the least."""

    def repository(self, url: str, login: Login | None = None) -> Repository:
        """A repository, open as long as the visit. Raises a refusal for a remote that is not allowed."""

    def page(self, url: str) -> Page:
        """One page, asked for once."""


class GitHosts(Protocol):
    """All other hosts."""

    def open_session(self, seconds: float) -> AbstractContextManager[RemoteSession]:
        """Ask them, for no longer than that."""


class Credentials(Protocol):
    """What stands before the @ of a URL."""

    @property
    def username(self) -> str:
        """Decoded."""

    @property
    def password(self) -> str:
        """Decoded; may be empty."""


class Remote(Protocol):
    """A remote that may be asked."""

    @property
    def url(self) -> str:
        """Without user name and password."""

    @property
    def credentials(self) -> Credentials | None:
        """Those in the URL."""
