"""The work tree that a configuration lies in: its git repository, or else its folder.

Paths are plain texts here and in what `explain` always loads: `pathlib` takes longer to load than reading them does.
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
    """The compiler's window on a folder. What lies elsewhere cannot be had; `wanted` remembers what was asked for."""

    def __init__(self, root: str | os.PathLike[str], changed: frozenset[str] | None = None) -> None:
        self.root = os.fspath(root)
        self.changed = changed
        self.wanted: list[str] = []

    @classmethod
    def around(cls, folder: str | os.PathLike[str], changed: Sequence[str] | None) -> "WorkTree":
        """The repository that a folder belongs to, or the folder itself."""
        here = os.path.realpath(folder)
        root = next((each for each in upwards(here) if os.path.exists(os.path.join(each, ".git"))), here)
        return cls(root, None if changed is None else frozenset(changed))

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """Text of a file of the work tree."""
        self.here(project, ref, path)
        found = os.path.join(self.root, path)
        if ".." in path.split("/") or "\0" in path or not os.path.isfile(found):
            return None
        return contents(found)

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """Every path that git tracks; without git every file."""
        self.here(project, ref, "its files")
        return self.tracked

    @cached_property
    def tracked(self) -> list[str]:
        """Paths, sorted."""
        from pullcord_local.explain.git_index import tracked_paths  # asked for by few configurations

        known = tracked_paths(os.path.join(self.git, "index")) if self.git is not None else None
        return sorted(files_below(self.root) if known is None else known)

    def here(self, project: str | None, ref: str | None, what: str) -> None:
        """Other projects are not here. Raises MissingProject."""
        if project is not None:
            self.wanted.append(f"{what} of project {project}" + (f" at {ref}" if ref else ""))
            raise MissingProject

    def remote(self, url: str) -> str:
        """Nothing is fetched. Raises RemoteFailure."""
        self.wanted.append(url)
        raise RemoteFailure(OFFLINE)

    def template(self, name: str) -> str | None:
        """Instances have templates, work trees do not."""
        self.wanted.append(f"template {name}")
        return None

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        """The changed paths that were told. Raises MissingRef for a comparison: there is nothing to compare with."""
        if compare_to is not None and self.changed is None:
            raise MissingRef
        return self.changed

    @cached_property
    def git(self) -> str | None:
        """The repository's own folder; a worktree or submodule has a file that says where it is."""
        place = os.path.join(self.root, ".git")
        if os.path.isfile(place):
            place = os.path.join(self.root, contents(place).partition("gitdir:")[2].strip())
        return place if os.path.isdir(place) else None

    @property
    def branch(self) -> str | None:
        """The checked-out branch."""
        said = self.said("HEAD")
        return said.removeprefix("ref: refs/heads/") if said.startswith("ref: refs/heads/") else None

    @property
    def sha(self) -> str | None:
        """The checked-out commit, if its ref is not packed."""
        said = self.said("HEAD")
        sha = self.said(said.removeprefix("ref: ")) if said.startswith("ref: ") else said
        return sha if re.fullmatch(r"[0-9a-f]{40,64}", sha) else None

    @property
    def project(self) -> str | None:
        """The path of the first remote's project."""
        found = REMOTE.search(self.said("config"))
        return found["path"] if found and "/" in found["path"] else None

    @property
    def host(self) -> str | None:
        """The first remote's host."""
        found = REMOTE.search(self.said("config"))
        return found["host"] if found else None

    def said(self, name: str) -> str:
        """A small text of the repository's folder; nothing where there is none."""
        place = os.path.join(self.git, name) if self.git is not None and ".." not in name else ""
        return contents(place).strip() if os.path.isfile(place) else ""


class Configuration(NamedTuple):
    """What is explained. name: for people; filename: in the project, None for a text that is validated as it stands."""

    text: str
    name: str
    filename: str | None
    tree: WorkTree


def contents(path: str) -> str:
    """The text of a file. Raises OSError."""
    with open(path, "rb") as file:
        return file.read().decode(errors="replace")


def upwards(folder: str) -> Iterator[str]:
    """A folder and those around it."""
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        yield (folder := above)


def files_below(folder: str) -> Iterator[str]:
    """The paths of all files, from the folder on, with slashes."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if os.path.isfile(path):
                yield os.path.relpath(path, folder).replace(os.sep, "/")
