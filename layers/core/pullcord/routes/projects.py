"""/projects: projects of git remotes."""

from dataclasses import dataclass

from pullcord.routes.auth import RouteAuth
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.projects import create_project, delete_project, list_projects, update_project
from pullcord.usecases.projects.list_projects import Order, ProjectFilter
from pullcord.wire import pagination, project_json, project_params
from pullcord.wire.call import Call
from pullcord.wire.http import Answer
from pullcord.wire.params import read_params
from pullcord.wire.types import Json

FILTERS = ("search", "membership", "owned", "archived", "visibility", "min_access_level")


@dataclass(frozen=True, slots=True)
class ProjectRoutes:
    """Operations on projects."""

    auth: RouteAuth
    creating: create_project.CreateProjectDeps
    changing: update_project.UpdateProjectDeps
    deleting: delete_project.DeleteProjectDeps
    listing: list_projects.ListDeps

    def list_projects(self, call: Call) -> Answer:
        """List the projects that the caller sees, newest first."""
        wanted = read_params(project_params.ProjectListParams, call)
        user = self.auth.optional_user(call)
        found = list_projects.list_projects(filter_of(wanted), order_of(wanted), user, self.listing)
        rows, headers = pagination.page(call, found)
        simple = bool(wanted.simple) or user is None
        return Answer(200, [project_row(row, call.server, simple=simple) for row in rows], headers)

    def create_project(self, call: Call) -> Answer:
        """Create a project of a git remote."""
        wanted = project_params.read(call)
        user = self.auth.user(call)
        created = create_project.create_project(wanted, user, self.creating)
        return Answer(201, project_json.project(created, call.server))

    def get_project(self, call: Call, project: str) -> Answer:
        """Read a project, in short form without a token."""
        access = self.auth.project(call, project)
        if "read_code" in access.abilities:
            access = access._replace(project=self.changing.remotes.heads.refresh(access.project))
        if access.user is None:
            return Answer(200, project_row(access, call.server, simple=True))
        return Answer(200, project_json.project(access.project, call.server, access.level, access.abilities))

    def update_project(self, call: Call, project: str) -> Answer:
        """Change a project."""
        wanted = project_params.changes(call)
        access = self.auth.project(call, project)
        changed = update_project.update_project(access, wanted, self.changing)
        return Answer(200, project_json.project(changed, call.server))

    def delete_project(self, call: Call, project: str) -> Answer:
        """Delete a project."""
        delete_project.delete_project(self.auth.project(call, project), self.deleting)
        return Answer(202, {"message": "202 Accepted"})

    def archive_project(self, call: Call, project: str) -> Answer:
        """Archive a project."""
        access = self.auth.project(call, project)
        changed = update_project.archive_project(access, self.changing, archived=True)
        return Answer(201, project_json.project(changed, call.server))

    def unarchive_project(self, call: Call, project: str) -> Answer:
        """Unarchive a project."""
        access = self.auth.project(call, project)
        changed = update_project.archive_project(access, self.changing, archived=False)
        return Answer(201, project_json.project(changed, call.server))


def project_row(access: ProjectAccess, server: str, *, simple: bool) -> Json:
    """A project as the caller may see it, without their level. simple: in its short form."""
    if simple:
        return project_json.simple_project(access.project, server, access.abilities)
    return project_json.project(access.project, server, abilities=access.abilities)


def filter_of(wanted: project_params.ProjectListParams) -> ProjectFilter:
    """The filter of a call's parameters."""
    return ProjectFilter(**{name: getattr(wanted, name) for name in FILTERS})


def order_of(wanted: project_params.ProjectListParams) -> Order:
    """The order of a call's parameters; newest first by default."""
    by = wanted.order_by or "created_at"
    return Order("name" if by == "similarity" else by, ascending=wanted.sort == "asc")
