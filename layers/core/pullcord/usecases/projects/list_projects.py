"""List the projects and groups that a user sees.

Source: https://docs.gitlab.com/api/projects/#list-all-projects and /api/groups/#list-all-groups
"""

from dataclasses import dataclass
from typing import Literal

from pullcord.access import Level, User, is_visible
from pullcord.projects import Namespace, Project, Visibility
from pullcord.times import Runtime
from pullcord.usecases.auth.project_access import ProjectAccess, project_access
from pullcord.usecases.people_ports import Directory, Groups, Projects, UserAccounts


@dataclass(frozen=True, slots=True)
class ListDeps:
    """The stores and services that listing uses; every `deps.` below is an effect."""

    users: UserAccounts
    projects: Projects
    groups: Groups
    directory: Directory
    runtime: Runtime


@dataclass(frozen=True, slots=True)
class ProjectFilter:
    """Criteria of a list of projects or groups; None: any. search: part of a name or path."""

    search: str | None = None
    membership: bool | None = None
    owned: bool | None = None
    archived: bool | None = None
    visibility: Visibility | None = None
    min_access_level: int | None = None
    top_level_only: bool | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """The order of a list."""

    by: Literal["id", "name", "path", "created_at", "updated_at", "last_activity_at"] = "created_at"
    ascending: bool = False


@dataclass(frozen=True, slots=True)
class Levels:
    """A user's levels in projects and groups, by id."""

    projects: dict[int, int]
    groups: dict[int, int]

    def in_project(self, project: Project) -> int:
        """The user's level in a project, direct or inherited."""
        own = self.projects.get(project.id, Level.NONE)
        return max(own, *(self.groups.get(group, Level.NONE) for group in project.groups), Level.NONE)

    def in_group(self, group: Namespace) -> int:
        """The user's level in a group, direct or inherited."""
        return max(Level.NONE, *(self.groups.get(group_id, Level.NONE) for group_id in (group.id, *group.ancestors)))


def levels(user: User | None, deps: ListDeps) -> Levels:
    """The user's levels that have not expired."""
    found = Levels({}, {})
    today = deps.runtime.today
    for kind, number, membership in deps.users.memberships(user.id) if user else ():
        if membership.live(today):
            (found.projects if kind == "project" else found.groups)[number] = membership.level
    return found


def list_projects(
    wanted: ProjectFilter, order: Order, user: User | None, deps: ListDeps, among: list[Project] | None = None
) -> list[ProjectAccess]:
    """The matching projects that a user sees, and their rights there. among: the projects to choose from; all by default."""
    known = levels(user, deps)
    found = [
        project
        for project in (deps.projects.projects() if among is None else among)
        if _is_visible(user, project.visibility, known.in_project(project))
        and _matches(wanted, user, known.in_project(project), project.visibility)
        and matches_search(wanted.search, project.name, project.path, project.full_path)
        and (wanted.archived is None or project.archived == wanted.archived)
    ]
    attribute = {"last_activity_at": "updated_at"}.get(order.by, order.by)
    ordered = sorted(found, key=lambda found: (getattr(found, attribute), found.id), reverse=not order.ascending)
    return [project_access(project, user, Level(known.in_project(project))) for project in ordered]


def list_groups(
    wanted: ProjectFilter, order: Order, user: User | None, deps: ListDeps, among: list[Namespace] | None = None
) -> list[Namespace]:
    """The matching groups that a user sees. among: the groups to choose from; all by default."""
    known = levels(user, deps)
    found = [
        group
        for group in (deps.groups.groups() if among is None else among)
        if _is_visible(user, group.visibility, known.in_group(group))
        and _matches(wanted, user, known.in_group(group), group.visibility)
        and matches_search(wanted.search, group.name, group.path, group.full_path)
        and not (wanted.top_level_only and group.parent_id)
    ]
    attribute = order.by if order.by in {"name", "path", "id"} else "id"
    return sorted(found, key=lambda found: (getattr(found, attribute), found.id), reverse=not order.ascending)


def _is_visible(user: User | None, visibility: Visibility, level: int) -> bool:
    return is_visible(visibility, user) or level >= Level.GUEST or (user is not None and user.admin)


def _matches(wanted: ProjectFilter, user: User | None, level: int, visibility: Visibility) -> bool:
    minimum = max(
        wanted.min_access_level or 0,
        Level.GUEST if wanted.membership else 0,
        Level.OWNER if wanted.owned else 0,
    )
    return (user is not None or not minimum) and level >= minimum and wanted.visibility in {None, visibility}


def matches_search(search: str | None, *names: str) -> bool:
    """Whether one of the names contains the text, whatever its letters' case."""
    return any((search or "").lower() in name.lower() for name in names)
