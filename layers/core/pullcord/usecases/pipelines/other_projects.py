"""Other projects of the instance, as a configuration may read them: with the rights of the pipeline's user.

Source: https://docs.gitlab.com/ci/yaml/#includeproject
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from pullcord import access
from pullcord.access import Level, User
from pullcord.config.context import MissingProject, MissingRef
from pullcord.errors import Refusal
from pullcord.projects import Project
from pullcord.usecases.auth.project_access import Directory
from pullcord.usecases.pipelines.checkout import Repository, has_no_such_ref
from pullcord.usecases.pipelines.hosts import Visit
from pullcord.usecases.ports import Peppers
from pullcord.usecases.projects import remotes

HEAD = "HEAD"


class Commit(NamedTuple):
    """A repository and one of its commits."""

    repository: Repository
    sha: str


@dataclass
class OtherProjects:
    """Each project and each ref is looked up once, so that all files of a pipeline come from the same commit."""

    user: User
    directory: Directory
    visit: Visit
    peppers: Peppers
    today: str
    projects: dict[str, Project | None] = field(default_factory=dict)
    repositories: dict[int, Repository] = field(default_factory=dict)
    commits: dict[tuple[str, str], Commit | None] = field(default_factory=dict)

    def at(self, path: str, ref: str | None) -> Commit:
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
        """The project at exactly this path: one that has left it is not followed."""
        number = self.directory.project_id(path)
        stood = self.directory.standing(number, self.user.id) if number else None
        if stood is None or stood.project is None or stood.project.full_path.lower() != path.lower():
            return None
        level = Level.OWNER if self.user.admin else access.highest(stood.memberships, self.today)
        return stood.project if "read_code" in access.abilities(self.user, level, stood.project) else None

    def _commit(self, project: Project, ref: str) -> Commit | None:
        if project.id not in self.repositories:
            login = remotes.login_of(project, self.peppers)
            self.repositories[project.id] = self.visit.repository(project.import_url, login)
        repository = self.repositories[project.id]
        default = [project.default_branch] if ref == HEAD and project.default_branch else []
        for revision in (*default, ref):
            try:
                return Commit(repository, repository.find(revision))
            except Refusal as refusal:
                if not has_no_such_ref(refusal):
                    raise
        return None
