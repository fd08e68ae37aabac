"""Change a project: name and path, CI/CD settings, job token allowlists; archive and unarchive it.

Source: https://docs.gitlab.com/api/projects/#edit-a-project and /api/project_job_token_scopes
"""

from collections.abc import Callable, Mapping
from copy import replace
from dataclasses import dataclass
from typing import Any

from pullcord.access import Level
from pullcord.errors import BadRequest, Conflict, Forbidden, Invalid, NotFound, Unauthorized
from pullcord.projects import Project
from pullcord.times import Runtime
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.people_ports import Directory, Projects
from pullcord.usecases.projects.create_project import TAKEN, check_visibility, name_problems
from pullcord.usecases.projects.remotes import Remotes

MAX_ALLOWLIST = 200
"""Maximum length of each job token allowlist."""
ATTEMPTS = 5
"""Attempts to change a list that somebody else changes at the same time."""


@dataclass(frozen=True, slots=True)
class UpdateProjectDeps:
    """The stores and services that changing a project uses; every `deps.` below is an effect."""

    directory: Directory
    projects: Projects
    remotes: Remotes
    runtime: Runtime


def update_project(access: ProjectAccess, wanted: Mapping[str, Any], deps: UpdateProjectDeps) -> Project:
    """Change the given fields. Maintainers may, but only owners may change name and visibility.

    Raises Forbidden, Invalid (one problem for each field).
    """
    access.require("admin_project")
    if wanted.keys() & {"name", "visibility"} and access.level < Level.OWNER:
        raise Forbidden(code="no_permission", details={"needs": "owner"})
    _check_minimum_role(access, wanted)
    new = replace(access.project, **wanted)
    _check_changed_names(access.project, new)
    if new.import_url != access.project.import_url:
        remote = deps.remotes.parsed(new.import_url)
        new = deps.remotes.set_remote(new, new.import_url, remote)
    if "ci_config_path" in wanted:
        new = replace(new, **deps.remotes.changed_config_fields(new.ci_config_path, access.project))
    namespace = deps.directory.namespace(new.namespace_id)
    if namespace is not None and new.visibility != access.project.visibility:
        check_visibility(new, namespace)
    return _store(access.project, new, deps)


def archive_project(access: ProjectAccess, deps: UpdateProjectDeps, *, archived: bool) -> Project:
    """Archive or unarchive a project. Raises Forbidden for all but owners."""
    access.require("remove_project")
    return _store(access.project, replace(access.project, archived=archived), deps)


def limit_job_tokens(access: ProjectAccess, deps: UpdateProjectDeps, *, limited: bool) -> None:
    """Set whether the allowlists limit which projects' job tokens are accepted."""
    access.require("admin_project")
    _store(access.project, replace(access.project, inbound_job_token_scope_enabled=limited), deps)


def allow_job_tokens(access: ProjectAccess, field: str, number: int, deps: UpdateProjectDeps) -> None:
    """Add a project or group to a job token allowlist. Raises BadRequest if it is on it already.

    field: `job_token_projects` or `job_token_groups`
    """
    known = getattr(access.project, field)
    if number in known or (field == "job_token_projects" and number == access.project.id):
        kind = "project" if field == "job_token_projects" else "group"
        raise BadRequest(f"400 Bad request - Target {kind} is already in the job token scope", code="taken")
    if len(known) >= MAX_ALLOWLIST:
        raise BadRequest("400 Bad request - Allowlist limit reached", code="too_many")
    _change_list(
        access, field, lambda numbers: (*(listed_id for listed_id in numbers if listed_id != number), number), deps
    )


def disallow_job_tokens(access: ProjectAccess, field: str, number: int, deps: UpdateProjectDeps) -> None:
    """Remove a project or group from a job token allowlist. Raises NotFound if it is not on it."""
    if number not in getattr(access.project, field):
        raise NotFound
    _change_list(access, field, lambda numbers: tuple(listed_id for listed_id in numbers if listed_id != number), deps)


def _change_list(
    access: ProjectAccess, field: str, changed: Callable[[tuple[int, ...]], tuple[int, ...]], deps: UpdateProjectDeps
) -> None:
    access.require("admin_project")
    project: Project | None = access.project
    for _ in range(ATTEMPTS):
        if project is None:
            raise NotFound("Project")
        fields: dict[str, Any] = {field: changed(getattr(project, field))}
        new = replace(project, **fields)
        if not deps.projects.change_project(project, new):
            return
        project = deps.directory.project(project.id)
    raise Conflict("409 Conflict", code="busy")


def _store(old: Project, new: Project, deps: UpdateProjectDeps) -> Project:
    changed = replace(new, updated_at=deps.runtime.now)
    failed = deps.projects.change_project(old, changed)
    if "path" in failed:
        raise Invalid(TAKEN, code="taken")
    if failed:
        raise NotFound("Project")
    return changed


def _check_changed_names(old: Project, new: Project) -> None:
    """Raise Invalid for a new name or path that a project may not have. Stored ones stay valid."""
    problems = name_problems(new.name, new.path, new.full_path)
    if found := {field: phrases for field, phrases in problems.items() if getattr(old, field) != getattr(new, field)}:
        raise Invalid(found)


def _check_minimum_role(access: ProjectAccess, wanted: Mapping[str, Any]) -> None:
    """Raise Invalid for a role above the caller's own, new or old."""
    roles = {"owner": Level.OWNER, "no_one_allowed": Level.OWNER}
    asked = wanted.get("variables_minimum_role")
    if asked is None or asked == access.project.variables_minimum_role:
        return
    needed = max(roles.get(role, Level.MAINTAINER) for role in (asked, access.project.variables_minimum_role))
    if access.user is None:
        raise Unauthorized(code="no_token")
    if access.level < needed:
        phrase = "Changing the ci_pipeline_variables_minimum_override_role to the owner role is not allowed"
        raise Invalid({"base": [phrase]}, code="no_permission")
