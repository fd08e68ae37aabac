"""Change a project: its name and path, how pipelines are made, whose jobs may call it; archive and unarchive it.

Source: https://docs.gitlab.com/api/projects/#edit-a-project and /api/project_job_token_scopes
"""

from collections.abc import Callable, Mapping
from copy import replace
from dataclasses import dataclass
from typing import Any, Protocol

from pullcord.access import Level
from pullcord.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound, Unauthorized
from pullcord.projects import Namespace, Project
from pullcord.times import Moment
from pullcord.usecases.auth.project_access import Standing
from pullcord.usecases.projects.create_project import TAKEN, check_visibility, refuse_names
from pullcord.usecases.projects.remotes import Remotes

MOST_ALLOWED = 200
"""Projects and groups whose jobs a project may admit."""
TRIES = 5
"""How often a list is changed again that somebody else has changed meanwhile."""


class Directory(Protocol):
    """Projects and namespaces by id."""

    def project(self, project_id: int) -> Project | None:
        """A project."""
        ...

    def namespace(self, namespace_id: int) -> Namespace | None:
        """A namespace."""
        ...


class Projects(Protocol):
    """Where projects are kept."""

    def change_project(self, old: Project, new: Project) -> frozenset[str]:
        """Store what differs; what stood in the way: `path`, or `id` (gone, or a list changed meanwhile)."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that changing a project touches."""

    directory: Directory
    projects: Projects
    remotes: Remotes
    moment: Moment


def update(standing: Standing, wanted: Mapping[str, Any], outside: Outside) -> Project:
    """Change the given fields. Maintainers may; owners alone rename, and open or close the project to others.

    Raises Forbidden, Invalid (one problem for each field).
    """
    standing.needs("admin_project")
    if wanted.keys() & {"name", "visibility"} and standing.level < Level.OWNER:
        raise Forbidden(code="no_permission", facts={"needs": "owner"})
    _check_minimum_role(standing, wanted)
    new = replace(standing.project, **wanted)
    refuse_names(new.name, new.path, new.full_path)
    if new.import_url != standing.project.import_url:
        new = replace(new, **outside.remotes.fields(new.import_url, new.id))
    namespace = outside.directory.namespace(new.namespace_id)
    if namespace is not None and new.visibility != standing.project.visibility:
        check_visibility(new, namespace)
    return _stored(standing.project, new, outside)


def archive(standing: Standing, outside: Outside, *, archived: bool) -> Project:
    """Let nothing change in a project any more, or again. Raises Forbidden for all but owners."""
    standing.needs("remove_project")
    return _stored(standing.project, replace(standing.project, archived=archived), outside)


def limit_job_tokens(standing: Standing, outside: Outside, *, limited: bool) -> None:
    """Whether only jobs of admitted projects may come with their tokens."""
    standing.needs("admin_project")
    _stored(standing.project, replace(standing.project, inbound_job_token_scope_enabled=limited), outside)


def admit(standing: Standing, field: str, number: int, outside: Outside) -> None:
    """Put a project or group on the list of those whose jobs may come. Raises BadRequest for one that is on it.

    field: `job_token_projects` or `job_token_groups`
    """
    known = getattr(standing.project, field)
    if number in known or (field == "job_token_projects" and number == standing.project.id):
        kind = "project" if field == "job_token_projects" else "group"
        raise BadRequest(f"400 Bad request - Target {kind} is already in the job token scope", code="taken")
    if len(known) >= MOST_ALLOWED:
        raise BadRequest("400 Bad request - Allowlist limit reached", code="too_many")
    _listed(standing, field, lambda numbers: (*(one for one in numbers if one != number), number), outside)


def dismiss(standing: Standing, field: str, number: int, outside: Outside) -> None:
    """Take a project or group off that list. Raises NotFound for one that is not on it."""
    if number not in getattr(standing.project, field):
        raise NotFound
    _listed(standing, field, lambda numbers: tuple(one for one in numbers if one != number), outside)


def _listed(
    standing: Standing, field: str, changed: Callable[[tuple[int, ...]], tuple[int, ...]], outside: Outside
) -> None:
    standing.needs("admin_project")
    project: Project | None = standing.project
    for _ in range(TRIES):
        if project is None:
            raise NotFound("Project")
        fields: dict[str, Any] = {field: changed(getattr(project, field))}
        new = replace(project, **fields)
        if not outside.projects.change_project(project, new):
            return
        project = outside.directory.project(project.id)
    raise Conflict("409 Conflict", code="busy")


def _stored(old: Project, new: Project, outside: Outside) -> Project:
    changed = replace(new, updated_at=outside.moment.now)
    failed = outside.projects.change_project(old, changed)
    if "path" in failed:
        raise Invalid(TAKEN, code="taken")
    if failed:
        raise NotFound("Project")
    return changed


def _check_minimum_role(standing: Standing, wanted: Mapping[str, Any]) -> None:
    """Nobody asks for a role above their own, nor loosens one that is above their own."""
    roles = {"owner": Level.OWNER, "no_one_allowed": Level.OWNER}
    asked = wanted.get("variables_minimum_role")
    if asked is None or asked == standing.project.variables_minimum_role:
        return
    needed = max(roles.get(role, Level.MAINTAINER) for role in (asked, standing.project.variables_minimum_role))
    if standing.user is None:
        raise Unauthorized(code="no_token")
    if standing.level < needed:
        phrase = "Changing the ci_pipeline_variables_minimum_override_role to the owner role is not allowed"
        raise Invalid({"base": [phrase]}, code="no_permission")
