"""Which projects and groups somebody sees, in lists.

Source: https://docs.gitlab.com/api/projects/#list-all-projects and /api/groups/#list-all-groups
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from pullcord.access import Level, Membership, Source, User
from pullcord.errors import Forbidden, NotFound
from pullcord.projects import Namespace, Project, Visibility
from pullcord.times import Moment


class Users(Protocol):
    """Where users are members."""

    def memberships(self, user_id: int) -> Iterable[tuple[Source, int, Membership]]:
        """Kind and id of every group and project that a user is a direct member of."""
        ...


class Projects(Protocol):
    """Projects in lists."""

    def projects(self) -> list[Project]:
        """All there are."""
        ...


class Groups(Protocol):
    """Groups in lists."""

    def groups(self) -> list[Namespace]:
        """All there are."""
        ...


class Directory(Protocol):
    """Namespaces by id."""

    def namespace(self, namespace_id: int) -> Namespace | None:
        """One of them."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that listing touches."""

    users: Users
    projects: Projects
    groups: Groups
    directory: Directory
    moment: Moment


@dataclass(frozen=True, slots=True)
class Filter:
    """Which projects or groups to list; None and False do not ask. search: part of a name or path."""

    search: str | None = None
    membership: bool | None = None
    owned: bool | None = None
    archived: bool | None = None
    visibility: Visibility | None = None
    min_access_level: int | None = None
    top_level_only: bool | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """How to sort."""

    by: Literal["id", "name", "path", "created_at", "updated_at", "last_activity_at"] = "created_at"
    ascending: bool = False


@dataclass(frozen=True, slots=True)
class Levels:
    """A user's levels wherever they are a member, by id."""

    projects: dict[int, int]
    groups: dict[int, int]

    def in_project(self, project: Project) -> int:
        """Direct or inherited."""
        own = self.projects.get(project.id, Level.NONE)
        return max(own, *(self.groups.get(group, Level.NONE) for group in project.groups), Level.NONE)

    def in_group(self, group: Namespace) -> int:
        """Direct or inherited."""
        return max(Level.NONE, *(self.groups.get(one, Level.NONE) for one in (group.id, *group.ancestors)))


def levels(user: User | None, outside: Outside) -> Levels:
    """Everywhere that a user is a member today."""
    found = Levels({}, {})
    today = outside.moment.now[:10]
    for kind, number, membership in outside.users.memberships(user.id) if user else ():
        if membership.live(today):
            (found.projects if kind == "project" else found.groups)[number] = membership.level
    return found


def projects(
    wanted: Filter, order: Order, user: User | None, outside: Outside, among: list[Project] | None = None
) -> list[Project]:
    """The projects that somebody sees and asks for. among: of these alone."""
    known = levels(user, outside)
    found = [
        project
        for project in (outside.projects.projects() if among is None else among)
        if _seen(user, project.visibility, known.in_project(project))
        and _asked(wanted, user, known.in_project(project), project.visibility)
        and _named(wanted, project.name, project.path, project.full_path)
        and (wanted.archived is None or project.archived == wanted.archived)
    ]
    attribute = {"last_activity_at": "updated_at"}.get(order.by, order.by)
    return sorted(found, key=lambda one: (getattr(one, attribute), one.id), reverse=not order.ascending)


def groups(
    wanted: Filter, order: Order, user: User | None, outside: Outside, among: list[Namespace] | None = None
) -> list[Namespace]:
    """The groups that somebody sees and asks for. among: of these alone."""
    known = levels(user, outside)
    found = [
        group
        for group in (outside.groups.groups() if among is None else among)
        if _seen(user, group.visibility, known.in_group(group))
        and _asked(wanted, user, known.in_group(group), group.visibility)
        and _named(wanted, group.name, group.path, group.full_path)
        and not (wanted.top_level_only and group.parent_id)
    ]
    attribute = order.by if order.by in {"name", "path", "id"} else "id"
    return sorted(found, key=lambda one: (getattr(one, attribute), one.id), reverse=not order.ascending)


def namespaces(search: str | None, user: User, outside: Outside) -> list[Namespace]:
    """The groups that a user is in, and the user's own namespace; for an administrator all groups."""
    found = groups(Filter(search=search, membership=not user.admin), Order("id", ascending=True), user, outside)
    own = outside.directory.namespace(user.namespace_id) if user.namespace_id else None
    return [*([own] if own and _named(Filter(search=search), own.name, own.path, own.full_path) else []), *found]


def namespace(wanted: str, user: User, outside: Outside) -> Namespace:
    """One of those, by number or path. Raises NotFound, Forbidden."""
    for one in namespaces(None, user, outside):
        if wanted == str(one.id) or wanted.lower() == one.full_path.lower():
            return one
    if user.admin or not wanted.isdecimal():
        raise NotFound("Namespace")
    raise Forbidden(code="no_permission")


def _seen(user: User | None, visibility: Visibility, level: int) -> bool:
    open_to_all = visibility == "public" or (visibility == "internal" and user is not None)
    return open_to_all or level >= Level.GUEST or (user is not None and user.admin)


def _asked(wanted: Filter, user: User | None, level: int, visibility: Visibility) -> bool:
    minimum = max(
        wanted.min_access_level or 0,
        Level.GUEST if wanted.membership else 0,
        Level.OWNER if wanted.owned else 0,
    )
    return (user is not None or not minimum) and level >= minimum and wanted.visibility in {None, visibility}


def _named(wanted: Filter, *names: str) -> bool:
    search = (wanted.search or "").lower()
    return any(search in name.lower() for name in names)
