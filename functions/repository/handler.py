"""/projects/:id/repository: branches, tags and commits, live from the remote."""

from os import environ
from typing import Any

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.commit_cache import CommitCache
from pullcord.aws.directory import Directory
from pullcord.aws.git_credentials import GitCredentials
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.protections import ProtectionsTable
from pullcord.aws.tokens import TokensTable
from pullcord.git import GitHosts, Policy
from pullcord.git_logins import login_of
from pullcord.projects import Project
from pullcord.routes.auth import route_auth
from pullcord.routes.http_function import http_function
from pullcord.routes.repository import RepositoryRoutes
from pullcord.usecases.projects.browse_repository import RepositoryDeps

policy = Policy.of(environ["ALLOWED_REMOTES"], environ["GIT_AUTHORITIES"], environ["ALLOWED_GIT_HOSTS"])
hosts = GitHosts(policy, CommitCache(environ["OBJECTS_BUCKET"]), GitCredentials(environ["GIT_CREDENTIALS"]).of)


class Repositories:
    """Repositories at their projects' remotes."""

    def open(self, project: Project) -> Any:
        """Open the repository of a project."""
        return hosts.open(project.import_url, login_of(project, environment.peppers()))


table, tokens = environment.pipelines_table(), TokensTable(environment.tokens_table())
directory = Directory(table)
auth = route_auth(environment.peppers(), tokens, directory, directory, environment.RUNTIME)
deps = RepositoryDeps(Repositories(), ProtectionsTable(table), PipelinesTable(table))
handle = http_function("repository", RepositoryRoutes(auth, deps)).resolve
cold_start.done()
