"""Who is calling and how they stand to a project: the first step of every wish but a trigger's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pullcord.access import User
from pullcord.usecases.auth import authenticate
from pullcord.usecases.auth.authenticate import READ, WRITE
from pullcord.usecases.auth.group_access import Groups, GroupStanding, group_standing
from pullcord.usecases.auth.project_access import Directory, Standing, standing


class Everything(Directory, Groups, Protocol):
    """Projects and groups."""


@dataclass(frozen=True, slots=True)
class Admission:
    """All of the world that admitting somebody touches."""

    outside: authenticate.Outside
    directory: Everything

    def anyone(self, token: str | None, scopes: Sequence[str] = READ) -> User | None:
        """A caller who need not say who they are."""
        return authenticate.caller(token, scopes, self.outside)

    def user(self, token: str | None, scopes: Sequence[str] = READ) -> User:
        """A caller who must say who they are."""
        return authenticate.required(token, scopes, self.outside)

    def member(self, token: str | None, project: str, scopes: Sequence[str] = WRITE) -> Standing:
        """A caller who must say who they are, and a project."""
        return self._standing(self.user(token, scopes), project)

    def reader(self, token: str | None, project: str) -> Standing:
        """A caller who need not say who they are, and a project."""
        return self._standing(self.anyone(token), project)

    def group(self, token: str | None, group: str, scopes: Sequence[str] = WRITE) -> GroupStanding:
        """A caller who must say who they are, and a group."""
        return self._group(self.user(token, scopes), group)

    def group_reader(self, token: str | None, group: str) -> GroupStanding:
        """A caller who need not say who they are, and a group."""
        return self._group(self.anyone(token), group)

    def project_of(self, user: User, number: int) -> Standing:
        """A project that this user sees. Raises NotFound."""
        return self._standing(user, str(number))

    def group_of(self, user: User, number: int) -> GroupStanding:
        """A group that this user sees. Raises NotFound."""
        return self._group(user, str(number))

    def _group(self, user: User | None, group: str) -> GroupStanding:
        return group_standing(group, user, self.directory, self.outside.moment.now[:10])

    def _standing(self, user: User | None, project: str) -> Standing:
        return standing(project, user, self.directory, self.outside.moment.now[:10])
