"""Delete a user: first what they could still open, then what was theirs alone, at last themselves.

Source: https://docs.gitlab.com/api/users/#delete-a-user
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from pullcord.access import Level, Membership, Source, User
from pullcord.errors import Conflict, NotFound
from pullcord.projects import Project
from pullcord.usecases.projects import delete_project
from pullcord.usecases.users.manage_users import needs_admin

SOLE_OWNER = "User cannot be removed if is the sole owner of a group"


class Users(Protocol):
    """Users and where they are members."""

    def user(self, user_id: int) -> User | None:
        """One by id."""
        ...

    def memberships(self, user_id: int) -> Iterable[tuple[Source, int, Membership]]:
        """Kind and id of every group and project that a user is a direct member of."""
        ...

    def delete_user(self, user: User) -> None:
        """Take one away with name, address and memberships."""
        ...


class Members(Protocol):
    """Members of groups."""

    def members(self, kind: Source, source_id: int) -> list[Membership]:
        """The direct ones."""
        ...


class Projects(Protocol):
    """Projects of a namespace."""

    def projects_in(self, namespace_id: int) -> list[Project]:
        """All of them."""
        ...


class PersonalTokens(Protocol):
    """Personal access tokens."""

    def delete_all(self, user_id: int) -> None:
        """Take away all of a user."""
        ...


class Triggers(Protocol):
    """Trigger tokens."""

    def delete_of_owner(self, user_id: int) -> None:
        """Revoke all that a user owns."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that deleting a user touches."""

    users: Users
    members: Members
    projects: Projects
    personal: PersonalTokens
    triggers: Triggers
    deleting: delete_project.Outside


def delete_user(user_id: int, caller: User, outside: Outside) -> None:
    """Take a user away; nothing that they could open with opens any more. Raises Forbidden, NotFound, Conflict."""
    needs_admin(caller)
    user = outside.users.user(user_id) if user_id > 0 else None
    if user is None:
        raise NotFound("User")
    if any(_sole_owner(*membership, user_id, outside) for membership in outside.users.memberships(user_id)):
        raise Conflict(SOLE_OWNER, code="sole_owner")
    _take_tokens(user_id, outside)
    if user.namespace_id is not None:
        for project in outside.projects.projects_in(user.namespace_id):
            delete_project.take_away(project, outside.deleting)
    outside.users.delete_user(user)
    # What was made in the meantime belongs to nobody and opens nothing; it goes as well.
    _take_tokens(user_id, outside)


def _take_tokens(user_id: int, outside: Outside) -> None:
    outside.personal.delete_all(user_id)
    outside.triggers.delete_of_owner(user_id)


def _sole_owner(kind: Source, source_id: int, membership: Membership, user_id: int, outside: Outside) -> bool:
    if kind != "group" or membership.level < Level.OWNER:
        return False
    others = outside.members.members(kind, source_id)
    return not any(member.level >= Level.OWNER for member in others if member.user_id != user_id)
