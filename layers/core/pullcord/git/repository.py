"""The questions that can be put to a repository, whatever its remote."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from types import TracebackType
from typing import Concatenate, Protocol, Self

from pullcord.git import history, names
from pullcord.git import listing as listing_
from pullcord.git.commit_cache import CommitFiles, digest
from pullcord.git.listing import GetObject, Listing, list_files
from pullcord.git.objects import SHA, read_commit, read_tag_message
from pullcord.git.policy import Limits
from pullcord.git.refs import Commit, Ref, Resolved
from pullcord.git.refusals import (
    AmbiguousRef,
    CommitNotFound,
    NoSuchObject,
    NotACommit,
    RefNotFound,
    RepositoryUnavailable,
)


class Origin(Protocol):
    """Where a repository's refs and objects come from. Raises RepositoryUnavailable, and nothing else.

    Objects come as git stores them, and every one is what its id says.
    """

    def refs(self, prefixes: Sequence[str]) -> list[Ref]:
        """Refs whose full names begin with one of the prefixes, asked anew each time."""
        ...

    def snapshot(self, sha: str) -> GetObject:
        """A reader of this commit and of all its trees."""
        ...

    def blob(self, sha: str, commit: str) -> bytes:
        """The content of a file that is in the commit's tree."""
        ...

    def tag(self, sha: str) -> bytes:
        """An annotated tag."""
        ...

    def history(self, tips: Sequence[str], depth: int) -> Mapping[str, bytes]:
        """Commits reachable from the tips in fewer than `depth` steps, by id."""
        ...

    def close(self) -> None:
        """Let go of connections and files."""
        ...


