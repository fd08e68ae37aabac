"""/projects/:id/job_token_scope: which projects' job tokens are accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pullcord.access import Ability, User
from pullcord.callers import Caller
from pullcord.errors import NotFound
from pullcord.projects import Project
from pullcord.routes.auth import RouteAuth
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.projects import update_project
from pullcord.usecases.projects.job_token_allowlists import Allowlists
from pullcord.wire import fields, group_json, pagination, project_json, project_params
from pullcord.wire.call import Call
from pullcord.wire.http import Answer
from pullcord.wire.params import Parameters, read_params
from pullcord.wire.types import Json


@dataclass(frozen=True, slots=True)
class JobTokenScopeRoutes:
    """Operations on the setting whether the allowlists are in force."""

    auth: RouteAuth
    changing: update_project.UpdateProjectDeps

    def get_job_token_scope(self, call: Call, project: str) -> Answer:
        """Read the job token settings."""
        access = self.auth.project(call, project)
        access.require("admin_project")
        return Answer(200, project_json.job_token_scope(access.project))

    def update_job_token_scope(self, call: Call, project: str) -> Answer:
        """Set whether the allowlists are in force."""
        sent = read_params(project_params.TokenScope, call)
        access = self.auth.project(call, project)
        update_project.limit_job_tokens(access, self.changing, limited=sent.enabled)
        return Answer(204)


@dataclass(frozen=True, slots=True)
class _AllowlistRoutes:
    """Operations on one of the two allowlists.

    field:  of `Project`
    target: the parameter that names an addition; wanted: the parameters of such a request
    """

    auth: RouteAuth
    changing: update_project.UpdateProjectDeps
    allowed: Allowlists
    field: ClassVar[str]
    target: ClassVar[str]
    wanted: ClassVar[type[Parameters]]

    def list_job_token_allowlist(self, call: Call, project: str) -> Answer:
        """List the allowlist."""
        access = self.auth.project(call, project)
        rows, headers = self.page(call, access)
        return Answer(200, rows, headers)

    def add_to_job_token_allowlist(self, call: Call, project: str) -> Answer:
        """Add to the allowlist."""
        number: int = getattr(read_params(self.wanted, call), self.target)
        access = self.auth.project(call, project)
        access.require("admin_project")
        self.require_visible(access.member, number)
        update_project.allow_job_tokens(access, self.field, number, self.changing)
        return Answer(201, {"source_project_id": access.project.id, self.target: number})

    def remove_from_job_token_allowlist(self, call: Call, project: str, target: str) -> Answer:
        """Remove from the allowlist."""
        number = fields.identifier(target, self.target)
        access = self.auth.project(call, project)
        access.require("admin_project")
        update_project.disallow_job_tokens(access, self.field, number, self.changing)
        return Answer(204)

    def page(self, call: Call, access: ProjectAccess) -> tuple[list[Json], Mapping[str, str]]:
        """The entries of one page, and its pagination headers."""
        raise NotImplementedError

    def require_visible(self, user: User, number: int) -> object:
        """Raise NotFound for a project or group that the user may not see."""
        raise NotImplementedError


class ProjectAllowlistRoutes(_AllowlistRoutes):
    """The allowlist of projects; the project itself is its first entry."""

    field = "job_token_projects"
    target = "target_project_id"
    wanted = project_params.AllowlistProject

    def page(self, call: Call, access: ProjectAccess) -> tuple[list[Json], Mapping[str, str]]:
        """The projects of one page, in short form."""
        found, headers = pagination.page(call, self.allowed.projects(access))
        return [
            project_json.simple_project(project, call.server, self._abilities(access, project)) for project in found
        ], headers

    def require_visible(self, user: User, number: int) -> ProjectAccess:
        """Raise NotFound for a project that the user may not see."""
        return self.auth.authenticator.project(Caller("person", user), str(number))

    def _abilities(self, access: ProjectAccess, project: Project) -> frozenset[Ability]:
        """The caller's abilities in a project of the list, which somebody else may have added."""
        if project.id == access.project.id:
            return access.abilities
        try:
            return self.require_visible(access.member, project.id).abilities
        except NotFound:
            return frozenset()


class GroupAllowlistRoutes(_AllowlistRoutes):
    """The allowlist of groups."""

    qualifier = "groups_"

    field = "job_token_groups"
    target = "target_group_id"
    wanted = project_params.AllowlistGroup

    def page(self, call: Call, access: ProjectAccess) -> tuple[list[Json], Mapping[str, str]]:
        """The groups of one page, in short form."""
        found, headers = pagination.page(call, self.allowed.groups(access))
        return [group_json.simple_group(group, call.server) for group in found], headers

    def require_visible(self, user: User, number: int) -> object:
        """Raise NotFound for a group that the user may not see."""
        return self.auth.authenticator.group(Caller("person", user), str(number))


def job_token_scope_routes(
    auth: RouteAuth, changing: update_project.UpdateProjectDeps, allowed: Allowlists
) -> tuple[JobTokenScopeRoutes, ProjectAllowlistRoutes, GroupAllowlistRoutes]:
    """All operations on job token settings."""
    allowlists = ProjectAllowlistRoutes(auth, changing, allowed), GroupAllowlistRoutes(auth, changing, allowed)
    return (JobTokenScopeRoutes(auth, changing), *allowlists)
