"""Create the first administrator: user 1, `root`, with the token that the deployment made."""

from dataclasses import dataclass

from pullcord.access import User
from pullcord.projects import Namespace
from pullcord.times import Runtime
from pullcord.tokens import PersonalToken, bound_to_digest, keys_by_pepper
from pullcord.usecases.people_ports import UserAccounts
from pullcord.usecases.ports import Peppers, PersonalTokens


@dataclass(frozen=True, slots=True)
class BootstrapDeps:
    """The stores and services that creating the first administrator uses; every `deps.` below is an effect."""

    peppers: Peppers
    users: UserAccounts
    tokens: PersonalTokens
    runtime: Runtime


def bootstrap(token: str, deps: BootstrapDeps) -> User:
    """Store `root` and their token. A repeated call changes nothing but the token, if that is another one."""
    now = deps.runtime.now
    user = User(1, "root", "Administrator", "admin@example.com", admin=True, created_at=now, namespace_id=1)
    namespace = Namespace(1, user.name, user.username, user.username, "user", owner_id=1, created_at=now)
    digests = deps.peppers.keyring().digested(token, bound_to_digest("personal", 1, 1), deps.runtime.random)
    personal = PersonalToken(1, 1, "Administrator's first token", ("api",), keys_by_pepper(digests), now)
    deps.users.add_user(user, namespace)
    deps.tokens.replace(personal, digests)
    return user
