"""/projects/:id/job_token_scope: whose jobs may come with their tokens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from pullcord.access import User
from pullcord.usecases.auth.authenticate import READ
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.auth.project_access import Standing
from pullcord.usecases.projects import update_project
from pullcord.usecases.projects.job_token_allowlists import Allowed
from pullcord.wire import fields, pagination, project_json, project_params
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer
from pullcord.wire.params import Parameters, checked
from pullcord.wire.pipeline_json import Json

SCOPE = "/api/v4/projects/<project>/job_token_scope"


@dataclass(frozen=True, slots=True)
class JobTokenScopeRoutes:
    """Whether jobs of all projects may come, or of the admitted ones alone."""

    admission: Admission
    changing: update_project.Outside
    routes = (("GET", SCOPE, "show"), ("PATCH", SCOPE, "update"))

    def show(self, call: Call, project: str) -> Answer:
        """Whether there is a limit."""
        standing = self.admission.member(personal_token(call), project, READ)
        standing.needs("admin_project")
        return Answer(200, project_json.token_scope(standing.project))

    def update(self, call: Call, project: str) -> Answer:
        """A limit, or none."""
        sent = checked(project_params.TokenScope, call)
        standing = self.admission.member(personal_token(call), project)
        update_project.limit_job_tokens(standing, self.changing, limited=sent.enabled)
        return Answer(204)


def _routes(at: str) -> tuple[tuple[str, str, str], ...]:
    return (("GET", at, "listed"), ("POST", at, "admit"), ("DELETE", f"{at}/<target>", "dismiss"))


@dataclass(frozen=True, slots=True)
class _AllowlistRoutes:
    """One of the two lists of those whose jobs are admitted.

    field:  of `Project`
    target: the parameter that names one more; wanted: the parameters of such a request
    """

    admission: Admission
    changing: update_project.Outside
    allowed: Allowed
    field: ClassVar[str]
    target: ClassVar[str]
    wanted: ClassVar[type[Parameters]]

    def listed(self, call: Call, project: str) -> Answer:
        """All of them."""
        standing = self.admission.member(personal_token(call), project, READ)
        rows, headers = self.page(call, standing)
        return Answer(200, rows, headers)

    def admit(self, call: Call, project: str) -> Answer:
        """One more."""
        number: int = getattr(checked(self.wanted, call), self.target)
        standing = self.admission.member(personal_token(call), project)
        standing.needs("admin_project")
        self.see(standing.member, number)
        update_project.admit(standing, self.field, number, self.changing)
        return Answer(201, {"source_project_id": standing.project.id, self.target: number})

    def dismiss(self, call: Call, project: str, target: str) -> Answer:
        """One less."""
        number = fields.identifier(target, self.target)
        standing = self.admission.member(personal_token(call), project)
        standing.needs("admin_project")
        update_project.dismiss(standing, self.field, number, self.changing)
        return Answer(204)

    def page(self, call: Call, standing: Standing) -> tuple[list[Json], Mapping[str, str]]:
        """Those of one page, and the headers that lead to the others."""
        raise NotImplementedError

    def see(self, user: User, number: int) -> object:
        """Raise NotFound for what this user does not see."""
        raise NotImplementedError


class ProjectAllowlistRoutes(_AllowlistRoutes):
    """Keeping the list of projects whose jobs are admitted; the project itself is its first."""

    routes = _routes(f"{SCOPE}/allowlist")
    field = "job_token_projects"
    target = "target_project_id"
    wanted = project_params.AdmittedProject

    def page(self, call: Call, standing: Standing) -> tuple[list[Json], Mapping[str, str]]:
        """Projects as in lists of choices."""
        found, headers = pagination.page(call, self.allowed.projects(standing))
        return [project_json.simple_project(project, call.server) for project in found], headers

    def see(self, user: User, number: int) -> object:
        """A project."""
        return self.admission.project_of(user, number)


class GroupAllowlistRoutes(_AllowlistRoutes):
    """Keeping the list of groups whose projects' jobs are admitted."""

    routes = _routes(f"{SCOPE}/groups_allowlist")
    field = "job_token_groups"
    target = "target_group_id"
    wanted = project_params.AdmittedGroup

    def page(self, call: Call, standing: Standing) -> tuple[list[Json], Mapping[str, str]]:
        """What of a group is told here."""
        found, headers = pagination.page(call, self.allowed.groups(standing))
        return [project_json.simple_group(group, call.server) for group in found], headers

    def see(self, user: User, number: int) -> object:
        """A group."""
        return self.admission.group_of(user, number)
