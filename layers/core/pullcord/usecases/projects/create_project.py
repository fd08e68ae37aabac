"""Create a project of a git remote.

Source: https://docs.gitlab.com/api/projects/#create-a-project
"""

from copy import replace
from dataclasses import dataclass

from pullcord import access
from pullcord.access import User
from pullcord.errors import Invalid, ProjectLimitReached
from pullcord.ids import IdTaken, with_new_id
from pullcord.naming import name_problem, path_of, path_problem
from pullcord.projects import Namespace, NewProject, Project, too_visible
from pullcord.times import Runtime
from pullcord.usecases.people_ports import Directory, Projects
from pullcord.usecases.projects.remotes import Remotes

NO_NAMESPACE = {"namespace": ["is not valid"]}
"""The problem of a namespace that does not exist or in which the user may not create projects: one answer for both."""
TAKEN = {"path": ["has already been taken"], "name": ["has already been taken"]}


@dataclass(frozen=True, slots=True)
class CreateProjectDeps:
    """The stores and services that creating a project uses; every `deps.` below is an effect."""

    directory: Directory
    projects: Projects
    remotes: Remotes
    runtime: Runtime


def create_project(wanted: NewProject, user: User, deps: CreateProjectDeps) -> Project:
    """Check name, path, namespace and remote; store the project. In a user's own namespace, that user owns it.

    Raises Invalid (one problem for each field), ProjectLimitReached.
    """
    return with_new_id(deps.runtime.new_id, lambda number: _store(number, wanted, user, deps))


def _store(project_id: int, wanted: NewProject, user: User, deps: CreateProjectDeps) -> Project:
    """Store a project under this id. Raises `ids.Taken`."""
    path = wanted.path or path_of(wanted.name or "")
    check_names(wanted.name or path, path, path)
    remote = deps.remotes.fields(wanted.import_url, project_id)
    namespace = _namespace(wanted, user, deps)
    now = deps.runtime.now
    project = Project(
        id=project_id,
        name=wanted.name or path,
        path=path,
        namespace_id=namespace.id,
        namespace_path=namespace.full_path,
        namespace_name=namespace.display_name,
        namespace_kind=namespace.kind,
        groups=namespace.groups,
        creator_id=user.id,
        created_at=now,
        updated_at=now,
        **remote,
        **wanted.settings,
    )
    check_names(project.name, project.path, project.full_path)
    check_visibility(project, namespace)
    project = replace(project, **deps.remotes.config_fields(project.ci_config_path, project.id))
    owner = namespace.owner_id if namespace.kind == "user" else None
    failed = deps.projects.add_project(project, namespace, owner)
    if "path" in failed:
        raise Invalid(TAKEN, code="taken")
    if "namespace" in failed:
        raise Invalid(NO_NAMESPACE)
    if failed:
        raise IdTaken
    return project


def check_names(name: str, path: str, full_path: str) -> None:
    """Raise Invalid for a name or path that a project may not have."""
    problems = {"name": name_problem(name), "path": path_problem(path, full_path)}
    if found := {field: [problem] for field, problem in problems.items() if problem}:
        raise Invalid(found)


def check_visibility(project: Project, namespace: Namespace) -> None:
    """Raise Invalid for a project that would be more visible than its group."""
    if namespace.kind == "group" and too_visible(project.visibility, namespace.visibility):
        phrase = f"{project.visibility} is not allowed in a {namespace.visibility} group."
        raise Invalid({"visibility_level": [phrase]})


def _namespace(wanted: NewProject, user: User, deps: CreateProjectDeps) -> Namespace:
    directory = deps.directory
    if wanted.namespace_id is None:
        namespace = directory.namespace_of(user)
    else:
        namespace = directory.namespace(wanted.namespace_id)
    if namespace is None or not _may_create_in(namespace, user, deps):
        raise Invalid(NO_NAMESPACE)
    if namespace.kind == "user" and not user.projects_limit:
        raise ProjectLimitReached
    return namespace


def _may_create_in(namespace: Namespace, user: User, deps: CreateProjectDeps) -> bool:
    """Whether it is the user's own namespace, or a group that they maintain."""
    if user.admin or namespace.kind == "user":
        return user.admin or namespace.owner_id == user.id
    group, memberships = deps.directory.group_memberships(namespace.id, user.id)
    level = access.highest(memberships, deps.runtime.today)
    return group is not None and "create_projects" in access.group_abilities(user, level, group)
