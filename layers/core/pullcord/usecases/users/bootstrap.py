"""The first administrator: user 1, `root`, with the token that the deployment made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pullcord.access import User
from pullcord.peppers import Digest
from pullcord.projects import Namespace
from pullcord.times import Moment
from pullcord.tokens import PersonalToken, bound_to_digest, keys_by_pepper
from pullcord.usecases.ports import Peppers


class People(Protocol):
    """Where users are kept."""

    def add_user(self, user: User, namespace: Namespace) -> object:
        """Store a user with their own namespace; one who is there already stays as they are."""
        ...


class Tokens(Protocol):
    """Where tokens are kept."""

    def replace(self, token: PersonalToken, digests: Sequence[Digest]) -> None:
        """Store a personal access token; one that has its id is found no longer."""
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
    digests = outside.peppers.keyring().digested(token, bound_to_digest("personal", 1, 1), outside.moment.random)
    personal = PersonalToken(1, 1, "Administrator's first token", ("api",), keys_by_pepper(digests), now)
    outside.people.add_user(user, namespace)
    outside.tokens.replace(personal, digests)
    return user
