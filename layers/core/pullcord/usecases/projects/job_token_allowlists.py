"""Whose jobs a project admits: projects and groups by name, without those that are gone."""

from dataclasses import dataclass
from typing import Protocol

from pullcord.projects import Namespace, Project
from pullcord.usecases.auth.project_access import Standing


class Projects(Protocol):
    """Projects by id."""

    def projects(self, project_ids: list[int], /) -> list[Project]:
        """Those of them that are still there."""
        ...


class Groups(Protocol):
    """Groups by id."""

    def groups(self, group_ids: list[int], /) -> list[Namespace]:
        """Those of them that are still there."""
        ...


@dataclass(frozen=True, slots=True)
class Allowed:
    """The lists, read through these."""

    in_projects: Projects
    in_groups: Groups

    def projects(self, standing: Standing) -> list[Project]:
        """The project itself, then those that it admits. Raises Forbidden."""
        standing.needs("admin_project")
        return [standing.project, *self.in_projects.projects(list(standing.project.job_token_projects))]

    def groups(self, standing: Standing) -> list[Namespace]:
        """The groups that it admits. Raises Forbidden."""
        standing.needs("admin_project")
        return self.in_groups.groups(list(standing.project.job_token_groups))
