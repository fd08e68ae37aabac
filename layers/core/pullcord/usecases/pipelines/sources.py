"""The compiler's window to the world, opened for one pipeline."""

from collections.abc import Sequence
from typing import NamedTuple

from pullcord.config.context import MissingRef
from pullcord.errors import Refusal
from pullcord.usecases.pipelines.checkout import Checkout, has_no_such_ref, text_of
from pullcord.usecases.pipelines.other_projects import Commit, OtherProjects
from pullcord.usecases.pipelines.remote_files import RemoteFiles


class Sources(NamedTuple):
    """The project itself at the pipeline's commit, other projects of the instance, pages of other hosts."""

    checkout: Checkout
    projects: OtherProjects
    pages: RemoteFiles

    def file(self, path: str, project: str | None = None, ref: str | None = None) -> str | None:
        """Text of a file; None when there is none."""
        repository, sha = self._commit(project, ref)
        return text_of(repository, sha, path)

    def paths(self, project: str | None = None, ref: str | None = None) -> Sequence[str]:
        """All file paths, sorted."""
        repository, sha = self._commit(project, ref)
        return repository.paths(sha)

    def remote(self, url: str) -> str:
        """Body of a URL."""
        return self.pages.text(url)

    def template(self, _name: str) -> str | None:
        """The instance has no templates."""
        return None

    def changes(self, compare_to: str | None = None) -> frozenset[str] | None:
        """A trigger knows no diff of its own; against another ref there always is one."""
        if compare_to is None:
            return None
        repository = self.checkout.repository
        try:
            base = repository.find(compare_to)
        except Refusal as refusal:
            if not has_no_such_ref(refusal):
                raise
            raise MissingRef(compare_to) from refusal
        return repository.changed(base, self.checkout.sha)

    def _commit(self, project: str | None, ref: str | None) -> Commit:
        if project is not None:
            return self.projects.at(project, ref)
        return Commit(self.checkout.repository, self.checkout.sha)
