"""Tokens: their format, what is stored of them, and the record that a token leads to. `peppers` digests and seals them."""

import re
from collections.abc import Iterable, Mapping
from copy import replace
from typing import Literal, NamedTuple

from pullcord.peppers import Digest

TRIGGER_PREFIX = "glptt-"
PERSONAL_PREFIX = "glpat-"
SHORT = 4

Kind = Literal["trigger", "personal", "job"]


class TokenRecord(NamedTuple):
    """The record under a token's digest: enough to accept or refuse a call with one read.

    pepper, hashed: as in `Digest`
    """

    kind: Kind
    token_id: int
    user_id: int
    project_id: int = 0
    expires_at: str | None = None
    revoked: bool = False
    scopes: tuple[str, ...] = ()
    pepper: str = ""
    sealed_hash: bytes = b""

    @property
    def bound_to(self) -> str:
        """The context that the sealed hash is bound to, so that it cannot be opened in a copied item."""
        return bound_to_digest(self.kind, self.project_id or self.user_id, self.token_id)

    def with_digest(self, digest: Digest) -> "TokenRecord":
        """The record under another digest of the token."""
        return replace(self, pepper=digest.pepper, sealed_hash=digest.sealed_hash)

    def may_trigger(self, project_id: int, now: str) -> bool:
        """Whether it is a trigger token of this project that has not expired."""
        return self.kind == "trigger" and self.project_id == project_id and not self.expired(now)

    def expired(self, now: str) -> bool:
        """Whether the token has expired. A bare date expires at its beginning, as in GitLab."""
        return self.expires_at is not None and self.expires_at <= now[: len(self.expires_at)]


class Trigger(NamedTuple):
    """A pipeline trigger token without its value. `sealed` is the value, for its owner to read again.

    digests: by the peppers' ids, the keys under which the token is found
    version: rises with every change of what the token's records say, which a rotation of the pepper copies
    """

    id: int
    project_id: int
    owner_id: int
    digests: Mapping[str, str]
    sealed: bytes
    short: str
    created_at: str
    updated_at: str
    description: str | None = None
    expires_at: str | None = None
    version: int = 1

    @property
    def record(self) -> TokenRecord:
        """The record that is stored under each digest."""
        return TokenRecord("trigger", self.id, self.owner_id, self.project_id, self.expires_at)


class PersonalToken(NamedTuple):
    """A personal access token without its value, which is shown once.

    digests: by the peppers' ids, the keys under which the token is found
    version: rises with every change of what the token's records say, which a rotation of the pepper copies
    """

    id: int
    user_id: int
    name: str
    scopes: tuple[str, ...]
    digests: Mapping[str, str]
    created_at: str
    expires_at: str | None = None
    revoked: bool = False
    last_used_at: str | None = None
    description: str | None = None
    version: int = 1

    @property
    def record(self) -> TokenRecord:
        """The record that is stored under each digest."""
        return TokenRecord("personal", self.id, self.user_id, 0, self.expires_at, self.revoked, self.scopes)

    def active(self, today: str) -> bool:
        """Whether the token is accepted on `today` (YYYY-MM-DD)."""
        return not self.revoked and (self.expires_at is None or self.expires_at > today)


def new_trigger_token(random: bytes) -> str:
    """`glptt-` and 40 hex digits from 20 random bytes: GitLab's format, so that secret scanners recognise it."""
    return TRIGGER_PREFIX + random.hex()


def new_personal_token(random: bytes) -> str:
    """`glpat-` and 20 characters of base62-like text, made from at least 20 random bytes."""
    alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
    return PERSONAL_PREFIX + "".join(alphabet[byte & 63] for byte in random[:20])


def short(token: str) -> str:
    """The first four characters after the prefix, which all maintainers may see."""
    return re.sub(r"^(?:.*-)?glptt-", "", token)[:SHORT]


def bound_to_trigger(project_id: int, trigger_id: int) -> str:
    """The context that a sealed trigger token is bound to, so that it cannot be opened in a copied item."""
    return f"trigger:{project_id}:{trigger_id}"


def bound_to_digest(kind: Kind, owner_id: int, token_id: int) -> str:
    """The context that a token's sealed hash is bound to. owner_id: the project of a trigger, the user of a personal token."""
    return f"digest:{kind}:{owner_id}:{token_id}"


def keys_by_pepper(digests: Iterable[Digest]) -> dict[str, str]:
    """Keys of digests by pepper, as a token's own item lists them."""
    return {digest.pepper: digest.key for digest in digests}
