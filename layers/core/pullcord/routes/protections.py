"""/protected_branches and /protected_tags of projects."""

from collections.abc import Iterable
from dataclasses import dataclass

from pullcord.projects import ProtectedRef
from pullcord.usecases.auth.authenticate import READ
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.settings import manage_protected_refs
from pullcord.usecases.settings.manage_protected_refs import Kind, Outside, Wanted, Wish
from pullcord.wire import pagination, protected_ref_params
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer
from pullcord.wire.params import checked
from pullcord.wire.protected_ref_params import Allowed, entries

BRANCHES = "/api/v4/projects/<project>/protected_branches"
TAGS = "/api/v4/projects/<project>/protected_tags"
ROUTES = (
    ("GET", BRANCHES, "branches"),
    ("POST", BRANCHES, "protect_branch"),
    ("GET", f"{BRANCHES}/<name>", "branch"),
    ("PATCH", f"{BRANCHES}/<name>", "change_branch"),
    ("DELETE", f"{BRANCHES}/<name>", "unprotect_branch"),
    ("GET", TAGS, "tags"),
    ("POST", TAGS, "protect_tag"),
    ("GET", f"{TAGS}/<name>", "tag"),
    ("DELETE", f"{TAGS}/<name>", "unprotect_tag"),
)
SHAPES = {"branch": protected_ref_params.branch, "tag": protected_ref_params.tag}


@dataclass(frozen=True, slots=True)
class ProtectionRoutes:
    """Protecting branches and tags."""

    admission: Admission
    outside: Outside
    routes = ROUTES

    def branches(self, call: Call, project: str) -> Answer:
        """The protected branches and wildcards."""
        return self._list(call, project, "branch")

    def tags(self, call: Call, project: str) -> Answer:
        """The protected tags and wildcards."""
        return self._list(call, project, "tag")

    def branch(self, call: Call, project: str, name: str) -> Answer:
        """One protected branch or wildcard."""
        return self._one(call, project, "branch", name)

    def tag(self, call: Call, project: str, name: str) -> Answer:
        """One protected tag or wildcard."""
        return self._one(call, project, "tag", name)

    def protect_branch(self, call: Call, project: str) -> Answer:
        """Protect a branch, or all that a wildcard covers."""
        sent = checked(protected_ref_params.NewBranch, call)
        wanted = Wanted(
            push=_wishes(entries(sent.allowed_to_push, sent.push_access_level, new=True)),
            merge=_wishes(entries(sent.allowed_to_merge, sent.merge_access_level, new=True)),
            allow_force_push=sent.allow_force_push,
        )
        standing = self.admission.member(personal_token(call), project)
        made = manage_protected_refs.protect(standing, "branch", sent.name, wanted, self.outside)
        return self._answer(201, made)

    def protect_tag(self, call: Call, project: str) -> Answer:
        """Protect a tag, or all that a wildcard covers."""
        sent = checked(protected_ref_params.NewTag, call)
        wanted = Wanted(create=_wishes(entries(sent.allowed_to_create, sent.create_access_level, new=True)))
        standing = self.admission.member(personal_token(call), project)
        return self._answer(201, manage_protected_refs.protect(standing, "tag", sent.name, wanted, self.outside))

    def change_branch(self, call: Call, project: str, name: str) -> Answer:
        """Let others in, or out."""
        sent = checked(protected_ref_params.ChangedBranch, call)
        push, merge = _wishes(entries(sent.allowed_to_push)), _wishes(entries(sent.allowed_to_merge))
        wanted = Wanted(push=push, merge=merge, allow_force_push=sent.allow_force_push)
        standing = self.admission.member(personal_token(call), project)
        return self._answer(200, manage_protected_refs.change(standing, "branch", name, wanted, self.outside))

    def unprotect_branch(self, call: Call, project: str, name: str) -> Answer:
        """Protect a branch no longer."""
        return self._delete(call, project, "branch", name)

    def unprotect_tag(self, call: Call, project: str, name: str) -> Answer:
        """Protect a tag no longer."""
        return self._delete(call, project, "tag", name)

    def _list(self, call: Call, project: str, kind: Kind) -> Answer:
        search = checked(protected_ref_params.ProtectionFilter, call).search
        standing = self.admission.member(personal_token(call), project, READ)
        found = manage_protected_refs.all_of(standing, kind, search, self.outside)
        rows, headers = pagination.page(call, found)
        names = manage_protected_refs.named_users(rows, self.outside)
        return Answer(200, [SHAPES[kind](row, names) for row in rows], headers)

    def _one(self, call: Call, project: str, kind: Kind, name: str) -> Answer:
        standing = self.admission.member(personal_token(call), project, READ)
        return self._answer(200, manage_protected_refs.one(standing, kind, name, self.outside))

    def _delete(self, call: Call, project: str, kind: Kind, name: str) -> Answer:
        standing = self.admission.member(personal_token(call), project)
        manage_protected_refs.unprotect(standing, kind, name, self.outside)
        return Answer(204)

    def _answer(self, status: int, ref: ProtectedRef) -> Answer:
        return Answer(status, SHAPES[ref.kind](ref, manage_protected_refs.named_users([ref], self.outside)))


def _wishes(given: Iterable[Allowed]) -> tuple[Wish, ...]:
    return tuple(Wish(one.access_level, one.user_id, one.id, one.destroy) for one in given)
