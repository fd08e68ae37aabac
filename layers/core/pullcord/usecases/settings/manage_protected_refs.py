"""Manage protected branches and tags: who may push, merge or create, and so who may run pipelines there.

Source: https://docs.gitlab.com/api/protected_branches and /api/protected_tags
"""

from collections.abc import Callable, Sequence
from copy import replace
from dataclasses import dataclass
from typing import Literal

from pullcord.errors import Conflict, NotFound, RecordNotFound, Unprocessable
from pullcord.projects import Grant, ProtectedRef
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.people_ports import SequenceName, Sequences, Users
from pullcord.usecases.ports import ProtectedRefs

Kind = Literal["branch", "tag"]
ATTEMPTS = 5
"""Attempts to change what somebody else changes at the same time."""

Protections = tuple[ProtectedRef, ...]


@dataclass(frozen=True, slots=True)
class ProtectedRefDeps:
    """The stores and services that managing protected refs uses; every `deps.` below is an effect."""

    refs: ProtectedRefs
    users: Users
    sequences: Sequences


@dataclass(frozen=True, slots=True)
class GrantChange:
    """A change of one grant: added, replaced or deleted.

    id: of the grant to change, None for a new one
    """

    level: int | None = None
    user_id: int | None = None
    id: int | None = None
    destroy: bool = False


@dataclass(frozen=True, slots=True)
class ProtectedRefChange:
    """The changes of a protected ref; None leaves a field as it is."""

    push: tuple[GrantChange, ...] = ()
    merge: tuple[GrantChange, ...] = ()
    create: tuple[GrantChange, ...] = ()
    allow_force_push: bool | None = None


def list_protected(access: ProjectAccess, kind: Kind, search: str | None, deps: ProtectedRefDeps) -> list[ProtectedRef]:
    """The protected branches or tags whose names contain the text. Raises Forbidden."""
    access.require("admin_project")
    known = deps.refs.versioned(access.project.id)[0]
    return [one for one in known if one.kind == kind and (search or "").lower() in one.name.lower()]


def find_protected(access: ProjectAccess, kind: Kind, name: str, deps: ProtectedRefDeps) -> ProtectedRef:
    """A protected branch or tag by its exact name or wildcard. Raises Forbidden, RecordNotFound."""
    access.require("admin_project")
    return _found(deps.refs.versioned(access.project.id)[0], kind, name)


def protect(
    access: ProjectAccess, kind: Kind, name: str, wanted: ProtectedRefChange, deps: ProtectedRefDeps
) -> ProtectedRef:
    """Protect a branch or tag, or all that a wildcard matches. Raises Forbidden, Conflict, Unprocessable."""
    access.require("admin_project")
    if not name.strip():
        raise Unprocessable("Name can't be blank")
    unnumbered = _changed(ProtectedRef(kind, name, 0), wanted, deps)
    sequence: SequenceName = "protected_branches" if kind == "branch" else "protected_tags"
    created: list[ProtectedRef] = []

    def added(known: Protections) -> Protections:
        if any(one.kind == kind and one.name == name for one in known):
            raise _taken(kind, name)
        created[:] = created or [replace(unnumbered, id=deps.sequences.next(sequence)[0])]
        return (*known, *created)

    _change(access, added, deps)
    return created[0]


def change_protected(
    access: ProjectAccess, kind: Kind, name: str, wanted: ProtectedRefChange, deps: ProtectedRefDeps
) -> ProtectedRef:
    """Change the grants of a protected ref. Raises Forbidden, RecordNotFound, Unprocessable."""
    access.require("admin_project")
    changed: list[ProtectedRef] = []

    def with_change(known: Protections) -> Protections:
        old = _found(known, kind, name)
        changed[:] = [_changed(old, wanted, deps)]
        return tuple(changed[0] if one is old else one for one in known)

    _change(access, with_change, deps)
    return changed[0]


def unprotect(access: ProjectAccess, kind: Kind, name: str, deps: ProtectedRefDeps) -> None:
    """Unprotect a branch or tag, or a wildcard. Raises Forbidden, RecordNotFound."""
    access.require("admin_project")

    def without(known: Protections) -> Protections:
        old = _found(known, kind, name)
        return tuple(one for one in known if one is not old)

    _change(access, without, deps)


def named_users(refs: Sequence[ProtectedRef], deps: ProtectedRefDeps) -> dict[int, str]:
    """Names of the users with grants, by id."""
    wanted = {grant.user_id for ref in refs for grant in (*ref.push, *ref.merge, *ref.create) if grant.user_id}
    found = [deps.users.user(user_id) for user_id in wanted]
    return {user.id: user.name for user in found if user is not None}


def _change(access: ProjectAccess, change: Callable[[Protections], Protections], deps: ProtectedRefDeps) -> None:
    for _ in range(ATTEMPTS):
        known, version = deps.refs.versioned(access.project.id)
        failed = deps.refs.store(access.project.id, change(known), version)
        if "owner" in failed:
            raise NotFound("Project")
        if "size" in failed:
            raise Unprocessable("Too many branches and tags are protected", code="too_many")
        if not failed:
            return
    raise Conflict("409 Conflict", code="busy")


def _changed(old: ProtectedRef, wanted: ProtectedRefChange, deps: ProtectedRefDeps) -> ProtectedRef:
    force = old.allow_force_push if wanted.allow_force_push is None else wanted.allow_force_push
    return replace(
        old,
        push=_granted(old.push, wanted.push, "push_access_levels", deps),
        merge=_granted(old.merge, wanted.merge, "merge_access_levels", deps),
        create=_granted(old.create, wanted.create, "create_access_levels", deps),
        allow_force_push=force,
    )


def _granted(
    old: tuple[Grant, ...], changes: tuple[GrantChange, ...], sequence: SequenceName, deps: ProtectedRefDeps
) -> tuple[Grant, ...]:
    grants = {grant.id: grant for grant in old}
    for change in changes:
        if change.id is not None and change.id not in grants:
            raise RecordNotFound
        if change.destroy and change.id is not None:
            del grants[change.id]
            continue
        if change.user_id is not None and deps.users.user(change.user_id) is None:
            raise Unprocessable("Access levels user is not a member of the project", code="not_a_member")
        number = deps.sequences.next(sequence)[0] if change.id is None else change.id
        grants[number] = Grant(number, change.level, change.user_id)
    return tuple(grants.values())


def _found(known: Protections, kind: Kind, name: str) -> ProtectedRef:
    found = next((one for one in known if one.kind == kind and one.name == name), None)
    if found is None:
        raise RecordNotFound
    return found


def _taken(kind: Kind, name: str) -> Conflict | Unprocessable:
    if kind == "branch":
        return Conflict(f"Protected branch '{name}' already exists", code="taken")
    return Unprocessable("Name has already been taken", code="taken")
