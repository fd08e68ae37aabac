"""Files of a batch request."""

from collections.abc import Mapping, Sequence

from pullcord.config.context import MissingProject, MissingRef, RemoteFailure
from pullcord_local.explain.requests import mapping
from pullcord_local.explain.situation import Situation

REFS = frozenset({"main", "v1", "feature", "HEAD"})
"""Refs of every other project of a request."""

NOT_FOUND = "could not be fetched after 1 attempt because of HTTP code `404` error!"


class RequestFiles:
    """Reader of the files and diffs in one request. own: path of its project, whose files are the same at every ref."""

    def __init__(self, request: Mapping[str, object], situation: Situation) -> None:
        self.own = situation.path.lower()
        self.files = mapping(request, "files")
        self.others = {path.lower(): files for path, files in mapping(request, "project_files").items()}
        self.remotes = mapping(request, "remote_files")
        self.templates = mapping(request, "templates")
        self.repository = request.get("repo_files")
        self.changed = request.get("changes")
        self.compared = mapping(request, "compare_to")

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """Return the text of a file."""
        return text_of(self.tree(project, ref), path)

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """Return all paths of a project."""
        more = self.repository if project is None and isinstance(self.repository, Sequence) else ()
        return sorted({*self.tree(project, ref), *map(str, more)})

    def tree(self, project: str | None, ref: str | None) -> Mapping[str, object]:
        """Return the files of a project. Raises MissingProject, MissingRef."""
        if project is None:
            return self.files
        files = self.others.get(project.lower(), self.files if project.lower() == self.own else None)
        if files is self.files:
            return self.files
        if not isinstance(files, Mapping):
            raise MissingProject
        if ref is not None and ref not in REFS:
            raise MissingRef
        return files

    def remote(self, url: str) -> str:
        """Return the body of a URL. Raises RemoteFailure."""
        body = text_of(self.remotes, url)
        if body is None:
            raise RemoteFailure(NOT_FOUND)
        return body

    def template(self, name: str) -> str | None:
        """Return an instance template."""
        return text_of(self.templates, name)

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        """Return the changed paths. Raises MissingRef."""
        if compare_to is None:
            return paths(self.changed)
        if compare_to not in self.compared:
            raise MissingRef
        return paths(self.compared[compare_to])


def text_of(files: Mapping[str, object], name: str) -> str | None:
    """Return a text by its name; None without one."""
    value = files.get(name)
    return None if value is None else str(value)


def paths(value: object) -> frozenset[str] | None:
    """Convert a list of paths; None for anything else."""
    return frozenset(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else None
