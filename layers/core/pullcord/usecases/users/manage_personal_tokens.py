"""Personal access tokens: made by administrators, shown once, revoked and rotated by their owners.

Source: https://docs.gitlab.com/api/personal_access_tokens and /api/user_tokens
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from pullcord.access import User
from pullcord.errors import BadRequest, NotFound, Unauthorized, Unprocessable
from pullcord.ids import numbered
from pullcord.peppers import Digest
from pullcord.times import Moment
from pullcord.tokens import Found, PersonalToken, bound_to_digest, keys_by_pepper, new_personal_token
from pullcord.usecases.ports import Peppers, Users
from pullcord.usecases.users.manage_users import needs_admin

LIFETIME = timedelta(days=365)
"""Longest life of a personal access token, and the life of one whose end nobody named."""
ROTATED = timedelta(days=7)
"""Life of a rotated token whose end nobody named."""


class Tokens(Protocol):
    """Where personal access tokens are kept."""

    def find(self, digests: Sequence[str]) -> Found | None:
        """What one of these digests leads to."""
        ...


class PersonalTokens(Protocol):
    """Personal access tokens for their owners."""

    def add(self, token: PersonalToken, digests: Sequence[Digest]) -> None:
        """Store a new one, to be found by all of its digests. Raises `ids.Taken`."""
        ...

    def token(self, token_id: int) -> PersonalToken | None:
        """One by id."""
        ...

    def of_user(self, user_id: int) -> list[PersonalToken]:
        """All of a user."""
        ...

    def of_all(self) -> Iterable[PersonalToken]:
        """All there are."""
        ...

    def revoke(self, token: PersonalToken) -> bool:
        """Let it open nothing any more; False if it already did not."""
        ...

    def rotate(self, old: PersonalToken, new: PersonalToken, digests: Sequence[Digest]) -> bool:
        """Exchange it for another one; False if it was revoked. Raises `ids.Taken` for the id of the other one."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that managing personal access tokens touches."""

    peppers: Peppers
    tokens: Tokens
    personal: PersonalTokens
    users: Users
    moment: Moment

    @property
    def today(self) -> date:
        """Today, in UTC."""
        return self.moment.clock().date()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A token that somebody wants for a user."""

    user_id: int
    name: str
    scopes: tuple[str, ...]
    expires_at: date | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which tokens to list; None does not ask. search: part of the name."""

    user_id: int | None = None
    state: Literal["active", "inactive"] | None = None
    revoked: bool | None = None
    search: str | None = None


def create(wanted: Wanted, caller: User, outside: Outside) -> tuple[PersonalToken, str]:
    """Make a token for a user; the token's value is here and nowhere else. Raises Forbidden, NotFound, Unprocessable."""
    needs_admin(caller)
    user = outside.users.user(wanted.user_id) if wanted.user_id > 0 else None
    if user is None:
        raise NotFound("User")
    if not wanted.name.strip():
        raise Unprocessable("Name can't be blank")
    expires_at = _end(wanted.expires_at, LIFETIME, outside.today)

    def add(number: int) -> tuple[PersonalToken, str]:
        made, digests, value = _made(number, wanted, expires_at, outside)
        outside.personal.add(made, digests)
        return made, value

    return numbered(outside.moment.new_id, add)


def listed(wanted: Filter, caller: User, outside: Outside) -> list[PersonalToken]:
    """Those that pass the filter, newest first: of everybody for an administrator, else one's own."""
    if not caller.admin and wanted.user_id not in {None, caller.id}:
        raise Unauthorized(code="not_the_owner")
    owner = wanted.user_id if caller.admin else caller.id
    found = outside.personal.of_all() if owner is None else outside.personal.of_user(owner)
    today = outside.today.isoformat()
    return sorted((token for token in found if _passes(token, wanted, today)), key=lambda token: token.id, reverse=True)


def one(token_id: int, caller: User, outside: Outside) -> PersonalToken:
    """A token. Only an administrator learns that there is none: Raises NotFound for them, Unauthorized for others."""
    token = outside.personal.token(token_id)
    if token is None or not (caller.admin or token.user_id == caller.id):
        raise NotFound if caller.admin else Unauthorized(code="not_the_owner")
    return token


def own(value: str, outside: Outside) -> PersonalToken:
    """The token that somebody called with."""
    found = outside.tokens.find(outside.peppers.keyring().digests(value))
    token = outside.personal.token(found.token_id) if found else None
    if token is None:
        raise Unauthorized(code="unknown_token")
    return token


def revoke(token: PersonalToken, outside: Outside) -> None:
    """Let a token open nothing any more. Raises BadRequest for one that already does not."""
    if not outside.personal.revoke(token):
        raise BadRequest("400 Bad request", code="token_revoked")


def rotate(token: PersonalToken, expires_at: date | None, outside: Outside) -> tuple[PersonalToken, str]:
    """Exchange a token for one with the same name and scopes. Raises BadRequest for a revoked one."""
    wanted = Wanted(token.user_id, token.name, token.scopes, description=token.description)
    end = _end(expires_at, ROTATED, outside.today)

    def exchange(number: int) -> tuple[PersonalToken, str]:
        made, digests, value = _made(number, wanted, end, outside)
        if not outside.personal.rotate(token, made, digests):
            raise BadRequest("400 Bad request - token already revoked", code="token_revoked")
        return made, value

    return numbered(outside.moment.new_id, exchange)


def _end(wanted: date | None, lifetime: timedelta, today: date) -> date:
    """The last day of a new token. Raises Unprocessable. lifetime: of one whose end nobody named"""
    expires_at = wanted or today + lifetime
    if expires_at > today + LIFETIME:
        raise Unprocessable(f"Expires at must be before {today + LIFETIME}", code="expires_too_late")
    if expires_at < today:
        raise Unprocessable("Expires at cannot be a date in the past", code="expires_in_the_past")
    return expires_at


def _made(
    token_id: int, wanted: Wanted, expires_at: date, outside: Outside
) -> tuple[PersonalToken, tuple[Digest, ...], str]:
    value = new_personal_token(outside.moment.random(20))
    bound_to = bound_to_digest("personal", wanted.user_id, token_id)
    digests = outside.peppers.keyring().digested(value, bound_to, outside.moment.random)
    token = PersonalToken(
        id=token_id,
        user_id=wanted.user_id,
        name=wanted.name,
        scopes=wanted.scopes,
        digests=keys_by_pepper(digests),
        created_at=outside.moment.now,
        expires_at=expires_at.isoformat(),
        description=wanted.description,
    )
    return token, digests, value


def _passes(token: PersonalToken, wanted: Filter, today: str) -> bool:
    return (
        (wanted.state is None or token.active(today) == (wanted.state == "active"))
        and (wanted.revoked is None or token.revoked == wanted.revoked)
        and (wanted.search or "").lower() in token.name.lower()
    )
