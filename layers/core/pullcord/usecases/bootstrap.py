"""The first administrator: user 1, `root`, with the token that the deployment made."""

from dataclasses import dataclass
from typing import Protocol

from pullcord.access import User
from pullcord.projects import Namespace
from pullcord.times import Moment
from pullcord.tokens import PersonalToken
from pullcord.usecases.outside import Peppers


class People(Protocol):
    """Where users are kept."""

    def add_user(self, user: User, namespace: Namespace) -> object:
        """Store a user with their own namespace; one who is there already stays as they are."""
        ...


class Tokens(Protocol):
    """Where tokens are kept."""

    def add_personal(self, token: PersonalToken) -> None:
        """Store a personal access token."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that the beginning touches."""

    peppers: Peppers
    people: People
    tokens: Tokens
    moment: Moment


def bootstrap(token: str, outside: Outside) -> User:
    """Store `root` and the digest of the token. Doing it again changes nothing but the token, if it is another."""
    now = outside.moment.now
    user = User(1, "root", "Administrator", "admin@example.com", admin=True, created_at=now, namespace_id=1)
    namespace = Namespace(1, user.name, user.username, user.username, "user", owner_id=1, created_at=now)
    digest = outside.peppers.keyring().current.digest(token)
    outside.people.add_user(user, namespace)
    outside.tokens.add_personal(PersonalToken(1, 1, "Administrator's first token", ("api",), digest, now))
    return user
