"""The work tree that a configuration lies in: its git repository, or else its folder."""

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from pullcord.config.context import MissingProject, MissingRef, RemoteFailure
from pullcord_local.explain.git_index import tracked_paths

REMOTE = re.compile(
    r"^\s*url\s*=\s*(?:[a-z+]+://)?(?:[^@/\s]*@)?(?P<host>[^/:\s]+)(?::\d+/|[:/])/*(?P<path>\S+?)(?:\.git)?/?\s*$",
    re.MULTILINE,
)
OFFLINE = "could not be fetched: explain reads the work tree and nothing else"


class WorkTree:
    """The compiler's window on a folder. What lies elsewhere cannot be had; `wanted` remembers what was asked for."""

    def __init__(self, root: Path, changed: frozenset[str] | None = None) -> None:
        self.root = root
        self.changed = changed
        self.wanted: list[str] = []

    @classmethod
    def around(cls, folder: Path, changed: Sequence[str] | None) -> "WorkTree":
        """The repository that a folder belongs to, or the folder itself."""
        here = folder.resolve()
        root = next((each for each in (here, *here.parents) if (each / ".git").exists()), here)
        return cls(root, None if changed is None else frozenset(changed))

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """Text of a file of the work tree."""
        self.here(project, ref, path)
        found = self.root / path
        if ".." in Path(path).parts or "\0" in path or not found.is_file():
            return None
        return found.read_bytes().decode(errors="replace")

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """Every path that git tracks; without git every file."""
        self.here(project, ref, "its files")
        return self.tracked

    @cached_property
    def tracked(self) -> list[str]:
        """Paths, sorted."""
        known = tracked_paths(self.git / "index") if self.git is not None else None
        if known is not None:
            return sorted(known)
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file())

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
    def git(self) -> Path | None:
        """The repository's own folder; a worktree or submodule has a file that says where it is."""
        place = self.root / ".git"
        if place.is_file():
            said = place.read_text(errors="replace").partition("gitdir:")[2].strip()
            place = self.root / said
        return place if place.is_dir() else None

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
        place = self.git / name if self.git is not None and ".." not in name else None
        return place.read_text(errors="replace").strip() if place is not None and place.is_file() else ""
