"""Projects, and who is asking: /projects, /user, /version, /metadata."""

from os import environ

from pullcord.aws import environment
from pullcord.aws.people import Directory
from pullcord.aws.projects import ProjectsTable
from pullcord.aws.tokens import TokensTable
from pullcord.git import Policy, remotes
from pullcord.routes.caller import CallerRoutes
from pullcord.routes.projects import ProjectRoutes
from pullcord.usecases import authenticate, create_project
from pullcord.usecases.admission import Admission
from pullcord.wire.http import Door

policy = Policy(allowed=tuple(filter(None, environ["ALLOWED_REMOTES"].split(","))))
directory = Directory(environment.pipelines_table())
asking = authenticate.Outside(
    environment.peppers(), TokensTable(environment.tokens_table()), directory, environment.MOMENT
)
admission = Admission(asking, directory)
projects = ProjectsTable(environment.pipelines_table())
creating = create_project.Outside(directory, projects, lambda remote: remotes.parse(remote, policy), environment.MOMENT)
handle = Door(ProjectRoutes(admission, creating), CallerRoutes(admission)).resolve
