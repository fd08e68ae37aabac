"""A group and what a caller may do in it."""

from dataclasses import dataclass

from pullcord import access, ids
from pullcord.access import GroupAbility, Level, User
from pullcord.errors import Forbidden, NotFound
from pullcord.projects import Namespace
from pullcord.usecases.people_ports import GroupDirectory


@dataclass(frozen=True, slots=True)
class GroupAccess:
    """A group that a caller may see, and the caller's rights in it."""

    group: Namespace
    user: User | None
    level: Level
    abilities: frozenset[GroupAbility]

    def require(self, ability: GroupAbility) -> None:
        """Raise Forbidden unless the caller has this ability."""
        if ability not in self.abilities:
            raise Forbidden(code="no_permission", details={"needs": access.needed_role(ability)})


def authorize_group(wanted: str, user: User | None, directory: GroupDirectory, today: str) -> GroupAccess:
    """Look up the group and what the caller may do in it. wanted: number or full path.

    Raises NotFound, in the same words for a group that does not exist and for one that the caller may not see.
    """
    number = ids.parse(wanted)
    group_id = directory.group_id(wanted) if number is None else number
    group, memberships = directory.group_memberships(group_id, user.id if user else None) if group_id else (None, ())
    if group is None:
        raise NotFound("Group")
    level = access.highest(memberships, today)
    abilities = access.group_abilities(user, level, group)
    if "read_group" not in abilities:
        raise NotFound("Group")
    return GroupAccess(group, user, access.effective_level(user, level), abilities)
