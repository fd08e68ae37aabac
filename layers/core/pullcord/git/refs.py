"""Refs and commits of a repository, as plain data."""

from datetime import datetime
from typing import Literal, NamedTuple

Kind = Literal["branch", "tag", "merge_request"]


class Ref(NamedTuple):
    """One line of a repository's list of refs.

    name:   full name (`refs/heads/main`), or `HEAD`
    sha:    object the ref points at; empty for the HEAD of a repository without commits
    peeled: what an annotated tag finally points at
    target: the ref that a symbolic ref (HEAD) stands for
    """

    name: str
    sha: str
    peeled: str | None = None
    target: str | None = None


class Resolved(NamedTuple):
    """A branch, a tag or a merge request's ref, and the commit it pointed at a moment ago.

    name:       short (`main`); full for a merge request's
    tag_object: id of the annotated tag's own object, for Repository.tag_message; None for branches and plain tags
    """

    name: str
    kind: Kind
    sha: str
    tag_object: str | None = None


class Signature(NamedTuple):
    """Who wrote or committed, and when; the date carries the writer's own offset from UTC."""

    name: str
    email: str
    date: datetime


class Commit(NamedTuple):
    """A commit; `title` is the first line of `message`."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: Signature
    committer: Signature
    message: str

    @property
    def title(self) -> str:
        """First line of the message."""
        return (self.message.splitlines() or [""])[0]
