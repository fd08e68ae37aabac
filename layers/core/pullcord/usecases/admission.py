"""Who is calling and how they stand to a project: the first step of every wish but a trigger's."""

from collections.abc import Sequence
from dataclasses import dataclass

from pullcord.access import User
from pullcord.usecases import authenticate
from pullcord.usecases.authenticate import READ, WRITE
from pullcord.usecases.standing import Directory, Standing, standing


@dataclass(frozen=True, slots=True)
class Admission:
    """All of the world that admitting somebody touches."""

    outside: authenticate.Outside
    directory: Directory

    def user(self, token: str | None, scopes: Sequence[str] = READ) -> User:
        """A caller who must say who they are."""
        return authenticate.required(token, scopes, self.outside)

    def member(self, token: str | None, project: str, scopes: Sequence[str] = WRITE) -> Standing:
        """A caller who must say who they are, and a project."""
        return self._standing(self.user(token, scopes), project)

    def reader(self, token: str | None, project: str) -> Standing:
        """A caller who need not say who they are, and a project."""
        return self._standing(authenticate.caller(token, READ, self.outside), project)

    def _standing(self, user: User | None, project: str) -> Standing:
        return standing(project, user, self.directory, self.outside.moment.now[:10])
