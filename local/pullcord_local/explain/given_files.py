"""A world made of the files that a batch request brings along."""

from collections.abc import Mapping, Sequence

from pullcord.config.context import MissingProject, MissingRef, RemoteFailure
from pullcord_local.explain.requests import mapping

REFS = frozenset({"main", "v1", "feature", "HEAD"})
"""The refs that every other project of a request has."""

NOT_FOUND = "could not be fetched after 1 attempt because of HTTP code `404` error!"


class GivenFiles:
    """The compiler's window on one request."""

    def __init__(self, request: Mapping[str, object]) -> None:
        self.files = mapping(request, "files")
        self.others = {path.lower(): files for path, files in mapping(request, "project_files").items()}
        self.remotes = mapping(request, "remote_files")
        self.templates = mapping(request, "templates")
        self.repository = request.get("repo_files")
        self.changed = request.get("changes")
        self.compared = mapping(request, "compare_to")

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """Text of a file."""
        return found(self.tree(project, ref), path)

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """Every path that was given."""
        more = self.repository if project is None and isinstance(self.repository, Sequence) else ()
        return sorted({*self.tree(project, ref), *map(str, more)})

    def tree(self, project: str | None, ref: str | None) -> Mapping[str, object]:
        """The files of a project. Raises MissingProject, MissingRef."""
        if project is None:
            return self.files
        files = self.others.get(project.lower())
        if not isinstance(files, Mapping):
            raise MissingProject
        if ref is not None and ref not in REFS:
            raise MissingRef
        return files

    def remote(self, url: str) -> str:
        """Body of a URL. Raises RemoteFailure."""
        body = found(self.remotes, url)
        if body is None:
            raise RemoteFailure(NOT_FOUND)
        return body

    def template(self, name: str) -> str | None:
        """An instance template."""
        return found(self.templates, name)

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        """Changed paths. Raises MissingRef."""
        if compare_to is None:
            return paths(self.changed)
        if compare_to not in self.compared:
            raise MissingRef
        return paths(self.compared[compare_to])


def found(files: Mapping[str, object], name: str) -> str | None:
    """A text by its name."""
    value = files.get(name)
    return None if value is None else str(value)


def paths(value: object) -> frozenset[str] | None:
    """A list of paths; None when it is not known."""
    return frozenset(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else None
