"""/projects/:id/job_token_scope: whose jobs may come with their tokens."""

from dataclasses import dataclass

from pullcord.usecases import update_project
from pullcord.usecases.admission import Admission
from pullcord.usecases.authenticate import READ
from pullcord.usecases.list_allowed import Allowed
from pullcord.wire import declared, new_project, pagination, project_shapes
from pullcord.wire.call import Call
from pullcord.wire.checked import checked
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer

SCOPE = "/api/v4/projects/<project>/job_token_scope"
ROUTES = (
    ("GET", SCOPE, "show"),
    ("PATCH", SCOPE, "update"),
    ("GET", f"{SCOPE}/allowlist", "projects"),
    ("POST", f"{SCOPE}/allowlist", "admit_project"),
    ("DELETE", f"{SCOPE}/allowlist/<target>", "dismiss_project"),
    ("GET", f"{SCOPE}/groups_allowlist", "groups"),
    ("POST", f"{SCOPE}/groups_allowlist", "admit_group"),
    ("DELETE", f"{SCOPE}/groups_allowlist/<target>", "dismiss_group"),
)


@dataclass(frozen=True, slots=True)
class JobTokenScopeRoutes:
    """Keeping the list of projects and groups whose jobs are admitted."""

    admission: Admission
    changing: update_project.Outside
    allowed: Allowed
    routes = ROUTES

    def show(self, call: Call, project: str) -> Answer:
        """Whether there is a limit."""
        standing = self.admission.member(personal_token(call), project, READ)
        standing.needs("admin_project")
        return Answer(200, project_shapes.token_scope(standing.project))

    def update(self, call: Call, project: str) -> Answer:
        """A limit, or none."""
        sent = checked(new_project.TokenScope, call)
        standing = self.admission.member(personal_token(call), project)
        update_project.limit_job_tokens(standing, self.changing, limited=sent.enabled)
        return Answer(204)

    def projects(self, call: Call, project: str) -> Answer:
        """The admitted projects, this one first."""
        standing = self.admission.member(personal_token(call), project, READ)
        rows, headers = pagination.page(call, self.allowed.projects(standing))
        return Answer(200, [project_shapes.simple_project(row, call.server) for row in rows], headers)

    def admit_project(self, call: Call, project: str) -> Answer:
        """One more project."""
        target = checked(new_project.AdmittedProject, call).target_project_id
        standing = self.admission.member(personal_token(call), project)
        standing.needs("admin_project")
        self.admission.project_of(standing.member, target)
        update_project.admit(standing, "job_token_projects", target, self.changing)
        return Answer(201, {"source_project_id": standing.project.id, "target_project_id": target})

    def dismiss_project(self, call: Call, project: str, target: str) -> Answer:
        """One project less."""
        number = declared.identifier(target, "target_project_id")
        standing = self.admission.member(personal_token(call), project)
        standing.needs("admin_project")
        update_project.dismiss(standing, "job_token_projects", number, self.changing)
        return Answer(204)

    def groups(self, call: Call, project: str) -> Answer:
        """The admitted groups."""
        standing = self.admission.member(personal_token(call), project, READ)
        rows, headers = pagination.page(call, self.allowed.groups(standing))
        return Answer(
            200, [{"id": row.id, "web_url": row_url(row.full_path, call), "name": row.name} for row in rows], headers
        )

    def admit_group(self, call: Call, project: str) -> Answer:
        """One more group."""
        target = checked(new_project.AdmittedGroup, call).target_group_id
        standing = self.admission.member(personal_token(call), project)
        standing.needs("admin_project")
        self.admission.group_of(standing.member, target)
        update_project.admit(standing, "job_token_groups", target, self.changing)
        return Answer(201, {"source_project_id": standing.project.id, "target_group_id": target})

    def dismiss_group(self, call: Call, project: str, target: str) -> Answer:
        """One group less."""
        number = declared.identifier(target, "target_group_id")
        standing = self.admission.member(personal_token(call), project)
        standing.needs("admin_project")
        update_project.dismiss(standing, "job_token_groups", number, self.changing)
        return Answer(204)


def row_url(full_path: str, call: Call) -> str:
    """Where a group's page is."""
    return f"{call.server}/groups/{full_path}"