def _says_where[**Arguments, Answer](
    question: Callable[Concatenate["Repository", Arguments], Answer],
) -> Callable[Concatenate["Repository", Arguments], Answer]:
    """A refusal names the host: the rooms below know what is wrong, this one knows with whom."""

    @wraps(question)
    def ask(self: "Repository", /, *arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
        try:
            return question(self, *arguments, **named)
        except NotACommit as refusal:
            raise CommitNotFound from refusal
        except RepositoryUnavailable as refusal:
            raise RepositoryUnavailable(refusal.reason, refusal.where or self.where) from refusal

    return ask


class Repository:
    """The repository of a remote. Refs are read live at every call; the files of a commit are read once and cached.

    Every method raises RepositoryUnavailable when the remote cannot be asked or believed, and those that read a commit
    raise CommitNotFound for the id of something else. Commit ids are full and in
    lower case. What is kept is given out without asking the remote again: that the caller may read it is shown by
    having resolved a ref first. For one thread at a time; a context manager, whose end closes the connection.
    """

    def __init__(self, where: str, origin: Origin, files: CommitFiles, limits: Limits) -> None:
        self.where = where
        self._origin = origin
        self._files = files
        self._limits = limits
        self._listings: dict[str, Listing] = {}
        self._head: str | None = None
        self._head_is_known = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the next question opens a new one."""
        self._origin.close()

    @_says_where
    def resolve(self, name: str) -> Resolved:
        """The commit that a branch or tag points at now; an annotated tag counts as its commit, and so does one of a tag.

        name: short (`main`) or full (`refs/heads/main`), or a merge request's (`refs/merge-requests/1/head`); not a
              commit id. The id may be that of something else, which reading it shows.
        Raises RefNotFound, and AmbiguousRef when a short name is a branch and a tag.
        """
        wanted = names.candidates(name)
        if not wanted:
            raise RefNotFound
        found = {ref.name: ref for ref in self._refs([*wanted, "HEAD"]) if ref.name in wanted and ref.sha}
        if not found:
            raise RefNotFound
        if len(found) > 1:
            raise AmbiguousRef
        return _resolved(*found.values())

    @_says_where
    def find(self, revision: str) -> str:
        """The commit that `HEAD`, a branch, a tag or a commit's full id means. Always asks the remote.

        Of a branch and a tag of one name, the tag, as git has it. Raises RefNotFound.

        Source: https://git-scm.com/docs/gitrevisions
        """
        if SHA.fullmatch(revision):
            self._refs(["HEAD"])  # what is kept is given out: being answered shows that the remote lets us in
            return self._existing(revision)
        wanted = ["HEAD"] if revision == "HEAD" else names.candidates(revision)
        found = {ref.name: ref.peeled or ref.sha for ref in self._refs(wanted)} if wanted else {}
        sha = next(filter(None, map(found.get, reversed(wanted))), None)
        if sha is None:
            raise RefNotFound
        return sha

    @_says_where
    def default_branch(self) -> str | None:
        """Short name of the branch that HEAD stands for, also when it has no commit yet; None for a detached HEAD.

        As `resolve` saw it, if it was asked before.
        """
        if not self._head_is_known:
            self._refs(["HEAD"])
        return names.short(self._head) if self._head and self._head.startswith(names.BRANCHES) else None

    @_says_where
    def branches(self) -> list[Resolved]:
        """All branches, sorted by name."""
        return self._all(names.BRANCHES)

    @_says_where
    def tags(self) -> list[Resolved]:
        """All tags, sorted by name."""
        return self._all(names.TAGS)

    @_says_where
    def commit(self, sha: str) -> Commit:
        """Message, authors, dates and parents of a commit."""
        return read_commit(sha, self._files.get_or_fetch(f"{_checked(sha)}/commit", lambda: self._fetch_commit(sha)))

    @_says_where
    def tag_message(self, tag: Resolved) -> str | None:
        """The message of an annotated tag; None for a branch or a plain tag. Costs a fetch the first time."""
        sha = tag.tag_object
        if sha is None:
            return None
        return read_tag_message(self._files.get_or_fetch(f"{_checked(sha)}/tag", lambda: self._origin.tag(sha)))

    @_says_where
    def read(self, sha: str, path: str) -> bytes | None:
        """Content of a file at a commit (of a symbolic link, its target's path); None when there is no such file."""
        key = f"{_checked(sha)}/file/{digest(path)}"
        known = self._files.get(key)
        if known is not None:
            return known
        blob = self._listing(sha).blob(path)
        return None if blob is None else self._files.put(key, self._origin.blob(blob, sha))

    @_says_where
    def paths(self, sha: str) -> list[str]:
        """Sorted paths of all files at a commit, symbolic links included, submodules not."""
        return self._listing(sha).files

    @_says_where
    def merge_base(self, one: str, other: str) -> str | None:
        """The newest commit that both have in their histories; None without one within `limits.commits`."""
        return history.merge_base(_checked(one), _checked(other), self._origin.history, self._limits.commits)

    @_says_where
    def changed(self, base: str, head: str) -> frozenset[str]:
        """Paths that `head` changed since it left `base`, as `git diff base...head`; without common history, as two dots."""
        return self.differences(self.merge_base(base, head) or base, head)

    @_says_where
    def differences(self, one: str, other: str) -> frozenset[str]:
        """Paths that differ between two commits, as `git diff one..other`; a rename counts as both its names."""
        return self._listing(one).differences(self._listing(other))

    def _all(self, prefix: str) -> list[Resolved]:
        found = (_resolved(ref) for ref in self._origin.refs([prefix]) if ref.name.startswith(prefix) and ref.sha)
        return sorted(found, key=lambda ref: ref.name)

    def _refs(self, prefixes: Sequence[str]) -> list[Ref]:
        found = self._origin.refs(prefixes)
        if "HEAD" in prefixes:
            self._head_is_known = True
            self._head = next((ref.target for ref in found if ref.name == "HEAD"), None)
        return found

    def _existing(self, sha: str) -> str:
        try:
            self._files.get_or_fetch(f"{sha}/commit", lambda: self._fetch_commit(sha))
        except NoSuchObject as error:
            raise RefNotFound from error
        return sha

    def _listing(self, sha: str) -> Listing:
        name = f"{_checked(sha)}/paths"
        listing = self._listings.get(sha) or listing_.RECENT.get(self._files.key(name))
        if listing is None:
            listing = Listing.decode(self._files.get_or_fetch(name, lambda: self._fetch_listing(sha).encode()))
            listing_.RECENT.put(self._files.key(name), listing)
        self._listings[sha] = listing
        return listing

    def _fetch_commit(self, sha: str) -> bytes:
        return self._origin.snapshot(sha)("commit", sha)

    def _fetch_listing(self, sha: str) -> Listing:
        return list_files(self.commit(sha).tree, self._origin.snapshot(sha), self._limits)


def _resolved(ref: Ref) -> Resolved:
    return Resolved(names.short(ref.name), names.kind(ref.name), ref.peeled or ref.sha, ref.sha if ref.peeled else None)


def _checked(sha: str) -> str:
    if not SHA.fullmatch(sha):
        raise RepositoryUnavailable("a commit is named by 40 hexadecimal digits")
    return sha
