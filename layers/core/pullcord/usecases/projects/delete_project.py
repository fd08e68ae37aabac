"""Delete a project: first its trigger tokens, then the project, so that no token outlives its project.

Source: https://docs.gitlab.com/api/projects/#delete-a-project
"""

from dataclasses import dataclass

from pullcord.projects import Project
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.people_ports import Projects
from pullcord.usecases.ports import TriggerTokens


@dataclass(frozen=True, slots=True)
class DeleteProjectDeps:
    """The stores and services that deleting a project uses; every `deps.` below is an effect."""

    projects: Projects
    triggers: TriggerTokens


def delete_project(access: ProjectAccess, deps: DeleteProjectDeps) -> None:
    """Delete a project. Raises Forbidden for anybody but its owners."""
    access.require("remove_project")
    delete_completely(access.project, deps)


def delete_completely(project: Project, deps: DeleteProjectDeps) -> None:
    """Delete a project and its tokens, without a check of rights. A repeated call finishes what an earlier one began."""
    deps.triggers.delete_of_project(project.id)
    deps.projects.delete_project(project)
    deps.triggers.delete_of_project(project.id)
