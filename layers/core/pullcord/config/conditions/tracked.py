"""The files of a repository, as `exists` asks for them."""

from bisect import bisect_left
from collections.abc import Iterable


class Tracked:
    """Every file path of a tree. Directories are there only as beginnings of paths."""

    __slots__ = ("files", "paths")

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = sorted(paths)
        self.files = frozenset(self.paths)

    def has(self, path: str) -> bool:
        """Whether there is such a file; for a path that ends in a slash, whether anything lies below it."""
        if not path.endswith("/"):
            return path in self.files
        index = bisect_left(self.paths, path)
        return index < len(self.paths) and self.paths[index].startswith(path)
