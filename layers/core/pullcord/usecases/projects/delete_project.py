"""Delete a project: first its trigger tokens, then the project, so that nothing ever opens what is not there.

Source: https://docs.gitlab.com/api/projects/#delete-a-project
"""

from dataclasses import dataclass
from typing import Protocol

from pullcord.projects import Project
from pullcord.usecases.auth.project_access import Standing


class Projects(Protocol):
    """Where projects are kept."""

    def delete_project(self, project: Project) -> None:
        """Take one away with all that is in it."""
        ...


class Triggers(Protocol):
    """Trigger tokens."""

    def delete_of_project(self, project_id: int) -> None:
        """Revoke all of a project."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that deleting a project touches."""

    projects: Projects
    triggers: Triggers


def delete_project(standing: Standing, outside: Outside) -> None:
    """Take a project away. Raises Forbidden for anybody but its owners."""
    standing.needs("remove_project")
    take_away(standing.project, outside)


def take_away(project: Project, outside: Outside) -> None:
    """Take a project away, whoever wants it. A second try finishes what a first one has begun."""
    outside.triggers.delete_of_project(project.id)
    outside.projects.delete_project(project)
    outside.triggers.delete_of_project(project.id)
