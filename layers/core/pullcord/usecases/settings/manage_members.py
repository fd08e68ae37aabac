"""Manage members of groups and projects: direct ones, and those inherited from the groups above.

Source: https://docs.gitlab.com/api/group_members and /api/project_members
"""

from collections.abc import Iterable
from copy import replace
from dataclasses import dataclass

from pullcord.access import Level, Member, Membership, Source, User
from pullcord.errors import Conflict, Forbidden, Invalid, NotFound, RecordNotFound
from pullcord.times import Runtime
from pullcord.usecases.auth.group_access import GroupAccess
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.groups.group_owners import other_owner
from pullcord.usecases.people_ports import Members, UsersById

ATTEMPTS = 5
"""Attempts to change a member while others change the owners."""


@dataclass(frozen=True, slots=True)
class MemberDeps:
    """The stores and services that managing members uses; every `deps.` below is an effect."""

    members: Members
    users: UsersById
    runtime: Runtime


@dataclass(frozen=True, slots=True)
class Roster:
    """A group or project whose members are listed or changed.

    above:     the groups whose members are inherited, nearest first
    caller:    the calling user, and their level; may_admin: whether they may change members
    own_namespace: id of the user's namespace that a project is in, None for other projects and groups
    """

    kind: Source
    id: int
    above: tuple[int, ...]
    caller: User | None
    level: Level
    may_admin: bool
    own_namespace: int | None = None

    @classmethod
    def of_project(cls, access: ProjectAccess) -> "Roster":
        """The roster of a project."""
        project = access.project
        may_admin = "admin_project" in access.abilities
        own = project.namespace_id if project.namespace_kind == "user" else None
        return cls("project", project.id, project.groups, access.user, access.level, may_admin, own)

    @classmethod
    def of_group(cls, access: GroupAccess) -> "Roster":
        """The roster of a group."""
        may_admin = "admin_group_member" in access.abilities
        return cls("group", access.group.id, access.group.ancestors, access.user, access.level, may_admin)

    def require_admin(self) -> None:
        """Raise Forbidden unless the caller may change members."""
        if not self.may_admin:
            raise Forbidden(
                code="no_permission", details={"needs": "maintainer" if self.kind == "project" else "owner"}
            )


def list_direct(roster: Roster, deps: MemberDeps) -> list[Member]:
    """The direct members."""
    return _with_users(_live(deps.members.members(roster.kind, roster.id), deps), deps)


def list_all(roster: Roster, deps: MemberDeps) -> list[Member]:
    """The direct and inherited members, each once with their highest level."""
    best: dict[int, Membership] = {}
    for membership in _live(_everywhere(roster, deps), deps):
        known = best.get(membership.user_id)
        if known is None or membership.level > known.level:
            best[membership.user_id] = membership
    return _with_users(best.values(), deps)


def find_member(members: Iterable[Member], user_id: int) -> Member:
    """The member with this user id. Raises RecordNotFound."""
    found = next((member for member in members if member.user.id == user_id), None)
    if found is None:
        raise RecordNotFound
    return found


def add_member(roster: Roster, wanted: Membership, deps: MemberDeps) -> Member:
    """Make a user a member. Raises Forbidden, NotFound (user), Conflict (is one), Invalid (below inherited)."""
    _check(roster, wanted, deps)
    by = roster.caller.id if roster.caller else None
    new = replace(wanted, created_at=deps.runtime.now, created_by=by)
    failed = deps.members.add_member(roster.kind, roster.id, new)
    if "user" in failed:
        raise NotFound("User")
    if "source" in failed:
        raise NotFound(roster.kind.capitalize())
    if failed:
        raise Conflict("Member already exists", code="taken")
    return _with_users([new], deps)[0]


def change_member(roster: Roster, wanted: Membership, deps: MemberDeps, *, keep_expiry: bool) -> Member:
    """Change a member's level, and expiry date unless `keep_expiry`. Raises as `add_member`, and RecordNotFound."""
    roster.require_admin()
    for _ in range(ATTEMPTS):
        old = _direct_membership(roster, wanted.user_id, deps)
        _check(roster, wanted, deps)
        _require_level(roster, old)
        changed = replace(old, level=wanted.level, expires_at=old.expires_at if keep_expiry else wanted.expires_at)
        remaining = _remaining_owner(roster, old, changed, deps)
        failed = deps.members.change_member(roster.kind, roster.id, changed, remaining)
        if "member" in failed:
            raise RecordNotFound
        if not failed:
            return _with_users([changed], deps)[0]
    raise Conflict("409 Conflict", code="busy")


