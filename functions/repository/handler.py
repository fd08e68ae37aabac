"""Branches, tags and commits, asked of the remote: /projects/:id/repository."""

from os import environ
from typing import Any

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.commit_cache import Files
from pullcord.aws.directory import Directory
from pullcord.aws.git_credentials import GitCredentials
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.protections import ProtectionsTable
from pullcord.aws.tokens import TokensTable
from pullcord.git import Hosts, Policy
from pullcord.projects import Project
from pullcord.routes.repository import RepositoryRoutes
from pullcord.usecases.auth import authenticate
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.projects.browse_repository import Outside
from pullcord.usecases.projects.remotes import login_of
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
cold_start.done()
