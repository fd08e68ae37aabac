"""Branches, tags and commits, asked of the remote: /projects/:id/repository."""

from os import environ
from typing import Any

from pullcord.aws import environment
from pullcord.aws.files import Files
from pullcord.aws.people import Directory
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.protections import ProtectionsTable
from pullcord.aws.tokens import TokensTable
from pullcord.git import Policy, open_repository
from pullcord.projects import Project
from pullcord.routes.repository import RepositoryRoutes
from pullcord.usecases import authenticate
from pullcord.usecases.admission import Admission
from pullcord.usecases.browse_repository import Outside
from pullcord.wire.http import Door

policy = Policy(allowed=tuple(filter(None, environ["ALLOWED_REMOTES"].split(","))))
files = Files(environ["OBJECTS_BUCKET"])


class Repositories:
    """Repositories at their projects' remotes."""

    def open(self, project: Project) -> Any:
        """The one of this project."""
        return open_repository(project.import_url, policy, cache=files)


table, tokens = environment.pipelines_table(), TokensTable(environment.tokens_table())
directory = Directory(table)
asking = authenticate.Outside(environment.peppers(), tokens, directory, environment.MOMENT)
outside = Outside(Repositories(), ProtectionsTable(table), PipelinesTable(table))
handle = Door(RepositoryRoutes(Admission(asking, directory), outside)).resolve
