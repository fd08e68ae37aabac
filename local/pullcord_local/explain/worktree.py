"""Work tree of a configuration: its git repository, or else its folder.

Paths are plain strings here and in all that `explain` always loads: `pathlib` takes longer to load than the files.
"""

import os
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pullcord.config.context import MissingProject, MissingRef, RemoteFailure

REMOTE = re.compile(
    r"^\s*url\s*=\s*(?:[a-z+]+://)?(?:[^@/\s]*@)?(?P<host>[^/:\s]+)(?::\d+/|[:/])/*(?P<path>\S+?)(?:\.git)?/?\s*$",
    re.MULTILINE,
)
OFFLINE = "could not be fetched: explain reads the work tree and nothing else"


class WorkTree:
    """Reader of the files of a folder. missing: what the compiler asked for and is not in the folder."""

    def __init__(self, root: str | os.PathLike[str], changed: frozenset[str] | None = None) -> None:
        self.root = os.fspath(root)
        self.changed = changed
        self.missing: list[str] = []

    @classmethod
    def around(cls, folder: str | os.PathLike[str], changed: Sequence[str] | None) -> "WorkTree":
        """Find the work tree around a folder: its repository, or the folder itself."""
        here = os.path.realpath(folder)
        root = next((each for each in parents(here) if os.path.exists(os.path.join(each, ".git"))), here)
        return cls(root, None if changed is None else frozenset(changed))

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """Return the text of a file of the work tree; None without one. Raises MissingProject."""
        self.refuse_project(project, ref, path)
        found = os.path.join(self.root, path)
        if ".." in path.split("/") or "\0" in path or not os.path.isfile(found):
            return None
        return contents(found)

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """Return every path that git tracks; without git every file. Raises MissingProject."""
        self.refuse_project(project, ref, "its files")
        return self.tracked

    @cached_property
    def tracked(self) -> list[str]:
        """Tracked paths, sorted."""
        from pullcord_local.explain.git_index import tracked_paths  # few configurations need it

        paths = tracked_paths(os.path.join(self.git, "index")) if self.git is not None else None
        return sorted(files_below(self.root) if paths is None else paths)

    def refuse_project(self, project: str | None, ref: str | None, files: str) -> None:
        """Refuse to read another project. Raises MissingProject."""
        if project is not None:
            self.missing.append(f"{files} of project {project}" + (f" at {ref}" if ref else ""))
            raise MissingProject

    def remote(self, url: str) -> str:
        """Refuse to fetch a URL. Raises RemoteFailure."""
        self.missing.append(url)
        raise RemoteFailure(OFFLINE)

    def template(self, name: str) -> str | None:
        """Return None: work trees have no instance templates."""
        self.missing.append(f"template {name}")
        return None

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        """Return the changed paths that were given. Raises MissingRef for a comparison if none were."""
        if compare_to is not None and self.changed is None:
            raise MissingRef
        return self.changed

    @cached_property
    def git(self) -> str | None:
        """Folder `.git` of the repository; in a worktree or submodule a file names it."""
        path = os.path.join(self.root, ".git")
        if os.path.isfile(path):
            path = os.path.join(self.root, contents(path).partition("gitdir:")[2].strip())
        return path if os.path.isdir(path) else None

    @property
    def branch(self) -> str | None:
        """Checked-out branch."""
        git_text = self.git_text("HEAD")
        return git_text.removeprefix("ref: refs/heads/") if git_text.startswith("ref: refs/heads/") else None

    @property
    def sha(self) -> str | None:
        """Checked-out commit, if its ref is not packed."""
        git_text = self.git_text("HEAD")
        sha = self.git_text(git_text.removeprefix("ref: ")) if git_text.startswith("ref: ") else git_text
        return sha if re.fullmatch(r"[0-9a-f]{40,64}", sha) else None

    @property
    def project(self) -> str | None:
        """Path of the first remote's project."""
        found = REMOTE.search(self.git_text("config"))
        return found["path"] if found and "/" in found["path"] else None

    @property
    def host(self) -> str | None:
        """Host of the first remote."""
        found = REMOTE.search(self.git_text("config"))
        return found["host"] if found else None

    def git_text(self, name: str) -> str:
        """Read a small file of the folder `.git`; "" without one."""
        path = os.path.join(self.git, name) if self.git is not None and ".." not in name else ""
        return contents(path).strip() if os.path.isfile(path) else ""


class ExplainedConfig(NamedTuple):
    """Configuration to explain. name: for messages; filename: in the project, None for a text that is no file of it."""

    text: str
    name: str
    filename: str | None
    tree: WorkTree


def contents(path: str) -> str:
    """Read a file. Raises OSError."""
    with open(path, "rb") as file:
        return file.read().decode(errors="replace")


def parents(folder: str) -> Iterator[str]:
    """Yield a folder and all its parents."""
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        yield (folder := above)


def files_below(folder: str) -> Iterator[str]:
    """Yield the paths of all files below a folder, relative, with slashes."""
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            if os.path.isfile(path):
                yield os.path.relpath(path, folder).replace(os.sep, "/")
