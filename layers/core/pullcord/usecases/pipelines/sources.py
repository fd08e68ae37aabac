"""The files that the compiler may read for one pipeline."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from pullcord.config.context import MissingRef
from pullcord.errors import Refusal
from pullcord.usecases.pipelines.checkout import Checkout, has_no_such_ref, text_of
from pullcord.usecases.pipelines.other_projects import OtherProjects, RepositoryAt
from pullcord.usecases.pipelines.remote_files import RemoteFiles


class Sources(NamedTuple):
    """Files of the project at the pipeline's commit, of other projects of the instance, and of web servers."""

    checkout: Checkout
    projects: OtherProjects
    pages: RemoteFiles

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """The text of a file; None if it does not exist."""
        with _missing_ref(ref if project else None):
            repository, sha = self._commit(project, ref)
            return text_of(repository, sha, path)

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """All paths of files, sorted."""
        with _missing_ref(ref if project else None):
            repository, sha = self._commit(project, ref)
            return repository.paths(sha)

    def remote(self, url: str) -> str:
        """The body of a URL."""
        return self.pages.text(url)

    def template(self, _name: str) -> str | None:
        """The text of a template; this instance has none."""
        return None

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        """Paths that changed since another ref; None without a ref, since a trigger has no diff of its own."""
        if compare_to is None:
            return None
        repository = self.checkout.repository
        with _missing_ref(compare_to):
            return repository.changed(repository.find(compare_to), self.checkout.sha)

    def _commit(self, project: str | None, ref: str | None) -> RepositoryAt:
        if project is not None:
            return self.projects.at(project, ref)
        return RepositoryAt(self.checkout.repository, self.checkout.sha)


@contextmanager
def _missing_ref(ref: str | None) -> Iterator[None]:
    """Raise MissingRef when the ref does not exist or is of no commit; without a ref, every refusal as it is."""
    try:
        yield
    except Refusal as refusal:
        if ref is None or not has_no_such_ref(refusal):
            raise
        raise MissingRef(ref) from refusal
