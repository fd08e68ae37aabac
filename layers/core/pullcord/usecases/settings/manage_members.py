"""Members of groups and projects: direct ones are kept here, those of the groups above are members as well.

Source: https://docs.gitlab.com/api/group_members and /api/project_members
"""

from collections.abc import Iterable, Mapping
from copy import replace
from dataclasses import dataclass
from typing import Protocol

from pullcord.access import Level, Membership, Source, User
from pullcord.errors import Conflict, Forbidden, Invalid, NotFound, RecordNotFound
from pullcord.times import Moment
from pullcord.usecases.auth.group_access import GroupStanding
from pullcord.usecases.auth.project_access import Standing


class Members(Protocol):
    """Where memberships are kept."""

    def members(self, kind: Source, source_id: int) -> list[Membership]:
        """The direct members of a group or project."""
        ...

    def member(self, kind: Source, source_id: int, user_id: int) -> Membership | None:
        """One direct member."""
        ...

    def add_member(self, kind: Source, source_id: int, new: Membership) -> frozenset[str]:
        """Store a new one; what stood in the way: `member`, `source`, `user`."""
        ...

    def change_member(self, kind: Source, source_id: int, changed: Membership) -> bool:
        """Store another level or end; False when the member is gone."""
        ...

    def remove_member(self, kind: Source, source_id: int, user_id: int) -> None:
        """Take one away."""
        ...


class Users(Protocol):
    """Users by id."""

    def user(self, user_id: int) -> User | None:
        """One of them."""
        ...

    def users(self, user_ids: Iterable[int]) -> Mapping[int, User]:
        """Those of them that are still there."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that managing members touches."""

    members: Members
    users: Users
    moment: Moment


@dataclass(frozen=True, slots=True)
class Roster:
    """A group or project whose members are meant.

    above:    the groups that give members too, nearest first
    caller:   whoever asks, at their level; may_admin: whether they may change members
    """

    kind: Source
    id: int
    above: tuple[int, ...]
    caller: User | None
    level: Level
    may_admin: bool

    @classmethod
    def of_project(cls, standing: Standing) -> "Roster":
        """The members of a project."""
        project = standing.project
        may_admin = "admin_project" in standing.abilities
        return cls("project", project.id, project.groups, standing.user, standing.level, may_admin)

    @classmethod
    def of_group(cls, standing: GroupStanding) -> "Roster":
        """The members of a group."""
        may_admin = "admin_group_member" in standing.abilities
        return cls("group", standing.group.id, standing.group.ancestors, standing.user, standing.level, may_admin)

    def needs_admin(self) -> None:
        """Raise Forbidden for who may not change members."""
        if not self.may_admin:
            raise Forbidden(code="no_permission", facts={"needs": "maintainer" if self.kind == "project" else "owner"})


@dataclass(frozen=True, slots=True)
class Member:
    """A user with what makes them a member, and who did that."""

    user: User
    membership: Membership
    created_by: User | None = None


def direct(roster: Roster, outside: Outside) -> list[Member]:
    """The members of the group or project itself."""
    return _with_users(_live(outside.members.members(roster.kind, roster.id), outside), outside)


def inherited(roster: Roster, outside: Outside) -> list[Member]:
    """All who are members, each once with the highest level."""
    best: dict[int, Membership] = {}
    for membership in _live(_everywhere(roster, outside), outside):
        known = best.get(membership.user_id)
        if known is None or membership.level > known.level:
            best[membership.user_id] = membership
    return _with_users(best.values(), outside)


def one(members: Iterable[Member], user_id: int) -> Member:
    """The one who is this user. Raises RecordNotFound."""
    found = next((member for member in members if member.user.id == user_id), None)
    if found is None:
        raise RecordNotFound
    return found


