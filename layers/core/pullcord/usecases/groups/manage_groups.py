"""Groups: make, change, delete and list them.

Source: https://docs.gitlab.com/api/groups
"""

import json
from collections.abc import Iterable, Mapping
from copy import replace
from dataclasses import dataclass
from typing import Any, Protocol

from pullcord.access import User
from pullcord.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound
from pullcord.ids import Taken, numbered
from pullcord.naming import RESERVED, path_problem
from pullcord.projects import Namespace, Project, too_visible
from pullcord.times import Moment
from pullcord.usecases.auth.group_access import Groups as GroupDirectory
from pullcord.usecases.auth.group_access import GroupStanding, group_standing
from pullcord.usecases.projects import delete_project

TRIES = 5
"""How often a change is tried that met somebody else's."""


class Groups(Protocol):
    """Where groups are kept."""

    def groups_below(self, group_id: int) -> list[Namespace]:
        """All groups below a group."""
        ...

    def add_group(self, group: Namespace, parent: Namespace | None, owner: int) -> frozenset[str]:
        """Store a new one; what stood in the way: `path`, `parent`, `id`."""
        ...

    def change_group(self, old: Namespace, new: Namespace, projects: list[Project]) -> frozenset[str]:
        """Store what differs, in all that is below too; what stood in the way: `path`, `many`, others to try again."""
        ...

    def delete_group(self, group: Namespace) -> bool:
        """Take an empty group away; False when something has come into it."""
        ...


class Projects(Protocol):
    """Projects of groups."""

    def projects_in(self, namespace_id: int) -> list[Project]:
        """Those of a group itself."""
        ...


class Directory(GroupDirectory, Protocol):
    """Groups by id."""

    def namespace(self, namespace_id: int) -> Namespace | None:
        """One of them."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that managing groups touches."""

    directory: Directory
    groups: Groups
    projects: Projects
    deleting: delete_project.Outside
    moment: Moment


def create(wanted: Mapping[str, Any], user: User, outside: Outside) -> Namespace:
    """Make a group that its maker owns. Raises Forbidden, NotFound (parent), BadRequest (path).

    wanted: `name` and `path`; `parent_id`, `description`, `visibility`
    """
    parent = _parent(wanted.get("parent_id"), user, outside)
    if parent is None and not (user.admin or user.can_create_group):
        raise Forbidden(code="no_permission")
    above = (f"{parent.full_path}/", f"{parent.shown_name} / ") if parent else ("", "")
    fields = {name: value for name, value in wanted.items() if value is not None}
    group = Namespace(
        id=0,
        full_path=above[0] + wanted["path"],
        full_name=above[1] + wanted["name"],
        ancestors=parent.groups if parent else (),
        created_at=outside.moment.now,
        **fields,
    )
    if problems := _problems(group, parent):
        raise _unsaved(problems)
    return numbered(outside.moment.new_id, lambda number: _added(replace(group, id=number), parent, user, outside))


def _added(group: Namespace, parent: Namespace | None, user: User, outside: Outside) -> Namespace:
    """Store a group. Raises BadRequest, NotFound, `ids.Taken`."""
    failed = outside.groups.add_group(group, parent, user.id)
    if "path" in failed:
        raise _unsaved({"path": ["has already been taken"]}, code="taken")
    if "parent" in failed:
        raise NotFound("Group")
    if failed:
        raise Taken
    return group


def update(standing: GroupStanding, wanted: Mapping[str, Any], outside: Outside) -> Namespace:
    """Change the given fields of a group. Raises Forbidden, Invalid, Conflict."""
    standing.needs("admin_group")
    for _ in range(TRIES):
        old = _still(standing.group.id, outside)
        parent = outside.directory.namespace(old.parent_id) if old.parent_id else None
        new = _changed(old, wanted)
        if problems := _problems(new, parent):
            raise Invalid(problems)
        failed = outside.groups.change_group(old, new, projects_below(old, outside))
        if "path" in failed:
            raise Invalid({"path": ["has already been taken"]}, code="taken")
        if "many" in failed:
            raise Invalid({"path": ["cannot be changed: too many groups and projects are below"]}, code="too_many")
        if not failed:
            return new
    raise Conflict("409 Conflict", code="busy")


def delete(standing: GroupStanding, outside: Outside) -> None:
    """Take a group away with all groups and projects in it. Raises Forbidden, Conflict (it was being filled)."""
    standing.needs("admin_group")
    for group in [*reversed(outside.groups.groups_below(standing.group.id)), standing.group]:
        _take_away(group.id, outside)


def projects_below(group: Namespace, outside: Outside) -> list[Project]:
    """All projects in a group and in the groups below it."""
    groups = [group, *outside.groups.groups_below(group.id)]
    return [project for one in groups for project in outside.projects.projects_in(one.id)]


def _take_away(group_id: int, outside: Outside) -> None:
    for _ in range(TRIES):
        group = outside.directory.namespace(group_id)
        if group is None:
            return
        for project in outside.projects.projects_in(group_id):
            delete_project.take_away(project, outside.deleting)
        for below in outside.groups.groups_below(group_id):
            _take_away(below.id, outside)
        if outside.groups.delete_group(group):
            return
    raise Conflict("409 Conflict", code="busy")


def _parent(parent_id: int | None, user: User, outside: Outside) -> Namespace | None:
    if parent_id is None:
        return None
    standing = group_standing(str(parent_id), user, outside.directory, outside.moment.now[:10])
    standing.needs("create_subgroup")
    return standing.group


def _still(group_id: int, outside: Outside) -> Namespace:
    group = outside.directory.namespace(group_id)
    if group is None:
        raise NotFound("Group")
    return group


def _changed(old: Namespace, wanted: Mapping[str, Any]) -> Namespace:
    new = replace(old, **wanted)
    path_above = old.full_path.removesuffix(old.path)
    name_above = old.shown_name.removesuffix(old.name)
    return replace(new, full_path=path_above + new.path, full_name=name_above + new.name)


def _problems(group: Namespace, parent: Namespace | None) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = {}
    if not group.name.strip():
        problems["name"] = ["can't be blank"]
    if problem := path_problem(group.path, group.full_path):
        problems["path"] = [problem]
    elif parent is None and group.path.lower() in RESERVED:
        problems["path"] = [f"{group.path} is a reserved name"]
    if parent is not None and too_visible(group.visibility, parent.visibility):
        phrase = f"{group.visibility} is not allowed since the parent group has a {parent.visibility} visibility."
        problems["visibility_level"] = [phrase]
    return problems


def _unsaved(problems: Mapping[str, Iterable[str]], code: str = "invalid") -> BadRequest:
    """GitLab's own words for it, which name a field as its language prints it."""
    inner = ", ".join(f":{field}=>{json.dumps(list(phrases))}" for field, phrases in problems.items())
    return BadRequest(f"Failed to save group {{{inner}}}", code=code)
