"""Make a project of a git remote.

Source: https://docs.gitlab.com/api/projects/#create-a-project
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pullcord import access
from pullcord.access import Membership, User
from pullcord.errors import Invalid, NotFound, Refusal
from pullcord.projects import Namespace, NewProject, Project
from pullcord.times import Moment

PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?<![.-])\Z")
PATH_RULE = "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.git' or end in '.atom'"


class Directory(Protocol):
    """Where projects and namespaces are kept."""

    def namespace(self, namespace_id: int) -> Namespace | None:
        """A namespace by id."""
        ...

    def namespace_of(self, user: User) -> Namespace | None:
        """A user's own namespace."""
        ...

    def group_standing(self, group_id: int, user_id: int | None) -> tuple[Namespace | None, tuple[Membership, ...]]:
        """A group, None if it is not there, and a user's memberships in it and above it."""
        ...


class Projects(Protocol):
    """Where projects are kept."""

    def add_project(self, project: Project, owner: int | None, now: str) -> frozenset[str]:
        """Store a project and its owner, if it has one of its own; what stood in the way: `path`, `namespace`."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that making a project touches. allow: raises a refusal for a remote that is not allowed."""

    directory: Directory
    projects: Projects
    allow: Callable[[str], object]
    moment: Moment


def create_project(wanted: NewProject, user: User, outside: Outside) -> Project:
    """Check name, path, namespace and remote; store the project. In a user's own namespace, that user owns it.

    Raises Invalid (one problem for each field), NotFound (namespace).
    """
    path = wanted.path or _path_of(wanted.name or "")
    if problem := _path_problem(path):
        raise Invalid({"path": [problem]})
    _check_remote(wanted.import_url, outside)
    namespace = _namespace(wanted, user, outside)
    now = outside.moment.now
    project = Project(
        id=outside.moment.new_id(),
        name=wanted.name or path,
        path=path,
        namespace_id=namespace.id,
        namespace_path=namespace.full_path,
        namespace_name=namespace.name,
        namespace_kind=namespace.kind,
        groups=(namespace.id, *namespace.ancestors) if namespace.kind == "group" else (),
        import_url=wanted.import_url,
        default_branch=wanted.default_branch,
        visibility=wanted.visibility,
        creator_id=user.id,
        description=wanted.description,
        ci_config_path=wanted.ci_config_path or None,
        created_at=now,
        updated_at=now,
    )
    owner = namespace.owner_id if namespace.kind == "user" else None
    failed = outside.projects.add_project(project, owner, now)
    if "namespace" in failed:
        raise NotFound("Namespace")
    if failed:
        raise Invalid({"path": ["has already been taken"], "name": ["has already been taken"]}, code="taken")
    return project


def _check_remote(remote: str, outside: Outside) -> None:
    try:
        outside.allow(remote)
    except Refusal as refusal:
        raise Invalid({"import_url": [f"is blocked: {refusal.message}"]}, code=refusal.code) from refusal


def _namespace(wanted: NewProject, user: User, outside: Outside) -> Namespace:
    directory = outside.directory
    if wanted.namespace_id is None:
        namespace = directory.namespace_of(user)
    else:
        namespace = directory.namespace(wanted.namespace_id)
    if namespace is None:
        raise NotFound("Namespace")
    if not _may_create_in(namespace, user, outside):
        raise Invalid({"namespace": ["is not valid"]}, code="no_permission")
    return namespace


def _may_create_in(namespace: Namespace, user: User, outside: Outside) -> bool:
    """Whether it is the user's own namespace, or a group that they maintain."""
    if user.admin or namespace.kind == "user":
        return user.admin or namespace.owner_id == user.id
    group, memberships = outside.directory.group_standing(namespace.id, user.id)
    level = access.highest(memberships, outside.moment.now[:10])
    return group is not None and "create_projects" in access.group_abilities(user, level, group)


def _path_of(name: str) -> str:
    """A path out of a name, as GitLab makes one."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_.-]", "-", name.lower())).strip("-.")


def _path_problem(path: str) -> str | None:
    if len(path) > 255:
        return "is too long (maximum is 255 characters)"
    if not PATH.match(path) or path.lower().endswith((".git", ".atom")):
        return PATH_RULE
    return None
