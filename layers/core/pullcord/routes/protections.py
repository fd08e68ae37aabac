"""/protected_branches and /protected_tags of projects."""

from collections.abc import Iterable
from dataclasses import dataclass

from pullcord.projects import ProtectedRef
from pullcord.routes.auth import RouteAuth
from pullcord.usecases.settings import manage_protected_refs
from pullcord.usecases.settings.manage_protected_refs import GrantChange, Kind, ProtectedRefChange, ProtectedRefDeps
from pullcord.wire import pagination, protected_ref_json, protected_ref_params
from pullcord.wire.call import Call
from pullcord.wire.http import Answer
from pullcord.wire.params import read_params
from pullcord.wire.protected_ref_params import Allowed, entries

SHAPES = {"branch": protected_ref_json.branch, "tag": protected_ref_json.tag}


@dataclass(frozen=True, slots=True)
class ProtectedRefRoutes:
    """Operations on protected branches and tags."""

    auth: RouteAuth
    deps: ProtectedRefDeps

    def list_protected_branches(self, call: Call, project: str) -> Answer:
        """List the protected branches and wildcards."""
        return self._list(call, project, "branch")

    def list_protected_tags(self, call: Call, project: str) -> Answer:
        """List the protected tags and wildcards."""
        return self._list(call, project, "tag")

    def get_protected_branch(self, call: Call, project: str, name: str) -> Answer:
        """Read a protected branch or wildcard."""
        return self._one(call, project, "branch", name)

    def get_protected_tag(self, call: Call, project: str, name: str) -> Answer:
        """Read a protected tag or wildcard."""
        return self._one(call, project, "tag", name)

    def protect_branch(self, call: Call, project: str) -> Answer:
        """Protect a branch, or all branches that a wildcard matches."""
        sent = read_params(protected_ref_params.NewBranch, call)
        wanted = ProtectedRefChange(
            push=_grant_changes(entries(sent.allowed_to_push, sent.push_access_level, new=True)),
            merge=_grant_changes(entries(sent.allowed_to_merge, sent.merge_access_level, new=True)),
            allow_force_push=sent.allow_force_push,
        )
        access = self.auth.project(call, project)
        created = manage_protected_refs.protect(access, "branch", sent.name, wanted, self.deps)
        return self._answer(201, created)

    def protect_tag(self, call: Call, project: str) -> Answer:
        """Protect a tag, or all tags that a wildcard matches."""
        sent = read_params(protected_ref_params.NewTag, call)
        wanted = ProtectedRefChange(
            create=_grant_changes(entries(sent.allowed_to_create, sent.create_access_level, new=True))
        )
        access = self.auth.project(call, project)
        return self._answer(201, manage_protected_refs.protect(access, "tag", sent.name, wanted, self.deps))

    def update_protected_branch(self, call: Call, project: str, name: str) -> Answer:
        """Change who may push to or merge into a protected branch."""
        sent = read_params(protected_ref_params.ChangedBranch, call)
        push, merge = _grant_changes(entries(sent.allowed_to_push)), _grant_changes(entries(sent.allowed_to_merge))
        wanted = ProtectedRefChange(push=push, merge=merge, allow_force_push=sent.allow_force_push)
        access = self.auth.project(call, project)
        return self._answer(200, manage_protected_refs.change_protected(access, "branch", name, wanted, self.deps))

    def unprotect_branch(self, call: Call, project: str, name: str) -> Answer:
        """Unprotect a branch."""
        return self._delete(call, project, "branch", name)

    def unprotect_tag(self, call: Call, project: str, name: str) -> Answer:
        """Unprotect a tag."""
        return self._delete(call, project, "tag", name)

    def _list(self, call: Call, project: str, kind: Kind) -> Answer:
        search = read_params(protected_ref_params.ProtectedRefListParams, call).search
        access = self.auth.project(call, project)
        found = manage_protected_refs.list_protected(access, kind, search, self.deps)
        rows, headers = pagination.page(call, found)
        names = manage_protected_refs.named_users(rows, self.deps)
        return Answer(200, [SHAPES[kind](row, names) for row in rows], headers)

    def _one(self, call: Call, project: str, kind: Kind, name: str) -> Answer:
        access = self.auth.project(call, project)
        return self._answer(200, manage_protected_refs.find_protected(access, kind, name, self.deps))

    def _delete(self, call: Call, project: str, kind: Kind, name: str) -> Answer:
        access = self.auth.project(call, project)
        manage_protected_refs.unprotect(access, kind, name, self.deps)
        return Answer(204)

    def _answer(self, status: int, ref: ProtectedRef) -> Answer:
        return Answer(status, SHAPES[ref.kind](ref, manage_protected_refs.named_users([ref], self.deps)))


def _grant_changes(given: Iterable[Allowed]) -> tuple[GrantChange, ...]:
    return tuple(GrantChange(one.access_level, one.user_id, one.id, one.destroy) for one in given)
