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
from pullcord.usecases.people_ports import Members, UsersById


@dataclass(frozen=True, slots=True)
class MemberDeps:
    """The stores and services that managing members uses; every `deps.` below is an effect."""

    members: Members
    users: UsersById
    runtime: Runtime


@dataclass(frozen=True, slots=True)
class Roster:
    """A group or project whose members are memberships or changed.

    above:     the groups whose members are inherited, nearest first
    caller:    the calling user, and their level; may_admin: whether they may change members
    """

    kind: Source
    id: int
    above: tuple[int, ...]
    caller: User | None
    level: Level
    may_admin: bool

    @classmethod
    def of_project(cls, access: ProjectAccess) -> "Roster":
        """The roster of a project."""
        project = access.project
        may_admin = "admin_project" in access.abilities
        return cls("project", project.id, project.groups, access.user, access.level, may_admin)

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
    old = _direct_membership(roster, wanted.user_id, deps)
    _check(roster, wanted, deps)
    if old.level > roster.level or (old.level >= Level.OWNER > wanted.level and _is_last_owner(roster, old, deps)):
        raise Forbidden(code="no_permission")
    changed = replace(old, level=wanted.level, expires_at=old.expires_at if keep_expiry else wanted.expires_at)
    if not deps.members.change_member(roster.kind, roster.id, changed):
        raise RecordNotFound
    return _with_users([changed], deps)[0]


def remove_member(roster: Roster, user_id: int, deps: MemberDeps) -> None:
    """Remove a member. Members may remove themselves; the last owner may not be removed. Raises Forbidden, RecordNotFound."""
    own = roster.caller is not None and roster.caller.id == user_id
    if not own:
        roster.require_admin()
    old = _direct_membership(roster, user_id, deps)
    if (old.level > roster.level and not own) or _is_last_owner(roster, old, deps):
        raise Forbidden(code="no_permission")
    deps.members.remove_member(roster.kind, roster.id, user_id)


def _check(roster: Roster, wanted: Membership, deps: MemberDeps) -> None:
    roster.require_admin()
    if wanted.level > roster.level:
        raise Forbidden(code="no_permission", details={"needs": wanted.level})
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


def _is_last_owner(roster: Roster, old: Membership, deps: MemberDeps) -> bool:
    """Whether this is the last owner of a top-level group, or of a project outside of all groups."""
    if old.level < Level.OWNER or roster.above:
        return False
    others = deps.members.members(roster.kind, roster.id)
    return not any(member.level >= Level.OWNER for member in others if member.user_id != old.user_id)


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
