"""A group as a caller stands to it: found or not, and with which rights."""

from dataclasses import dataclass
from typing import Protocol

from pullcord import access, ids
from pullcord.access import GroupAbility, Level, Membership, User
from pullcord.errors import Forbidden, NotFound
from pullcord.projects import Namespace


class Groups(Protocol):
    """Groups by path and number, and who is in them."""

    def group_id(self, full_path: str) -> int | None:
        """The number of the group at a path."""
        ...

    def group_standing(self, group_id: int, user_id: int | None) -> tuple[Namespace | None, tuple[Membership, ...]]:
        """A group, None if it is not there, and a user's memberships in it and above it."""
        ...


@dataclass(frozen=True, slots=True)
class GroupStanding:
    """What a caller may do in a group that they may see."""

    group: Namespace
    user: User | None
    level: Level
    abilities: frozenset[GroupAbility]

    def needs(self, ability: GroupAbility) -> None:
        """Raise Forbidden without it."""
        if ability not in self.abilities:
            raise Forbidden(code="no_permission", facts={"needs": ability})


def group_standing(wanted: str, user: User | None, directory: Groups, today: str) -> GroupStanding:
    """The group that a path or number means to this caller. Raises NotFound, also for one that they may not see."""
    spelled = ids.spelled(wanted)
    number = directory.group_id(wanted) if spelled is None else spelled
    group, memberships = directory.group_standing(number, user.id if user else None) if number else (None, ())
    if group is None:
        raise NotFound("Group")
    level = access.highest(memberships, today)
    able = access.group_abilities(user, level, group)
    if "read_group" not in able:
        raise NotFound("Group")
    return GroupStanding(group, user, Level.OWNER if user is not None and user.admin else level, able)
