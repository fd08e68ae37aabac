"""A project's repository at the one commit that a pipeline runs on."""

from typing import NamedTuple, Self

from pullcord.errors import Refusal
from pullcord.pipelines import Commit
from pullcord.usecases.host_ports import GitCommit, Repository

MAX_MESSAGE_LENGTH = 10_000
"""Characters of a commit message that are stored with a pipeline."""


class Checkout(NamedTuple):
    """A resolved ref. kind: `branch`, `tag` or `merge_request`; ref: its short name; tag_message: of an annotated tag."""

    repository: Repository
    kind: str
    ref: str
    commit: Commit
    tag_message: str = ""

    @classmethod
    def of(cls, repository: Repository, name: str) -> Self:
        """Resolve a ref in the repository, now. Raises the repository's refusals."""
        resolved = repository.resolve(name)
        commit = commit_of(repository.commit(resolved.sha))
        message = (repository.tag_message(resolved) or "").rstrip("\n")
        return cls(repository, resolved.kind, resolved.name, commit, message[:MAX_MESSAGE_LENGTH])

    @property
    def sha(self) -> str:
        """The commit's id."""
        return self.commit.id

    def text(self, path: str) -> str | None:
        """A file as text; None if it does not exist."""
        return text_of(self.repository, self.sha, path)


def text_of(repository: Repository, sha: str, path: str) -> str | None:
    """A file as text; bytes that are no UTF-8 become replacement characters. None if it does not exist."""
    content = repository.read(sha, path)
    return None if content is None else content.decode(errors="replace").removeprefix("\ufeff")


def has_no_such_ref(refusal: Refusal) -> bool:
    """Whether a repository answered that it has no such ref, or that the ref is of no commit."""
    return refusal.code in {"ref_not_found", "commit_not_found"}


def commit_of(commit: GitCommit) -> Commit:
    """A commit as it is stored and shown, its message cut to `LONGEST_MESSAGE`."""
    return Commit(
        id=commit.id,
        title=commit.title[:MAX_MESSAGE_LENGTH],
        message=commit.message[:MAX_MESSAGE_LENGTH],
        author_name=commit.author.name,
        author_email=commit.author.email,
        authored_date=commit.author.date.isoformat(timespec="milliseconds"),
        committer_name=commit.committer.name,
        committer_email=commit.committer.email,
        committed_date=commit.committer.date.isoformat(timespec="milliseconds"),
        parent_ids=commit.parents,
    )
