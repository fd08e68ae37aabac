"""/projects/:id/repository: branches, tags and commits."""

from dataclasses import dataclass

from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.projects import browse_repository
from pullcord.usecases.projects.browse_repository import Kind, Outside
from pullcord.wire import pagination, repository_json
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer
from pullcord.wire.params import checked

REPOSITORY = "/api/v4/projects/<project>/repository"
ROUTES = (
    ("GET", f"{REPOSITORY}/branches", "branches"),
    ("GET", f"{REPOSITORY}/branches/<name>", "branch"),
    ("GET", f"{REPOSITORY}/tags", "tags"),
    ("GET", f"{REPOSITORY}/tags/<name>", "tag"),
    ("GET", f"{REPOSITORY}/commits/<ref>", "commit"),
)
SHAPES = {"branch": repository_json.branch, "tag": repository_json.tag}


@dataclass(frozen=True, slots=True)
class RepositoryRoutes:
    """Reading a project's repository."""

    admission: Admission
    outside: Outside
    routes = ROUTES

    def branches(self, call: Call, project: str) -> Answer:
        """The branches, by name."""
        return self._list(call, project, "branch")

    def branch(self, call: Call, project: str, name: str) -> Answer:
        """One branch."""
        return self._one(call, project, "branch", name)

    def tags(self, call: Call, project: str) -> Answer:
        """The tags, by name."""
        return self._list(call, project, "tag")

    def tag(self, call: Call, project: str, name: str) -> Answer:
        """One tag."""
        return self._one(call, project, "tag", name)

    def commit(self, call: Call, project: str, ref: str) -> Answer:
        """One commit, by branch, tag or id."""
        standing = self.admission.reader(personal_token(call), project)
        found, last = browse_repository.commit(standing, ref, self.outside)
        return Answer(200, repository_json.commit(found, last, standing.project, call.server))

    def _list(self, call: Call, project: str, kind: Kind) -> Answer:
        search = checked(repository_json.RefFilter, call).search
        standing = self.admission.reader(personal_token(call), project)
        names, headers = pagination.page(call, browse_repository.names(standing, kind, search, self.outside))
        rows = browse_repository.shown(standing, kind, names, self.outside)
        return Answer(200, [SHAPES[kind](row, standing.project, call.server) for row in rows], headers)

    def _one(self, call: Call, project: str, kind: Kind, name: str) -> Answer:
        standing = self.admission.reader(personal_token(call), project)
        found = browse_repository.one(standing, kind, name, self.outside)
        return Answer(200, SHAPES[kind](found, standing.project, call.server))
