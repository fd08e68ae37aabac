"""Manage groups: create, change and delete them.

Source: https://docs.gitlab.com/api/groups
"""

import json
from collections.abc import Container, Iterable, Mapping
from copy import replace
from dataclasses import dataclass
from typing import Any

from pullcord.access import User
from pullcord.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound
from pullcord.ids import IdTaken, with_new_id
from pullcord.naming import group_name_problems, namespace_path_problems
from pullcord.projects import Namespace, Project, too_visible
from pullcord.times import Runtime
from pullcord.usecases.auth.group_access import GroupAccess, authorize_group
from pullcord.usecases.people_ports import Directory, Groups, Projects, Sequences
from pullcord.usecases.projects import delete_project

ATTEMPTS = 5
"""Attempts to change what somebody else changes at the same time."""


@dataclass(frozen=True, slots=True)
class GroupDeps:
    """The stores and services that managing groups uses; every `deps.` below is an effect."""

    directory: Directory
    groups: Groups
    projects: Projects
    deleting: delete_project.DeleteProjectDeps
    sequences: Sequences
    runtime: Runtime


def create_group(wanted: Mapping[str, Any], user: User, deps: GroupDeps) -> Namespace:
    """Create a group that the caller owns. Raises Forbidden, NotFound (parent), BadRequest (path).

    wanted: `name` and `path`; `parent_id`, `description`, `visibility`
    """
    parent = _parent(wanted.get("parent_id"), user, deps)
    if parent is None and not user.may_create_groups:
        raise Forbidden(code="no_permission")
    above = (f"{parent.full_path}/", f"{parent.display_name} / ") if parent else ("", "")
    fields = {name: value for name, value in wanted.items() if value is not None}
    group = Namespace(
        id=0,
        full_path=above[0] + wanted["path"],
        full_name=above[1] + wanted["name"],
        ancestors=parent.groups if parent else (),
        created_at=deps.runtime.now,
        **fields,
    )
    if problems := _problems(group, parent, {"name", "path", "visibility"}):
        raise _not_saved(problems)
    return with_new_id(
        lambda: deps.sequences.next("namespaces"), lambda ids: _store(replace(group, id=ids[0]), parent, user, deps)
    )


def _store(group: Namespace, parent: Namespace | None, user: User, deps: GroupDeps) -> Namespace:
    """Store a group. Raises BadRequest, NotFound, `ids.IdTaken`."""
    failed = deps.groups.add_group(group, parent, user.id)
    if "path" in failed:
        raise _not_saved({"path": ["has already been taken"]}, code="taken")
    if "parent" in failed:
        raise NotFound("Group")
    if failed:
        raise IdTaken
    return group


def update_group(access: GroupAccess, wanted: Mapping[str, Any], deps: GroupDeps) -> Namespace:
    """Change the given fields of a group. Raises Forbidden, Invalid, Conflict."""
    access.require("admin_group")
    for _ in range(ATTEMPTS):
        old = _current(access.group.id, deps)
        parent = deps.directory.namespace(old.parent_id) if old.parent_id else None
        new = _changed(old, wanted)
        hidden = _hidden_inside(new, deps) if new.visibility != old.visibility else {}
        if problems := {**hidden, **_problems(new, parent, wanted.keys())}:
            raise Invalid(problems)
        failed = deps.groups.change_group(old, new, projects_below(old, deps))
        if "path" in failed:
            raise Invalid({"path": ["has already been taken"]}, code="taken")
        if "many" in failed:
            raise Invalid({"path": ["cannot be changed: too many groups and projects are below"]}, code="too_many")
        if not failed:
            return new
    raise Conflict("409 Conflict", code="busy")


def delete_group(access: GroupAccess, deps: GroupDeps) -> None:
    """Delete a group with everything in it. Raises Forbidden, Conflict (something was added meanwhile)."""
    access.require("admin_group")
    for group in [*reversed(deps.groups.groups_below(access.group.id)), access.group]:
        _delete_completely(group.id, deps)


def projects_below(group: Namespace, deps: GroupDeps) -> list[Project]:
    """All projects in a group and in the groups below it."""
    groups = [group, *deps.groups.groups_below(group.id)]
    return [project for one in groups for project in deps.projects.projects_in(one.id)]


def _delete_completely(group_id: int, deps: GroupDeps) -> None:
    for _ in range(ATTEMPTS):
        group = deps.directory.namespace(group_id)
        if group is None:
            return
        for project in deps.projects.projects_in(group_id):
            delete_project.delete_completely(project, deps.deleting)
        for below in deps.groups.groups_below(group_id):
            _delete_completely(below.id, deps)
        if deps.groups.delete_group(group):
            return
    raise Conflict("409 Conflict", code="busy")


def _parent(parent_id: int | None, user: User, deps: GroupDeps) -> Namespace | None:
    if parent_id is None:
        return None
    access = authorize_group(str(parent_id), user, deps.directory, deps.runtime.today)
    access.require("create_subgroup")
    return access.group


def _current(group_id: int, deps: GroupDeps) -> Namespace:
    group = deps.directory.namespace(group_id)
    if group is None:
        raise NotFound("Group")
    return group


def _changed(old: Namespace, wanted: Mapping[str, Any]) -> Namespace:
    new = replace(old, **wanted)
    path_above = old.full_path.removesuffix(old.path)
    name_above = old.display_name.removesuffix(old.name)
    return replace(new, full_path=path_above + new.path, full_name=name_above + new.name)


def _problems(group: Namespace, parent: Namespace | None, changed: Container[str]) -> dict[str, list[str]]:
    """The problems with the fields that change. Stored names and paths stay valid whatever the rules become."""
    problems: dict[str, list[str]] = {}
    if "name" in changed and (phrases := group_name_problems(group.name)):
        problems["name"] = phrases
    if "path" in changed and (phrases := namespace_path_problems(group.path, group.full_path, top=parent is None)):
        problems["path"] = phrases
    if parent is not None and too_visible(group.visibility, parent.visibility):
        phrase = f"{group.visibility} is not allowed since the parent group has a {parent.visibility} visibility."
        problems["visibility_level"] = [phrase]
    return problems


def _hidden_inside(group: Namespace, deps: GroupDeps) -> dict[str, list[str]]:
    """The problems of a group that would be less visible than the projects or groups in it."""
    phrases: list[str] = []
    if any(too_visible(project.visibility, group.visibility) for project in deps.projects.projects_in(group.id)):
        phrases.append(f"{group.visibility} is not allowed since this group contains projects with higher visibility.")
    below = [one for one in deps.groups.groups_below(group.id) if one.parent_id == group.id]
    if any(too_visible(one.visibility, group.visibility) for one in below):
        phrases.append(f"{group.visibility} is not allowed since there are sub-groups with higher visibility.")
    return {"visibility_level": phrases} if phrases else {}


def _not_saved(problems: Mapping[str, Iterable[str]], code: str = "invalid") -> BadRequest:
    """The refusal of an invalid new group, in GitLab's words, which print fields in Ruby's notation."""
    inner = ", ".join(f":{field}=>{json.dumps(list(phrases))}" for field, phrases in problems.items())
    return BadRequest(f"Failed to save group {{{inner}}}", code=code)
