"""A project's repository at the one commit that a pipeline runs on."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from pullcord.config.context import MissingProject, MissingRef, RemoteFailure
from pullcord.errors import Refusal
from pullcord.pipelines import Commit
from pullcord.projects import Project

LONGEST_MESSAGE = 10_000
"""Characters of a commit message that are stored with a pipeline."""


class Signature(Protocol):
    """Who wrote something, and when."""

    @property
    def name(self) -> str:
        """Their name."""
        ...

    @property
    def email(self) -> str:
        """Their address."""
        ...

    @property
    def date(self) -> datetime:
        """When, with their offset from UTC."""
        ...


class GitCommit(Protocol):
    """A commit as the repository has it."""

    @property
    def id(self) -> str:
        """40 hexadecimal digits."""
        ...

    @property
    def parents(self) -> tuple[str, ...]:
        """Ids of its parents."""
        ...

    @property
    def author(self) -> Signature:
        """Who wrote it."""
        ...

    @property
    def committer(self) -> Signature:
        """Who committed it."""
        ...

    @property
    def message(self) -> str:
        """All of the message."""
        ...

    @property
    def title(self) -> str:
        """Its first line."""
        ...


class ResolvedRef(Protocol):
    """A branch or tag and its commit."""

    @property
    def name(self) -> str:
        """Short name."""
        ...

    @property
    def kind(self) -> str:
        """`branch` or `tag`."""
        ...

    @property
    def sha(self) -> str:
        """The commit."""
        ...


class Repository(Protocol):
    """What evaluating asks of a repository. Raises refusals that name the host."""

    def resolve(self, name: str) -> ResolvedRef:
        """The commit that a ref points at now."""
        ...

    def default_branch(self) -> str | None:
        """The branch that HEAD stands for."""
        ...

    def commit(self, sha: str) -> GitCommit:
        """A commit."""
        ...

    def read(self, sha: str, path: str) -> bytes | None:
        """A file at a commit."""
        ...

    def paths(self, sha: str) -> Sequence[str]:
        """All file paths at a commit."""
        ...

    def changed(self, base: str, head: str) -> frozenset[str]:
        """Paths that `head` changed since it left `base`."""
        ...


class Repositories(Protocol):
    """The repositories of projects."""

    def open(self, project: Project) -> AbstractContextManager[Repository]:
        """The one of this project. Raises a refusal for a remote that is not allowed."""
        ...


@dataclass(frozen=True, slots=True)
class Checkout:
    """A ref as it is now. kind: `branch` or `tag`; ref: its short name."""

    repository: Repository
    kind: str
    ref: str
    commit: Commit

    @classmethod
    def of(cls, repository: Repository, name: str) -> Self:
        """Resolve a ref, live. Raises the repository's refusals."""
        resolved = repository.resolve(name)
        commit = commit_of(repository.commit(resolved.sha))
        return cls(repository, resolved.kind, resolved.name, commit)

    @property
    def sha(self) -> str:
        """The commit's id."""
        return self.commit.id

    def text(self, path: str) -> str | None:
        """A file as text; bytes that are no UTF-8 become replacement characters."""
        content = self.repository.read(self.sha, path)
        return None if content is None else content.decode(errors="replace").removeprefix("\ufeff")


class Sources:
    """The compiler's window, opened on a checkout."""

    def __init__(self, checkout: Checkout) -> None:
        self._checkout = checkout

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """A file of the project itself."""
        if project is not None:
            raise MissingProject(project)
        if ref is not None:
            raise MissingRef(ref)
        return self._checkout.text(path)

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """All paths of the project itself."""
        if project is not None:
            raise MissingProject(project)
        if ref is not None:
            raise MissingRef(ref)
        return self._checkout.repository.paths(self._checkout.sha)

    def remote(self, _url: str) -> str:
        """No address is fetched: refused in GitLab's words for one that cannot be reached."""
        raise RemoteFailure("could not be fetched because of HTTP error!")

    def template(self, _name: str) -> str | None:
        """The instance has no templates."""
        return None

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        """A trigger knows no diff of its own; against another ref there always is one."""
        if compare_to is None:
            return None
        try:
            base = self._checkout.repository.resolve(compare_to).sha
        except Refusal as refusal:
            raise MissingRef(compare_to) from refusal
        return self._checkout.repository.changed(base, self._checkout.sha)


def commit_of(commit: GitCommit) -> Commit:
    """A commit as it is kept and shown, its message cut to `LONGEST_MESSAGE`."""
    return Commit(
        id=commit.id,
        title=commit.title[:LONGEST_MESSAGE],
        message=commit.message[:LONGEST_MESSAGE],
        author_name=commit.author.name,
        author_email=commit.author.email,
        authored_date=commit.author.date.isoformat(timespec="milliseconds"),
        committer_name=commit.committer.name,
        committer_email=commit.committer.email,
        committed_date=commit.committer.date.isoformat(timespec="milliseconds"),
        parent_ids=commit.parents,
    )
