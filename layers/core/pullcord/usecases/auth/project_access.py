"""A project as a caller stands to it: found or not, and with which rights."""

from typing import NamedTuple, Protocol

from pullcord import access, ids
from pullcord.access import Ability, Level, Membership, User
from pullcord.errors import Forbidden, Moved, NotFound, Unauthorized
from pullcord.projects import Project


class Stood(Protocol):
    """A project and a user's memberships above it."""

    @property
    def project(self) -> Project | None:
        """None if there is no such project."""
        ...

    @property
    def memberships(self) -> tuple[Membership, ...]:
        """Direct and inherited."""
        ...


class Directory(Protocol):
    """Projects by path and number, and who is in them."""

    def project_id(self, full_path: str) -> int | None:
        """The number of the project at a path."""
        ...

    def standing(self, project_id: int, user_id: int | None) -> Stood:
        """A project and a user's memberships."""
        ...


class Standing(NamedTuple):
    """What a caller may do in a project that they may see."""

    project: Project
    user: User | None
    abilities: frozenset[Ability]
    level: Level = Level.NONE

    @property
    def member(self) -> User:
        """The user, where there must be one. Raises Unauthorized."""
        if self.user is None:
            raise Unauthorized(code="no_token")
        return self.user

    def needs(self, ability: Ability) -> None:
        """Raise Forbidden without it."""
        if ability not in self.abilities:
            raise Forbidden(code="no_permission", facts={"needs": ability})


def standing(wanted: str, user: User | None, directory: Directory, today: str) -> Standing:
    """The project that a path or number means to this caller.

    Raises NotFound for a project that is not there or that the caller may not see: the same words for both; Moved for
    one that has left this path.
    """
    spelled = ids.spelled(wanted)
    number = directory.project_id(wanted) if spelled is None else spelled
    stood = directory.standing(number, user.id if user else None) if number else None
    if stood is None or stood.project is None:
        raise NotFound("Project")
    level = access.highest(stood.memberships, today)
    able = access.abilities(user, level, stood.project)
    if "read_project" not in able:
        raise NotFound("Project")
    if spelled is None and stood.project.full_path.lower() != wanted.lower():
        raise Moved(stood.project.id)
    return Standing(stood.project, user, able, Level.OWNER if user is not None and user.admin else level)