def add(roster: Roster, wanted: Membership, outside: Outside) -> Member:
    """Make a user a member. Raises Forbidden, NotFound (user), Conflict (is one), Invalid (below inherited)."""
    _check(roster, wanted, outside)
    by = roster.caller.id if roster.caller else None
    new = replace(wanted, created_at=outside.moment.now, created_by=by)
    failed = outside.members.add_member(roster.kind, roster.id, new)
    if "user" in failed:
        raise NotFound("User")
    if "source" in failed:
        raise NotFound(roster.kind.capitalize())
    if failed:
        raise Conflict("Member already exists", code="taken")
    return _with_users([new], outside)[0]


def change(roster: Roster, wanted: Membership, outside: Outside, *, keep_end: bool) -> Member:
    """Give a member another level, and another end unless that is kept. Raises as `add`, and RecordNotFound."""
    roster.needs_admin()
    old = _direct(roster, wanted.user_id, outside)
    _check(roster, wanted, outside)
    if old.level > roster.level or (old.level >= Level.OWNER > wanted.level and _is_last_owner(roster, old, outside)):
        raise Forbidden(code="no_permission")
    changed = replace(old, level=wanted.level, expires_at=old.expires_at if keep_end else wanted.expires_at)
    if not outside.members.change_member(roster.kind, roster.id, changed):
        raise RecordNotFound
    return _with_users([changed], outside)[0]


def remove(roster: Roster, user_id: int, outside: Outside) -> None:
    """Take a member away; members may leave by themselves. The last owner has to stay."""
    own = roster.caller is not None and roster.caller.id == user_id
    if not own:
        roster.needs_admin()
    old = _direct(roster, user_id, outside)
    if (old.level > roster.level and not own) or _is_last_owner(roster, old, outside):
        raise Forbidden(code="no_permission")
    outside.members.remove_member(roster.kind, roster.id, user_id)


def _check(roster: Roster, wanted: Membership, outside: Outside) -> None:
    roster.needs_admin()
    if wanted.level > roster.level:
        raise Forbidden(code="no_permission", facts={"needs": wanted.level})
    if outside.users.user(wanted.user_id) is None:
        raise NotFound("User")
    today = outside.moment.now[:10]
    if wanted.expires_at is not None and wanted.expires_at < today:
        raise Invalid({"expires_at": ["cannot be a date in the past"]})
    for group in roster.above:
        above = outside.members.member("group", group, wanted.user_id)
        if above is not None and above.live(today) and above.level > wanted.level:
            name = Level(above.level).name.capitalize()
            phrase = f"should be greater than or equal to {name} inherited membership from group"
            raise Invalid({"access_level": [phrase]}, code="below_inherited")


def _direct(roster: Roster, user_id: int, outside: Outside) -> Membership:
    found = outside.members.member(roster.kind, roster.id, user_id) if user_id > 0 else None
    if found is None:
        raise RecordNotFound
    return found


def _is_last_owner(roster: Roster, old: Membership, outside: Outside) -> bool:
    """Whether nobody would own it any more: a group of its own, or a project outside of all groups."""
    if old.level < Level.OWNER or roster.above:
        return False
    others = outside.members.members(roster.kind, roster.id)
    return not any(member.level >= Level.OWNER for member in others if member.user_id != old.user_id)


def _everywhere(roster: Roster, outside: Outside) -> Iterable[Membership]:
    yield from outside.members.members(roster.kind, roster.id)
    for group in roster.above:
        yield from outside.members.members("group", group)


def _live(members: Iterable[Membership], outside: Outside) -> list[Membership]:
    today = outside.moment.now[:10]
    return [member for member in members if member.live(today)]


def _with_users(memberships: Iterable[Membership], outside: Outside) -> list[Member]:
    listed = list(memberships)
    wanted = {member.user_id for member in listed} | {member.created_by for member in listed if member.created_by}
    users = outside.users.users(wanted)
    found = [member for member in listed if member.user_id in users]
    members = [Member(users[one.user_id], one, users.get(one.created_by or 0)) for one in found]
    return sorted(members, key=lambda member: member.user.id)
