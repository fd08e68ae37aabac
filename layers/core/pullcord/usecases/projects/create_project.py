"""Create a project of a git remote, or without one.

Source: https://docs.gitlab.com/api/projects/#create-a-project
"""

from copy import replace
from dataclasses import dataclass

from pullcord import access
from pullcord.access import User
from pullcord.errors import Invalid, ProjectLimitReached
from pullcord.ids import IdTaken, with_new_id
from pullcord.naming import path_of, project_name_problems, project_path_problems
from pullcord.projects import Namespace, NewProject, Project, too_visible
from pullcord.times import Runtime
from pullcord.usecases.people_ports import Directory, Projects, Sequences
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
    sequences: Sequences
    runtime: Runtime


def create_project(wanted: NewProject, user: User, deps: CreateProjectDeps) -> Project:
    """Check name, path, namespace and remote; store the project. In a user's own namespace, that user owns it.

    Raises Invalid (one problem for each field), ProjectLimitReached.
    """
    name, path = _names(wanted)
    namespace = _namespace(wanted, user, deps)
    if problems := name_problems(name, path, f"{namespace.full_path}/{path}"):
        raise Invalid(problems)
    remote = deps.remotes.parsed(wanted.import_url)
    now = deps.runtime.now
    project = Project(
        id=0,
        name=name,
        path=path,
        namespace_id=namespace.id,
        namespace_path=namespace.full_path,
        namespace_name=namespace.display_name,
        namespace_kind=namespace.kind,
        groups=namespace.groups,
        import_url=wanted.import_url,
        creator_id=user.id,
        created_at=now,
        updated_at=now,
        **wanted.settings,
    )
    check_visibility(project, namespace)

    def store(ids: tuple[int, ...]) -> Project:
        numbered = deps.remotes.set_remote(replace(project, id=ids[0]), wanted.import_url, remote)
        config = deps.remotes.config_fields(project.ci_config_path, numbered.id)
        return _store(replace(numbered, **config), namespace, deps)

    return with_new_id(lambda: deps.sequences.next("projects"), store)


def _names(wanted: NewProject) -> tuple[str, str]:
    """Name and path; a blank one is derived from the other."""
    name, path = wanted.name or "", wanted.path or ""
    return name if name.strip() else path, path if path.strip() else path_of(name)


def _store(project: Project, namespace: Namespace, deps: CreateProjectDeps) -> Project:
    """Store a project. Raises Invalid, `ids.IdTaken`."""
    owner = namespace.owner_id if namespace.kind == "user" else None
    failed = deps.projects.add_project(project, namespace, owner)
    if "path" in failed:
        raise Invalid(TAKEN, code="taken")
    if "namespace" in failed:
        raise Invalid(NO_NAMESPACE)
    if failed:
        raise IdTaken
    return project


def name_problems(name: str, path: str, full_path: str) -> dict[str, list[str]]:
    """The problems with a project's name and path, by field."""
    problems = {"name": project_name_problems(name), "path": project_path_problems(path, full_path)}
    return {field: phrases for field, phrases in problems.items() if phrases}


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
