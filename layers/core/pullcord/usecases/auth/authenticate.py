"""Who is calling: a personal access token in, a user out.

Source: https://docs.gitlab.com/api/rest/authentication and lib/api/api_guard's observable answers
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pullcord.access import User
from pullcord.errors import Forbidden, InsufficientScope, InvalidToken, Unauthorized
from pullcord.times import Moment
from pullcord.tokens import Found
from pullcord.usecases.ports import Peppers, Users

EXPIRED = "Token is expired. You can either do re-authorization or token refresh."
REVOKED = "Token was revoked. You have to re-authorize from the user."
WRITE = ("api",)
READ = ("api", "read_api")
READ_USER = ("api", "read_api", "read_user")
ROTATE = ("api", "self_rotate")
ANY = ()
"""No scope in particular: every token may be asked about itself."""


class Tokens(Protocol):
    """Tokens by digest."""

    def find(self, digests: Sequence[str]) -> Found | None:
        """What one of them leads to."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that asking who somebody is touches."""

    peppers: Peppers
    tokens: Tokens
    users: Users
    moment: Moment


def caller(token: str | None, scopes: Sequence[str], outside: Outside) -> User | None:
    """The user of a token; None without a token. scopes: of which the token must have one, if any.

    Raises Unauthorized (unknown), InvalidToken (expired, revoked), InsufficientScope, Forbidden (blocked).
    """
    if token is None:
        return None
    found = outside.tokens.find(outside.peppers.keyring().digests(token))
    if found is None or found.kind != "personal":
        raise Unauthorized(code="unknown_token")
    if found.revoked:
        raise InvalidToken(REVOKED, code="token_revoked")
    if found.expired(outside.moment.now):
        raise InvalidToken(EXPIRED, code="token_expired")
    if scopes and not set(scopes) & set(found.scopes):
        raise InsufficientScope(" ".join(scopes))
    user = outside.users.user(found.user_id)
    if user is None:
        raise Unauthorized(code="user_deleted")
    if user.state != "active":
        raise Forbidden("Your account has been blocked.", code="user_blocked")
    return user


def required(token: str | None, scopes: Sequence[str], outside: Outside) -> User:
    """As `caller`, for what nobody may do without saying who they are."""
    user = caller(token, scopes, outside)
    if user is None:
        raise Unauthorized(code="no_token")
    return user
