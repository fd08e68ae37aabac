"""Every file of one commit in one flat table: what is left of a commit's trees once they have been read."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from pullcord.git.commit_cache import RecentlyUsed
from pullcord.git.objects import SHA, read_tree
from pullcord.git.policy import Limits
from pullcord.git.refusals import Malformed, RepositoryUnavailable

FOLDER = "40000"
SUBMODULE = "160000"
MAX_PATH_BYTES = 4096

GetObject = Callable[[str, str], bytes]
"""(kind, id) → the object's bytes; raises Malformed when there is none, or it is of another kind."""


@dataclass(frozen=True)
class Listing:
    """path → (mode, object id), for files, symbolic links and submodules. Paths that are not UTF-8 are made so."""

    entries: dict[str, tuple[str, str]]

    def __len__(self) -> int:
        return len(self.entries) + 1

    @cached_property
    def files(self) -> list[str]:
        """Sorted paths of everything that has a content here: no submodules."""
        return sorted(path for path, (mode, _) in self.entries.items() if mode != SUBMODULE)

    def blob(self, path: str) -> str | None:
        """Object id of a file's content (of a symbolic link: of the text it points to)."""
        mode, sha = self.entries.get(path, (SUBMODULE, ""))
        return None if mode == SUBMODULE else sha

    def differences(self, other: "Listing") -> frozenset[str]:
        """Paths added, deleted or changed in content or mode; a rename is both its names."""
        return frozenset(path for path, _ in self.entries.items() ^ other.entries.items())

    def encode(self) -> bytes:
        """For the cache: compressed lines `mode id path`, each ended by a zero byte."""
        lines = (f"{mode} {sha} {path}\0" for path, (mode, sha) in self.entries.items())
        return zlib.compress("".join(lines).encode(), 1)

    @classmethod
    def decode(cls, content: bytes) -> "Listing":
        """The reverse of encode(). Raises Malformed."""
        try:
            lines = zlib.decompress(content).decode().split("\0")[:-1]
            parts = (line.split(" ", 2) for line in lines)
            return cls({path: (mode, sha) for mode, sha, path in parts if SHA.fullmatch(sha)})
        except (zlib.error, ValueError) as error:
            raise Malformed("not a listing") from error


RECENT: RecentlyUsed[Listing] = RecentlyUsed(100_000)
"""Listings as they are, up to so many files together: to decode ten thousand takes longer than to compile."""


def list_files(tree: str, get: GetObject, limits: Limits) -> Listing:
    """Walk a tree and all below it, without recursion and within `limits.files` files and folders."""
    entries: dict[str, tuple[str, str]] = {}
    for count, (path, mode, sha) in enumerate(_walk(tree, get)):
        if count >= limits.files:
            raise RepositoryUnavailable(f"it has more than {limits.files} files and folders")
        if mode != FOLDER:
            entries[path] = (mode, sha)
    return Listing(entries)


def _walk(tree: str, get: GetObject) -> Iterator[tuple[str, str, str]]:
    folders = [(b"", tree)]
    while folders:
        prefix, sha = folders.pop()
        for mode, name, child in read_tree(get("tree", sha)):
            path = prefix + name
            if len(path) > MAX_PATH_BYTES:
                raise Malformed("a path is too long")
            if mode == FOLDER:
                folders.append((path + b"/", child))
            yield path.decode("utf-8", "replace"), mode, child
