"""Make a project of a git remote.

Source: https://docs.gitlab.com/api/projects/#create-a-project
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from pullcord.access import User
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

    def add_project(self, project: Project, owner: int, now: str) -> bool:
        """Store a project and its owner; False when the path is taken."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that making a project touches. allow: raises a refusal for a remote that is not allowed."""

    directory: Directory
    allow: Callable[[str], object]
    moment: Moment


def create_project(wanted: NewProject, user: User, outside: Outside) -> Project:
    """Check name, path, namespace and remote; store the project with its creator as owner.

    Raises Invalid (one problem for each field), NotFound (namespace).
    """
    path = wanted.path or _path_of(wanted.name or "")
    if problem := _path_problem(path):
        raise Invalid({"path": [problem]})
    _check_remote(wanted.import_url, outside)
    namespace = _namespace(wanted, user, outside.directory)
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
    if not outside.directory.add_project(project, user.id, now):
        raise Invalid({"path": ["has already been taken"], "name": ["has already been taken"]}, code="taken")
    return project


def _check_remote(remote: str, outside: Outside) -> None:
    try:
        outside.allow(remote)
    except Refusal as refusal:
        raise Invalid({"import_url": [f"is blocked: {refusal.message}"]}, code=refusal.code) from refusal


def _namespace(wanted: NewProject, user: User, directory: Directory) -> Namespace:
    if wanted.namespace_id is None:
        namespace = directory.namespace_of(user)
    else:
        namespace = directory.namespace(wanted.namespace_id)
    if namespace is None:
        raise NotFound("Namespace")
    if not user.admin and namespace.owner_id != user.id:
        raise Invalid({"namespace": ["is not valid"]}, code="no_permission")
    return namespace


def _path_of(name: str) -> str:
    """A path out of a name, as GitLab makes one."""
    return re.sub(r"-{2,}", "-", re.sub(r"[^a-z0-9_.-]", "-", name.lower())).strip("-.")


def _path_problem(path: str) -> str | None:
    if len(path) > 255:
        return "is too long (maximum is 255 characters)"
    if not PATH.match(path) or path.lower().endswith((".git", ".atom")):
        return PATH_RULE
    return None
