"""Job token allowlists: the projects and groups whose job tokens a project accepts, without deleted ones."""

from dataclasses import dataclass

from pullcord.projects import Namespace, Project
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.people_ports import Groups, Projects


@dataclass(frozen=True, slots=True)
class Allowlists:
    """Reads the allowlists of a project."""

    in_projects: Projects
    in_groups: Groups

    def projects(self, access: ProjectAccess) -> list[Project]:
        """The project itself, then the projects on its allowlist. Raises Forbidden."""
        access.require("admin_project")
        return [access.project, *self.in_projects.projects(list(access.project.job_token_projects))]

    def groups(self, access: ProjectAccess) -> list[Namespace]:
        """The groups on its allowlist. Raises Forbidden."""
        access.require("admin_project")
        return self.in_groups.groups(list(access.project.job_token_groups))
