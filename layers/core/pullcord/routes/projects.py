"""/projects: projects of git remotes."""

from dataclasses import dataclass

from pullcord.usecases import create_project
from pullcord.usecases.admission import Admission
from pullcord.usecases.authenticate import WRITE
from pullcord.wire import new_project, shapes
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer

ROUTES = (
    ("POST", "/api/v4/projects", "create"),
    ("GET", "/api/v4/projects/<project>", "show"),
)


@dataclass(frozen=True, slots=True)
class ProjectRoutes:
    """Making and reading projects."""

    admission: Admission
    outside: create_project.Outside
    routes = ROUTES

    def create(self, call: Call) -> Answer:
        """A new project of a git remote."""
        wanted = new_project.read(call)
        user = self.admission.user(personal_token(call), WRITE)
        made = create_project.create_project(wanted, user, self.outside)
        return Answer(201, shapes.project(made, call.server))

    def show(self, call: Call, project: str) -> Answer:
        """One project."""
        return Answer(200, shapes.project(self.admission.reader(personal_token(call), project).project, call.server))
