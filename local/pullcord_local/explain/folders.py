"""Folder of a project: its files as they are, or as they are in another commit of its repository.

Paths are plain strings here and in all that `explain` always loads: `pathlib` takes longer to load than the files.
"""

import os
from collections.abc import Iterator, Sequence
from functools import cached_property

LATEST = "~latest"
VERSION_PARTS = 3


class ProjectFolder:
    """Folder of a project. notes: which refs could not be read as they were asked for."""

    def __init__(self, root: str | os.PathLike[str]) -> None:
        self.root = os.fspath(root)
        self.notes: list[str] = []
        self.commits: dict[str, str | None] = {}

    def text(self, path: str) -> str | None:
        """Return the text of a file of the folder; None without one."""
        found = os.path.join(self.root, path)
        if ".." in path.split("/") or "\0" in path or not os.path.isfile(found):
            return None
        return contents(found)

    def text_at(self, path: str, ref: str | None) -> str | None:
        """Return the text of a file at a ref; None without one. Without that ref the folder is read, with a note."""
        commit = self.commit(ref)
        if commit is None:
            return self.text(path)
        from pullcord_local.explain import git_commands  # few configurations need it

        return git_commands.text(self.root, commit, path)

    def paths_at(self, ref: str | None) -> Sequence[str]:
        """Return every path at a ref, sorted. Without that ref the folder is read, with a note."""
        commit = self.commit(ref)
        if commit is None:
            return self.tracked
        from pullcord_local.explain import git_commands

        return git_commands.paths(self.root, commit)

    def commit(self, ref: str | None) -> str | None:
        """Look up a ref, once; None for the folder as it is."""
        if ref is None or self.is_current(ref):
            return None
        if ref not in self.commits:
            self.commits[ref] = self.find(ref)
            if self.commits[ref] is None:
                self.notes.append(f"{self.root} has no ref {ref}: its files are read as they are")
        return self.commits[ref]

    def is_current(self, _ref: str) -> bool:
        """Whether a ref stands for the folder as it is."""
        return False

    def find(self, ref: str) -> str | None:
        """Look up a branch, a tag, a commit, or a version of a component; None for one that does not exist."""
        if self.git is None:
            return None
        from pullcord_local.explain import git_commands

        wanted = [] if ref == LATEST else ref.split(".")
        if len(wanted) < VERSION_PARTS and all(map(str.isdecimal, wanted)):
            ref = git_commands.newest_version(self.root, wanted) or ref
        return git_commands.commit(self.root, ref)

    @cached_property
    def tracked(self) -> list[str]:
        """Every path that git tracks, sorted; without git every file."""
        from pullcord_local.explain.git_index import tracked_paths  # few configurations need it

        paths = tracked_paths(os.path.join(self.git, "index")) if self.git is not None else None
        return sorted(files_below(self.root) if paths is None else paths)

    @cached_property
    def git(self) -> str | None:
        """Folder `.git` of the repository; in a worktree or submodule a file names it."""
        path = os.path.join(self.root, ".git")
        if os.path.isfile(path):
            path = os.path.join(self.root, contents(path).partition("gitdir:")[2].strip())
        return path if os.path.isdir(path) else None


def contents(path: str) -> str:
    """Read a file. Raises OSError."""
    with open(path, "rb") as file:
        return file.read().decode(errors="replace")


def files_below(folder: str) -> Iterator[str]:
    """Yield the paths of all files below a folder, relative, with slashes."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if os.path.isfile(path):
                yield os.path.relpath(path, folder).replace(os.sep, "/")
