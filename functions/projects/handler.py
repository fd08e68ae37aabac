"""Projects, and who is asking: /projects, /user, /version, /metadata."""

from os import environ
from typing import Any

from pullcord.aws import environment
from pullcord.aws.people import Directory
from pullcord.aws.tokens import TokensTable
from pullcord.git import opening
from pullcord.git.policy import Policy
from pullcord.usecases import authenticate, create_project
from pullcord.usecases.admission import Admission
from pullcord.wire import new_project, shapes, version
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer, Door

door = Door()
directory = Directory(environment.pipelines_table())
admission = Admission(
    authenticate.Outside(environment.peppers(), TokensTable(environment.tokens_table()), directory, environment.MOMENT),
    directory,
)
policy = Policy(allowed=tuple(prefix for prefix in environ["ALLOWED_REMOTES"].split(",") if prefix))
outside = create_project.Outside(directory, lambda remote: opening.check(remote, policy), environment.MOMENT)


@door.route("POST", "/api/v4/projects")
def create(call: Call) -> Answer:
    """A new project of a git remote."""
    user = admission.user(personal_token(call), authenticate.WRITE)
    made = create_project.create_project(new_project.read(call), user, outside)
    return Answer(201, shapes.project(made, call.server))


@door.route("GET", "/api/v4/projects/<project>")
def show(call: Call, project: str) -> Answer:
    """One project."""
    return Answer(200, shapes.project(admission.reader(personal_token(call), project).project, call.server))


@door.route("GET", "/api/v4/user")
def user(call: Call) -> Answer:
    """Who the token belongs to."""
    return Answer(200, shapes.current_user(admission.user(personal_token(call)), call.server))


@door.route("GET", "/api/v4/version")
def version_(call: Call) -> Answer:
    """Which GitLab we are like."""
    admission.user(personal_token(call))
    return Answer(200, version.VERSION)


@door.route("GET", "/api/v4/metadata")
def metadata(call: Call) -> Answer:
    """The same, and more."""
    admission.user(personal_token(call))
    return Answer(200, version.metadata(call.server))


def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Lambda's entry."""
    return door.resolve(event, context)
