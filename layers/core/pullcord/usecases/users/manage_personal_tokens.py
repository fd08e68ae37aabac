"""Manage personal access tokens: created by administrators, shown once, revoked and rotated by their owners.

Source: https://docs.gitlab.com/api/personal_access_tokens and /api/user_tokens
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from pullcord.access import User, require_admin
from pullcord.errors import BadRequest, NotFound, Unauthorized, Unprocessable
from pullcord.ids import with_new_id
from pullcord.peppers import Digest
from pullcord.times import Runtime
from pullcord.tokens import PersonalToken, bound_to_digest, keys_by_pepper, new_personal_token
from pullcord.usecases.people_ports import Sequences, Users
from pullcord.usecases.ports import Peppers, PersonalTokens, TokenRecords

LIFETIME = timedelta(days=365)
"""Maximum lifetime of a personal access token, and the default."""
ROTATED_LIFETIME = timedelta(days=7)
"""Default lifetime of a rotated token."""


@dataclass(frozen=True, slots=True)
class PersonalTokenDeps:
    """The stores and services that managing personal access tokens uses; every `deps.` below is an effect."""

    peppers: Peppers
    tokens: TokenRecords
    personal: PersonalTokens
    users: Users
    sequences: Sequences
    runtime: Runtime

    @property
    def today(self) -> date:
        """The current date, in UTC."""
        return self.runtime.clock().date()

    def new_id(self) -> int:
        """The number of a new token."""
        return self.sequences.next("personal_access_tokens")[0]


@dataclass(frozen=True, slots=True)
class NewPersonalToken:
    """The fields of a new personal access token."""

    user_id: int
    name: str
    scopes: tuple[str, ...]
    expires_at: date | None = None
    description: str | None = None


@dataclass(frozen=True, slots=True)
class PersonalTokenFilter:
    """Criteria of a list of tokens; None: any. search: part of the name."""

    user_id: int | None = None
    state: Literal["active", "inactive"] | None = None
    revoked: bool | None = None
    search: str | None = None


def create_token(wanted: NewPersonalToken, caller: User, deps: PersonalTokenDeps) -> tuple[PersonalToken, str]:
    """Create a token for a user; returns it with its value, which is not stored. Raises Forbidden, NotFound, Unprocessable."""
    require_admin(caller)
    user = deps.users.user(wanted.user_id) if wanted.user_id > 0 else None
    if user is None:
        raise NotFound("User")
    if not wanted.name.strip():
        raise Unprocessable("Name can't be blank")
    expires_at = _expiry(wanted.expires_at, LIFETIME, deps.today)

    def add(number: int) -> tuple[PersonalToken, str]:
        token, digests, value = _new_token(number, wanted, expires_at, deps)
        deps.personal.add(token, digests)
        return token, value

    return with_new_id(deps.new_id, add)


def list_tokens(wanted: PersonalTokenFilter, caller: User, deps: PersonalTokenDeps) -> list[PersonalToken]:
    """The matching tokens, newest first: of all users for an administrator, of the caller for others."""
    if not caller.admin and wanted.user_id not in {None, caller.id}:
        raise Unauthorized(code="not_the_owner")
    owner = wanted.user_id if caller.admin else caller.id
    found = deps.personal.of_all() if owner is None else deps.personal.of_user(owner)
    today = deps.today.isoformat()
    return sorted(
        (token for token in found if _matches(token, wanted, today)), key=lambda token: token.id, reverse=True
    )


def find_token(token_id: int, caller: User, deps: PersonalTokenDeps) -> PersonalToken:
    """A token by id. Raises NotFound for an administrator, Unauthorized for others, who must not learn which ids exist."""
    token = deps.personal.token(token_id)
    if token is None or not (caller.admin or token.user_id == caller.id):
        raise NotFound if caller.admin else Unauthorized(code="not_the_owner")
    return token


def own_token(value: str, deps: PersonalTokenDeps) -> PersonalToken:
    """The token with this value. Raises Unauthorized."""
    found = deps.tokens.find(deps.peppers.keyring().digests(value))
    token = deps.personal.token(found.token_id) if found else None
    if token is None:
        raise Unauthorized(code="unknown_token")
    return token


def revoke_token(token: PersonalToken, deps: PersonalTokenDeps) -> None:
    """Revoke a token. Raises BadRequest for a revoked one."""
    if not deps.personal.revoke(token):
        raise BadRequest("400 Bad request", code="token_revoked")


def rotate_token(old: PersonalToken, expires_at: date | None, deps: PersonalTokenDeps) -> tuple[PersonalToken, str]:
    """Revoke a token and create one with the same name and scopes. Raises BadRequest for a revoked one."""
    wanted = NewPersonalToken(old.user_id, old.name, old.scopes, description=old.description)
    expiry = _expiry(expires_at, ROTATED_LIFETIME, deps.today)

    def exchange(number: int) -> tuple[PersonalToken, str]:
        token, digests, value = _new_token(number, wanted, expiry, deps)
        if not deps.personal.rotate(old, token, digests):
            raise BadRequest("400 Bad request - token already revoked", code="token_revoked")
        return token, value

    return with_new_id(deps.new_id, exchange)


def _expiry(wanted: date | None, lifetime: timedelta, today: date) -> date:
    """The expiry date of a new token. Raises Unprocessable. lifetime: the default"""
    expires_at = wanted or today + lifetime
    if expires_at > today + LIFETIME:
        raise Unprocessable(f"Expires at must be before {today + LIFETIME}", code="expires_too_late")
    if expires_at < today:
        raise Unprocessable("Expires at cannot be a date in the past", code="expires_in_the_past")
    return expires_at


def _new_token(
    token_id: int, wanted: NewPersonalToken, expires_at: date, deps: PersonalTokenDeps
) -> tuple[PersonalToken, tuple[Digest, ...], str]:
    value = new_personal_token(deps.runtime.random(20))
    bound_to = bound_to_digest("personal", wanted.user_id, token_id)
    digests = deps.peppers.keyring().digested(value, bound_to, deps.runtime.random)
    token = PersonalToken(
        id=token_id,
        user_id=wanted.user_id,
        name=wanted.name,
        scopes=wanted.scopes,
        digests=keys_by_pepper(digests),
        created_at=deps.runtime.now,
        expires_at=expires_at.isoformat(),
        description=wanted.description,
    )
    return token, digests, value


def _matches(token: PersonalToken, wanted: PersonalTokenFilter, today: str) -> bool:
    return (
        (wanted.state is None or token.active(today) == (wanted.state == "active"))
        and (wanted.revoked is None or token.revoked == wanted.revoked)
        and (wanted.search or "").lower() in token.name.lower()
    )
