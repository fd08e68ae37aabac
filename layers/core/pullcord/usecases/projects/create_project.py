"""Make a project of a git remote.

Source: https://docs.gitlab.com/api/projects/#create-a-project
"""

from dataclasses import dataclass
from typing import Protocol

from pullcord import access
from pullcord.access import Membership, User
from pullcord.errors import Invalid, NotFound
from pullcord.ids import Taken, numbered
from pullcord.naming import name_problem, path_of, path_problem
from pullcord.projects import Namespace, NewProject, Project, too_visible
from pullcord.times import Moment
from pullcord.usecases.projects.remotes import Remotes

TAKEN = {"path": ["has already been taken"], "name": ["has already been taken"]}


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

    def add_project(self, project: Project, namespace: Namespace, owner: int | None) -> frozenset[str]:
        """Store a project and its owner, if it has one of its own; what stood in the way: `path`, `namespace`, `id`."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that making a project touches."""

    directory: Directory
    projects: Projects
    remotes: Remotes
    moment: Moment


def create_project(wanted: NewProject, user: User, outside: Outside) -> Project:
    """Check name, path, namespace and remote; store the project. In a user's own namespace, that user owns it.

    Raises Invalid (one problem for each field), NotFound (namespace).
    """
    return numbered(outside.moment.new_id, lambda number: _made(number, wanted, user, outside))


def _made(project_id: int, wanted: NewProject, user: User, outside: Outside) -> Project:
    """Store a project under this id. Raises `ids.Taken`."""
    path = wanted.path or path_of(wanted.name or "")
    refuse_names(wanted.name or path, path, path)
    remote = outside.remotes.fields(wanted.import_url, project_id)
    namespace = _namespace(wanted, user, outside)
    now = outside.moment.now
    project = Project(
        id=project_id,
        name=wanted.name or path,
        path=path,
        namespace_id=namespace.id,
        namespace_path=namespace.full_path,
        namespace_name=namespace.shown_name,
        namespace_kind=namespace.kind,
        groups=namespace.groups,
        creator_id=user.id,
        created_at=now,
        updated_at=now,
        **remote,
        **wanted.settings,
    )
    refuse_names(project.name, project.path, project.full_path)
    check_visibility(project, namespace)
    owner = namespace.owner_id if namespace.kind == "user" else None
    failed = outside.projects.add_project(project, namespace, owner)
    if "path" in failed:
        raise Invalid(TAKEN, code="taken")
    if "namespace" in failed:
        raise NotFound("Namespace")
    if failed:
        raise Taken
    return project


def refuse_names(name: str, path: str, full_path: str) -> None:
    """Raise Invalid for a name or path that no project may have."""
    problems = {"name": name_problem(name), "path": path_problem(path, full_path)}
    if found := {field: [problem] for field, problem in problems.items() if problem}:
        raise Invalid(found)


def check_visibility(project: Project, namespace: Namespace) -> None:
    """Raise Invalid for a project that would be open to more people than its group."""
    if namespace.kind == "group" and too_visible(project.visibility, namespace.visibility):
        phrase = f"{project.visibility} is not allowed in a {namespace.visibility} group."
        raise Invalid({"visibility_level": [phrase]})


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
