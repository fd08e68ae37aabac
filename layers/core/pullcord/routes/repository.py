"""/projects/:id/repository: branches, tags and commits."""

from dataclasses import dataclass

from pullcord.routes.auth import RouteAuth
from pullcord.usecases.projects import browse_repository
from pullcord.usecases.projects.browse_repository import Kind, RepositoryDeps
from pullcord.wire import pagination, repository_json, repository_params
from pullcord.wire.call import Call
from pullcord.wire.http import Answer
from pullcord.wire.params import read_params

SHAPES = {"branch": repository_json.branch, "tag": repository_json.tag}


@dataclass(frozen=True, slots=True)
class RepositoryRoutes:
    """Operations on a project's repository."""

    auth: RouteAuth
    deps: RepositoryDeps

    def list_branches(self, call: Call, project: str) -> Answer:
        """List the branches, by name."""
        return self._list(call, project, "branch")

    def get_branch(self, call: Call, project: str, name: str) -> Answer:
        """Read a branch."""
        return self._one(call, project, "branch", name)

    def list_tags(self, call: Call, project: str) -> Answer:
        """List the tags, by name."""
        return self._list(call, project, "tag")

    def get_tag(self, call: Call, project: str, name: str) -> Answer:
        """Read a tag."""
        return self._one(call, project, "tag", name)

    def get_commit(self, call: Call, project: str, ref: str) -> Answer:
        """Read a commit, by branch, tag or id."""
        access = self.auth.project(call, project)
        found, last = browse_repository.find_commit(access, ref, self.deps)
        return Answer(200, repository_json.commit(found, last, access.project, call.server))

    def _list(self, call: Call, project: str, kind: Kind) -> Answer:
        search = read_params(repository_params.RefListParams, call).search
        access = self.auth.project(call, project)
        names, headers = pagination.page(call, browse_repository.list_names(access, kind, search, self.deps))
        rows = browse_repository.view_refs(access, kind, names, self.deps)
        return Answer(200, [SHAPES[kind](row, access.project, call.server) for row in rows], headers)

    def _one(self, call: Call, project: str, kind: Kind, name: str) -> Answer:
        access = self.auth.project(call, project)
        found = browse_repository.find_ref(access, kind, name, self.deps)
        return Answer(200, SHAPES[kind](found, access.project, call.server))
