"""Branches, tags and commits, asked of the remote: /projects/:id/repository."""

from os import environ
from typing import Any

from pullcord import opening
from pullcord.aws import environment
from pullcord.aws.files import Files
from pullcord.aws.git_credentials import GitCredentials
from pullcord.aws.people import Directory
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.protections import ProtectionsTable
from pullcord.aws.tokens import TokensTable
from pullcord.git import Hosts, Policy
from pullcord.projects import Project
from pullcord.routes.repository import RepositoryRoutes
from pullcord.usecases import authenticate
from pullcord.usecases.admission import Admission
from pullcord.usecases.browse_repository import Outside
from pullcord.usecases.remotes import login_of
from pullcord.wire.http import Door

policy = Policy.of(environ["ALLOWED_REMOTES"], environ["GIT_AUTHORITIES"], environ["ALLOWED_GIT_HOSTS"])
hosts = Hosts(policy, Files(environ["OBJECTS_BUCKET"]), GitCredentials(environ["GIT_CREDENTIALS"]).of)


class Repositories:
    """Repositories at their projects' remotes."""

    def open(self, project: Project) -> Any:
        """The one of this project."""
        return hosts.open(project.import_url, login_of(project, environment.peppers()))


table, tokens = environment.pipelines_table(), TokensTable(environment.tokens_table())
directory = Directory(table)
asking = authenticate.Outside(environment.peppers(), tokens, directory, environment.MOMENT)
outside = Outside(Repositories(), ProtectionsTable(table), PipelinesTable(table))
handle = Door(RepositoryRoutes(Admission(asking, directory), outside)).resolve
opening.done()
