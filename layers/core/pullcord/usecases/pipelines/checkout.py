"""A project's repository at the one commit that a pipeline runs on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Protocol, Self

from pullcord.errors import Refusal
from pullcord.pipelines import Commit

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
    """A branch or tag and its commit. tag_object: of an annotated tag alone."""

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

    @property
    def tag_object(self) -> str | None:
        """The id of the tag itself."""
        ...


class Repository(Protocol):
    """What evaluating asks of a repository. Raises refusals that name the host."""

    def resolve(self, name: str) -> ResolvedRef:
        """The commit that a ref points at now."""
        ...

    def find(self, revision: str) -> str:
        """The commit that `HEAD`, a branch, a tag or a commit's id means."""
        ...

    def tag_message(self, tag: Any) -> str | None:
        """The message of an annotated tag that `resolve` found."""
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


class Checkout(NamedTuple):
    """A ref as it is now. kind: `branch` or `tag`; ref: its short name; tag_message: of an annotated tag."""

    repository: Repository
    kind: str
    ref: str
    commit: Commit
    tag_message: str = ""

    @classmethod
    def of(cls, repository: Repository, name: str) -> Self:
        """Resolve a ref, live. Raises the repository's refusals."""
        resolved = repository.resolve(name)
        commit = commit_of(repository.commit(resolved.sha))
        message = (repository.tag_message(resolved) or "").rstrip("\n")
        return cls(repository, resolved.kind, resolved.name, commit, message[:LONGEST_MESSAGE])

    @property
    def sha(self) -> str:
        """The commit's id."""
        return self.commit.id

    def text(self, path: str) -> str | None:
        """A file as text, None when there is none."""
        return text_of(self.repository, self.sha, path)


def text_of(repository: Repository, sha: str, path: str) -> str | None:
    """A file as text; bytes that are no UTF-8 become replacement characters. None when there is no such file."""
    content = repository.read(sha, path)
    return None if content is None else content.decode(errors="replace").removeprefix("\ufeff")


def has_no_such_ref(refusal: Refusal) -> bool:
    """Whether a repository answered, and knows no such ref."""
    return refusal.code == "ref_not_found"


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
