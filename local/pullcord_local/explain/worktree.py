"""Work tree of a configuration: its git repository, or else its folder. It reads all that the compiler asks for."""

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from pullcord.config import lazy
from pullcord.config.context import MissingProject, RemoteFailure
from pullcord_local.explain.folders import ProjectFolder, contents

if TYPE_CHECKING:
    from pullcord_local.explain.elsewhere import Elsewhere

REMOTE = re.compile(
    r"^\s*url\s*=\s*(?:[a-z+]+://)?(?:[^@/\s]*@)?(?P<host>[^/:\s]+)(?::\d+/|[:/])/*(?P<path>\S+?)(?:\.git)?/?\s*$",
    re.MULTILINE,
)
PROJECT_FILE = lazy.pattern(r"(?P<project>[^:@]+):(?P<path>[^@]+)(?:@(?P<ref>.+))?")
ORIGIN = "ref: refs/remotes/origin/"
OFFLINE = "could not be fetched: explain reads the work tree and nothing else"


class WorkTree(ProjectFolder):
    """Reader of the files of a folder, and of what is given beside it.

    missing: what the compiler asked for and is not there → the option that gives it
    project_path: of the project whose work tree this is; current: refs that stand for the work tree
    skip_missing: whether to go on without what is missing
    """

    def __init__(
        self,
        root: str | os.PathLike[str],
        changed: frozenset[str] | None = None,
        elsewhere: "Elsewhere | None" = None,
    ) -> None:
        super().__init__(root)
        self.changed = changed
        self.elsewhere = elsewhere
        self.missing: dict[str, str] = {}
        self.project_path: str | None = None
        self.current: frozenset[str] = frozenset()
        self.skip_missing = False

    @classmethod
    def around(
        cls, folder: str | os.PathLike[str], changed: Sequence[str] | None, elsewhere: "Elsewhere | None" = None
    ) -> "WorkTree":
        """Find the work tree around a folder: its repository, or the folder itself."""
        here = os.path.realpath(folder)
        root = next((each for each in parents(here) if os.path.exists(os.path.join(each, ".git"))), here)
        return cls(root, None if changed is None else frozenset(changed), elsewhere)

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """Return the text of a file of the work tree or of a project that was given; None without one.

        Raises MissingProject.
        """
        if project is None:
            return self.text(path)
        return self.folder(project, ref, path).text_at(path, ref)

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """Return every path of the work tree or of a project that was given. Raises MissingProject."""
        if project is None:
            return self.tracked
        try:
            return self.folder(project, ref, "its files").paths_at(ref)
        except MissingProject:
            if not self.skip_missing:
                raise
            self.notes.append(f"project {project} is not at hand: rules:exists finds nothing in it")
            return ()

    def folder(self, project: str, ref: str | None, files: str) -> ProjectFolder:
        """Look up the folder of a project. Raises MissingProject."""
        found = self.elsewhere.projects.get(project.lower()) if self.elsewhere is not None else None
        if found is not None:
            return found
        if self.project_path is not None and project.lower() == self.project_path.lower():
            return self
        self.missing[f"{files} of project {project}" + (f" at {ref}" if ref else "")] = f"--include {project}=DIR"
        raise MissingProject

    def is_current(self, ref: str) -> bool:
        """Whether a ref stands for the work tree: its branch, its commit, or that of the pipeline."""
        return ref in self.current or ref in {self.branch, self.sha}

    def remote(self, url: str) -> str:
        """Return the text that was given for a URL. Raises RemoteFailure."""
        found = self.elsewhere.remote(url) if self.elsewhere is not None else None
        if found is None:
            self.missing[url] = f"--remote {url}=FILE"
            raise RemoteFailure(OFFLINE)
        return found

    def template(self, name: str) -> str | None:
        """Return a template that was given; work trees have none."""
        found = self.elsewhere.template(name) if self.elsewhere is not None else None
        if found is None:
            self.missing[f"template {name}"] = "--templates DIR"
        return found

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        """Return the changed paths that were given. They count for whatever is compared; None without any."""
        del compare_to
        return self.changed

    @property
    def all_notes(self) -> list[str]:
        """Notes about refs and projects that were not read as the configuration asks for."""
        return list(dict.fromkeys([*self.notes, *(self.elsewhere.notes if self.elsewhere is not None else ())]))

    def source(self, name: str) -> str | None:
        """Return the text of a file by its name in a location; None if it is not at hand."""
        if ":" not in name:
            return self.text(name)
        if self.elsewhere is None:
            return None
        if name in self.elsewhere.remotes:
            return self.elsewhere.remote(name)
        found = PROJECT_FILE().fullmatch(name)
        folder = self.elsewhere.projects.get(found["project"].lower()) if found else None
        return folder.text_at(found["path"], found["ref"]) if folder and found else None

    @property
    def branch(self) -> str | None:
        """Checked-out branch."""
        git_text = self.git_text("HEAD")
        return git_text.removeprefix("ref: refs/heads/") if git_text.startswith("ref: refs/heads/") else None

    @property
    def default_branch(self) -> str | None:
        """Default branch of the remote `origin`, as the clone knows it."""
        git_text = self.git_text("refs/remotes/origin/HEAD")
        return git_text.removeprefix(ORIGIN) if git_text.startswith(ORIGIN) else None

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


def parents(folder: str) -> Iterator[str]:
    """Yield a folder and all its parents."""
    yield folder
    while (above := os.path.dirname(folder)) != folder:
        yield (folder := above)