def remove_member(roster: Roster, user_id: int, deps: MemberDeps) -> None:
    """Remove a member. Members may remove themselves; the last owner may not be removed. Raises Forbidden, RecordNotFound."""
    own = roster.caller is not None and roster.caller.id == user_id
    if not own:
        roster.require_admin()
    for _ in range(ATTEMPTS):
        old = _direct_membership(roster, user_id, deps)
        if not own:
            _require_level(roster, old)
        remaining = _remaining_owner(roster, old, None, deps)
        if not deps.members.remove_member(roster.kind, roster.id, user_id, remaining):
            return
    raise Conflict("409 Conflict", code="busy")


def _require_level(roster: Roster, old: Membership) -> None:
    if old.level > roster.level:
        raise Forbidden(code="no_permission", details={"needs": Level(old.level).name.lower()})


def _check(roster: Roster, wanted: Membership, deps: MemberDeps) -> None:
    roster.require_admin()
    if wanted.level > roster.level:
        raise Forbidden(code="no_permission", details={"needs": Level(wanted.level).name.lower()})
    if deps.users.user(wanted.user_id) is None:
        raise NotFound("User")
    today = deps.runtime.today
    if wanted.expires_at is not None and wanted.expires_at < today:
        raise Invalid({"expires_at": ["cannot be a date in the past"]})
    for group in roster.above:
        above = deps.members.member("group", group, wanted.user_id)
        if above is not None and above.live(today) and above.level > wanted.level:
            name = Level(above.level).name.capitalize()
            phrase = f"should be greater than or equal to {name} inherited membership from group"
            raise Invalid({"access_level": [phrase]}, code="below_inherited")


def _direct_membership(roster: Roster, user_id: int, deps: MemberDeps) -> Membership:
    found = deps.members.member(roster.kind, roster.id, user_id) if user_id > 0 else None
    if found is None:
        raise RecordNotFound
    return found


def _remaining_owner(roster: Roster, old: Membership, new: Membership | None, deps: MemberDeps) -> Membership | None:
    """The owner of a top-level group who must remain when an owner leaves or gets an end; None if none need remain.

    A group keeps an owner without an end, so that no day comes on which nobody owns it. The project of a user's own
    namespace keeps that user. new: None for a removal. Raises Forbidden if it would be left without an owner.
    """
    if _keeps_owner(old, new, deps):
        return None
    if roster.kind == "project":
        holder = deps.users.user(old.user_id) if roster.own_namespace else None
        if holder is not None and holder.namespace_id == roster.own_namespace:
            raise Forbidden(code="sole_owner")
        return None
    if roster.above:
        return None
    found = other_owner(roster.id, old.user_id, deps.members, deps.users, deps.runtime.today)
    if found is None or (old.expires_at is None and found.expires_at is not None):
        raise Forbidden(code="sole_owner")
    return found


def _keeps_owner(old: Membership, new: Membership | None, deps: MemberDeps) -> bool:
    """Whether a membership that is no owner's stays so, or an owner's stays one for as long as before."""
    if old.level < Level.OWNER or not old.live(deps.runtime.today):
        return True
    return new is not None and new.level >= Level.OWNER and new.expires_at in {None, old.expires_at}


def _everywhere(roster: Roster, deps: MemberDeps) -> Iterable[Membership]:
    yield from deps.members.members(roster.kind, roster.id)
    for group in roster.above:
        yield from deps.members.members("group", group)


def _live(members: Iterable[Membership], deps: MemberDeps) -> list[Membership]:
    today = deps.runtime.today
    return [member for member in members if member.live(today)]


def _with_users(memberships: Iterable[Membership], deps: MemberDeps) -> list[Member]:
    memberships = list(memberships)
    wanted = {member.user_id for member in memberships} | {
        member.created_by for member in memberships if member.created_by
    }
    users = deps.users.users(wanted)
    found = [member for member in memberships if member.user_id in users]
    members = [Member(users[one.user_id], one, users.get(one.created_by or 0)) for one in found]
    return sorted(members, key=lambda member: member.user.id)
