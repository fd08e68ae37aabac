"""Tokens and what keeps them: how they look, how they are found, how they are sealed.

A token is looked up by an HMAC under a secret pepper, and kept sealed for its owner; nowhere in the clear.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

TRIGGER_PREFIX = "glptt-"
PERSONAL_PREFIX = "glpat-"
SHORT = 4
NONCE = 12

Kind = Literal["trigger", "personal", "job"]


@dataclass(frozen=True, slots=True)
class Trigger:
    """A pipeline trigger token without its value. `sealed` opens to it with the keyring, for its owner."""

    id: int
    project_id: int
    owner_id: int
    digest: str
    sealed: bytes
    short: str
    created_at: str
    updated_at: str
    description: str | None = None
    expires_at: str | None = None


@dataclass(frozen=True, slots=True)
class PersonalToken:
    """A personal access token without its value; it is shown once and never again."""

    id: int
    user_id: int
    name: str
    scopes: tuple[str, ...]
    digest: str
    created_at: str
    expires_at: str | None = None
    revoked: bool = False
    last_used_at: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a digest leads to: enough to admit or refuse a call with one read."""

    kind: Kind
    token_id: int
    user_id: int
    project_id: int = 0
    expires_at: str | None = None
    revoked: bool = False
    scopes: tuple[str, ...] = ()

    def expired(self, now: str) -> bool:
        """Whether its time is over. A bare date ends with its first moment, as in GitLab."""
        return self.expires_at is not None and self.expires_at <= now[: len(self.expires_at)]


def new_trigger_token(random: bytes) -> str:
    """`glptt-` and 40 hex digits from 20 random bytes: GitLab's form, so that secret scanners know it."""
    return TRIGGER_PREFIX + random.hex()


def new_personal_token(random: bytes) -> str:
    """`glpat-` and 20 characters of base62-like text, made from at least 20 random bytes."""
    alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_"
    return PERSONAL_PREFIX + "".join(alphabet[byte & 63] for byte in random[:20])


def short(token: str) -> str:
    """The four characters that everybody with the right may see; prefixes do not count."""
    return re.sub(r"^(?:.*-)?glptt-", "", token)[:SHORT]


class Pepper:
    """One secret of the service and the keys that are derived from it."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self.id = self._derive(b"pullcord pepper id", 6).hex()
        self._digest_key = self._derive(b"pullcord token digest", 32)
        self._seal = AESGCM(self._derive(b"pullcord seal", 32))

    def _derive(self, purpose: bytes, length: int) -> bytes:
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(self._secret)

    def digest(self, token: str) -> str:
        """The key under which a token is found.

        HMAC rather than a bare hash: a copy of the table does not let anybody test guesses. HMAC rather than a slow
        hash: a token has 160 bits, and the value must be a key that one read finds.
        """
        return hmac.new(self._digest_key, token.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Encrypt with AES-256-GCM so that it opens only for the same `bound_to`. nonce: 12 fresh random bytes."""
        return bytes.fromhex(self.id) + nonce + self._seal.encrypt(nonce, plain, bound_to.encode())

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Undo `seal`. Raises `SealBroken` for other data, another owner or another pepper."""
        try:
            return self._seal.decrypt(sealed[6 : 6 + NONCE], sealed[6 + NONCE :], bound_to.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error


class SealBroken(Exception):
    """Sealed data was changed, moved to another place, or made with a pepper that is gone."""


class Keyring:
    """The peppers that live now, the current one first; during a rotation there are two."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self.peppers = tuple(Pepper(secret) for secret in secrets)

    @property
    def current(self) -> Pepper:
        """The pepper for everything new."""
        return self.peppers[0]

    def digests(self, token: str) -> tuple[str, ...]:
        """Under which keys this token may be found, the likeliest first."""
        return tuple(pepper.digest(token) for pepper in self.peppers)

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Seal with the current pepper."""
        return self.current.seal(plain, bound_to, nonce)

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Open with the pepper that sealed it. Raises `SealBroken`."""
        for pepper in self.peppers:
            if sealed[:6] == bytes.fromhex(pepper.id):
                return pepper.open(sealed, bound_to)
        raise SealBroken


def bound_to_trigger(project_id: int, trigger_id: int) -> str:
    """What a sealed trigger token is bound to, so that a copied row opens nowhere else."""
    return f"trigger:{project_id}:{trigger_id}"
