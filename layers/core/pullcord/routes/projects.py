"""/projects: projects of git remotes, and whose jobs may call them."""

from dataclasses import dataclass

from pullcord.usecases.auth.authenticate import WRITE
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.projects import create_project, delete_project, list_projects, update_project
from pullcord.usecases.projects.list_projects import Filter, Order
from pullcord.wire import pagination, project_json, project_params
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer
from pullcord.wire.params import checked

LIST = "/api/v4/projects"
ONE = f"{LIST}/<project>"
ROUTES = (
    ("GET", LIST, "index"),
    ("POST", LIST, "create"),
    ("GET", ONE, "show"),
    ("PUT", ONE, "update"),
    ("DELETE", ONE, "delete"),
    ("POST", f"{ONE}/archive", "archive"),
    ("POST", f"{ONE}/unarchive", "unarchive"),
)
ASKED = ("search", "membership", "owned", "archived", "visibility", "min_access_level")


@dataclass(frozen=True, slots=True)
class ProjectRoutes:
    """Making, reading, changing and deleting projects."""

    admission: Admission
    creating: create_project.Outside
    changing: update_project.Outside
    deleting: delete_project.Outside
    listing: list_projects.Outside
    routes = ROUTES

    def index(self, call: Call) -> Answer:
        """The projects that the caller sees, newest first."""
        wanted = checked(project_params.ProjectFilter, call)
        user = self.admission.anyone(personal_token(call))
        found = list_projects.projects(asked(wanted), order(wanted), user, self.listing)
        rows, headers = pagination.page(call, found)
        shape = project_json.simple_project if wanted.simple or user is None else project_json.project
        return Answer(200, [shape(row, call.server) for row in rows], headers)

    def create(self, call: Call) -> Answer:
        """A new project of a git remote."""
        wanted = project_params.read(call)
        user = self.admission.user(personal_token(call), WRITE)
        made = create_project.create_project(wanted, user, self.creating)
        return Answer(201, project_json.project(made, call.server))

    def show(self, call: Call, project: str) -> Answer:
        """One project."""
        standing = self.admission.reader(personal_token(call), project)
        level = None if standing.user is None else standing.level
        return Answer(200, project_json.project(standing.project, call.server, level))

    def update(self, call: Call, project: str) -> Answer:
        """Other settings."""
        wanted = project_params.changes(call)
        standing = self.admission.member(personal_token(call), project)
        changed = update_project.update(standing, wanted, self.changing)
        return Answer(200, project_json.project(changed, call.server))

    def delete(self, call: Call, project: str) -> Answer:
        """No project any more."""
        delete_project.delete_project(self.admission.member(personal_token(call), project), self.deleting)
        return Answer(202, {"message": "202 Accepted"})

    def archive(self, call: Call, project: str) -> Answer:
        """Let nothing change any more."""
        standing = self.admission.member(personal_token(call), project)
        changed = update_project.archive(standing, self.changing, archived=True)
        return Answer(201, project_json.project(changed, call.server))

    def unarchive(self, call: Call, project: str) -> Answer:
        """Let things change again."""
        standing = self.admission.member(personal_token(call), project)
        changed = update_project.archive(standing, self.changing, archived=False)
        return Answer(201, project_json.project(changed, call.server))


def asked(wanted: project_params.ProjectFilter) -> Filter:
    """The filter that a call's parameters mean."""
    return Filter(**{name: getattr(wanted, name) for name in ASKED})


def order(wanted: project_params.ProjectFilter) -> Order:
    """The order that a call's parameters mean; newest first without one."""
    by = wanted.order_by or "created_at"
    return Order("name" if by == "similarity" else by, ascending=wanted.sort == "asc")
