"""Other projects of the instance, read with the rights of the pipeline's user.

Source: https://docs.gitlab.com/ci/yaml/#includeproject
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from pullcord import access, git_logins
from pullcord.access import User
from pullcord.config.context import MissingProject, MissingRef
from pullcord.errors import Refusal
from pullcord.projects import Project
from pullcord.usecases.host_ports import RemoteSession, Repository
from pullcord.usecases.people_ports import ProjectDirectory
from pullcord.usecases.pipelines.checkout import has_no_such_ref
from pullcord.usecases.ports import Peppers

HEAD = "HEAD"


class RepositoryAt(NamedTuple):
    """A repository and one of its commits."""

    repository: Repository
    sha: str


@dataclass
class OtherProjects:
    """Projects by path. Each project and ref is looked up once, so that all files of a pipeline are from the same commit."""

    user: User
    directory: ProjectDirectory
    session: RemoteSession
    peppers: Peppers
    today: str
    projects: dict[str, Project | None] = field(default_factory=dict)
    repositories: dict[int, Repository] = field(default_factory=dict)
    commits: dict[tuple[str, str], RepositoryAt | None] = field(default_factory=dict)

    def at(self, path: str, ref: str | None) -> RepositoryAt:
        """A project at a branch, tag or commit, None for its default branch.

        Raises MissingProject, also for one whose code the user may not read, and MissingRef.
        """
        if path not in self.projects:
            self.projects[path] = self._readable(path)
        project = self.projects[path]
        if project is None:
            raise MissingProject(path)
        wanted = (path, ref or HEAD)
        if wanted not in self.commits:
            self.commits[wanted] = self._commit(project, ref or HEAD)
        commit = self.commits[wanted]
        if commit is None:
            raise MissingRef(ref or HEAD)
        return commit

    def _readable(self, path: str) -> Project | None:
        """The project at exactly this path; a moved project is not followed."""
        number = self.directory.project_id(path)
        found = self.directory.project_memberships(number, self.user.id) if number else None
        if found is None or found.project is None or found.project.full_path.lower() != path.lower():
            return None
        level = access.highest(found.memberships, self.today)
        return found.project if "read_code" in access.abilities(self.user, level, found.project) else None

    def _commit(self, project: Project, ref: str) -> RepositoryAt | None:
        if not project.import_url:
            return None
        if project.id not in self.repositories:
            login = git_logins.login_of(project, self.peppers)
            self.repositories[project.id] = self.session.repository(project.import_url, login)
        repository = self.repositories[project.id]
        default = [project.default_branch] if ref == HEAD and project.default_branch else []
        for revision in (*default, ref):
            try:
                return RepositoryAt(repository, repository.find(revision))
            except Refusal as refusal:
                if not has_no_such_ref(refusal):
                    raise
        return None
