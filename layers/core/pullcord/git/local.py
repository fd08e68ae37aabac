"""Repositories on this machine's own disk, read in place with dulwich and never cached: `file://` remotes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote

from pullcord.git.listing import GetObject
from pullcord.git.objects import read_commit
from pullcord.git.policy import Limits
from pullcord.git.refs import Ref
from pullcord.git.refusals import Malformed, NoSuchObject, NotACommit, RepositoryUnavailable
from pullcord.git.remotes import Remote

if TYPE_CHECKING:
    from dulwich.objects import ObjectID
    from dulwich.refs import Ref as RefName
    from dulwich.repo import Repo

KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
MAX_TAG_DEPTH = 10


def _mapped[**Arguments, Answer](question: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Whatever a broken repository makes dulwich raise, and it raises much, becomes a refusal."""

    @wraps(question)
    def ask(*arguments: Arguments.args, **named: Arguments.kwargs) -> Answer:
        try:
            return question(*arguments, **named)
        except RepositoryUnavailable:
            raise
        except KeyError as error:
            raise NoSuchObject("it has no such object") from error
        except Exception as error:  # dulwich's errors have no common ancestor
            raise RepositoryUnavailable(_reason(error)) from error

    return ask


class LocalOrigin:
    """The repository (bare or not, also a linked worktree) that a `file://` URL names."""

    def __init__(self, remote: Remote, limits: Limits) -> None:
        self.path = unquote(remote.path) or "/"
        self.limits = limits
        self._repo: Repo | None = None

    @_mapped
    def refs(self, prefixes: Sequence[str]) -> list[Ref]:
        """Refs as they are on disk now; a prefix that is a whole name finds that name without a search."""
        self.close()
        repo = self._open()
        wanted = {name for prefix in prefixes for name in self._named(repo, prefix)}
        found = (self._ref(repo, name) for name in sorted(wanted))
        return [ref for ref in found if ref]

    @_mapped
    def snapshot(self, sha: str) -> GetObject:
        """Anything can be read from disk at any time."""
        self._get("commit", sha)
        return self._get

    @_mapped
    def blob(self, sha: str, commit: str) -> bytes:  # noqa: ARG002 - on disk a blob is found without its commit
        """The content of a file."""
        return self._get("blob", sha)

    @_mapped
    def tag(self, sha: str) -> bytes:
        """The bytes of an annotated tag."""
        return self._get("tag", sha)

    @_mapped
    def history(self, tips: Sequence[str], depth: int) -> Mapping[str, bytes]:
        """Commits reachable from the tips in fewer than `depth` steps, as far as a shallow clone has them."""
        found: dict[str, bytes] = {}
        generation = list(tips)
        for _ in range(depth):
            present = [sha for sha in generation if cast("ObjectID", sha.encode()) in self._open().object_store]
            found.update((sha, self._get("commit", sha)) for sha in present)
            parents = (parent for sha in present for parent in read_commit(sha, found[sha]).parents)
            generation = [sha for sha in dict.fromkeys(parents) if sha not in found]
        return found

    def close(self) -> None:
        """Let go of open files."""
        if self._repo:
            self._repo.close()
            self._repo = None

    def _open(self) -> "Repo":
        if not self._repo:
            from dulwich.repo import Repo

            repo = Repo(self.path)
            if repo.object_format.name != "sha1":
                repo.close()
                raise RepositoryUnavailable("it names its objects by SHA-256, which is not supported")
            self._repo = repo
        return self._repo

    def _get(self, kind: str, sha: str) -> bytes:
        number, content = self._open().object_store.get_raw(cast("ObjectID", sha.encode()))
        if KINDS.get(number) != kind:
            refusal = NotACommit if kind == "commit" else NoSuchObject
            raise refusal(f"its answer makes no sense (not a {kind})")
        if len(content) > self.limits.object_bytes:
            raise RepositoryUnavailable(f"a {kind} is larger than {self.limits.object_bytes} bytes")
        return content

    def _named(self, repo: "Repo", prefix: str) -> Iterator[str]:
        if prefix == "HEAD" or not prefix.endswith("/"):
            yield prefix
        else:
            yield from (
                prefix + name.decode("utf-8", "replace") for name in repo.refs.subkeys(cast("RefName", prefix.encode()))
            )

    def _ref(self, repo: "Repo", name: str) -> Ref | None:
        chain, sha = repo.refs.follow(cast("RefName", name.encode()))
        target = chain[-1].decode() if len(chain) > 1 else None
        if sha is None:
            return Ref(name, "", target=target) if target else None
        peeled = self._peel(sha.decode())
        return Ref(name, sha.decode(), peeled if peeled != sha.decode() else None, target)

    def _peel(self, sha: str) -> str:
        for _ in range(MAX_TAG_DEPTH):
            number, content = self._open().object_store.get_raw(cast("ObjectID", sha.encode()))
            if KINDS.get(number) != "tag":
                return sha
            sha = content.removeprefix(b"object ")[:40].decode()
        raise Malformed("too many tags of tags")


def _reason(error: Exception) -> str:
    from dulwich.errors import NotGitRepository

    match error:
        case NotGitRepository() | NotADirectoryError() | FileNotFoundError():
            return "there is no git repository at this path"
        case _:
            return "its files cannot be read"
