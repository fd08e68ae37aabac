"""Peppers: secrets of the service that tokens are digested with and values are sealed with.

A token is looked up by an HMAC of its hash. A value that must be read again is stored sealed; none is stored in the clear.
Two peppers are in force at a time. A rotation makes the current one the previous one and retires the one before.
"""

import hashlib
import hmac
from collections.abc import Sequence
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pullcord.times import Random

NONCE = 12
ID = 6


class SealBroken(Exception):
    """Sealed data was changed or moved to another place."""


class PepperUnknown(SealBroken):
    """Sealed with a pepper that this keyring does not hold: newer than the keyring, or another deployment's."""


class Digest(NamedTuple):
    """A token as it is stored under one pepper.

    pepper: the pepper's id
    key:    under which the token is found
    sealed_hash: SHA-256 of the token, sealed. Digests under other peppers can be made from it, but not the token
    """

    pepper: str
    key: str
    sealed_hash: bytes


class Pepper:
    """One secret of the service and the keys that are derived from it."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self.id = self._derive(b"pullcord pepper id", ID).hex()
        self._digest_key = self._derive(b"pullcord token digest", 32)
        self._seal = AESGCM(self._derive(b"pullcord seal", 32))

    def _derive(self, purpose: bytes, length: int) -> bytes:
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose).derive(self._secret)

    def digest(self, token: str) -> str:
        """The key under which a token is found.

        HMAC rather than a bare hash: guesses cannot be tested against a copy of the table. HMAC rather than a slow
        hash: a token has 120 bits and more, and the value must be a key that one read finds. Of the token's hash
        rather than the token, so that a rotation can digest it again without knowing the token.
        """
        return self._digest_of(_hash(token))

    def _digest_of(self, sealed_hash: bytes) -> str:
        return hmac.new(self._digest_key, sealed_hash, hashlib.sha256).hexdigest()

    def digested(self, sealed_hash: bytes, bound_to: str, random: Random) -> Digest:
        """The digest of a token by its hash."""
        return Digest(self.id, self._digest_of(sealed_hash), self.seal(sealed_hash, bound_to, random(NONCE)))

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Encrypt with AES-256-GCM, with `bound_to` as associated data. nonce: 12 fresh random bytes."""
        return bytes.fromhex(self.id) + nonce + self._seal.encrypt(nonce, plain, bound_to.encode())

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Undo `seal`. Raises `SealBroken` for other data, another owner or another pepper."""
        try:
            return self._seal.decrypt(sealed[ID : ID + NONCE], sealed[ID + NONCE :], bound_to.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error


class Keyring:
    """The peppers in force, the current one first, and the retired ones, which only open what they have sealed."""

    def __init__(self, live: Sequence[str], retired: Sequence[str] = ()) -> None:
        self.live = tuple(Pepper(secret) for secret in live)
        self._all = {pepper.id: pepper for pepper in (*self.live, *(Pepper(secret) for secret in retired))}

    @property
    def current(self) -> Pepper:
        """The pepper that new values are sealed with."""
        return self.live[0]

    def __contains__(self, pepper_id: object) -> bool:
        return pepper_id in self._all

    def digests(self, token: str) -> tuple[str, ...]:
        """The keys under which a token may be found, the likeliest first."""
        return tuple(pepper.digest(token) for pepper in self.live)

    def fingerprints(self, text: str) -> tuple[str, ...]:
        """A text's digests under every pepper: an older keyring's and a newer one's have some in common."""
        return tuple(pepper.digest(text) for pepper in self._all.values())

    def digested(self, token: str, bound_to: str, random: Random) -> tuple[Digest, ...]:
        """The digests of a new token under every pepper in force, so that keyrings one rotation older or newer find it, too."""
        return tuple(pepper.digested(_hash(token), bound_to, random) for pepper in self.live)

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Seal with the current pepper."""
        return self.current.seal(plain, bound_to, nonce)

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Open with the pepper that sealed it. Raises `SealBroken`, and `PepperUnknown` if that pepper is not in the keyring."""
        pepper = self._all.get(sealer(sealed))
        if pepper is None:
            raise PepperUnknown
        return pepper.open(sealed, bound_to)


class PepperSet(NamedTuple):
    """The secrets of the peppers: the two in force and the retired ones, newest first."""

    current: str
    previous: str | None = None
    retired: tuple[str, ...] = ()

    def rotated(self, secret: str) -> "PepperSet":
        """The set after a rotation to a new secret. Retired peppers are kept, so that recorded pipelines stay readable."""
        return PepperSet(secret, self.current, (self.previous, *self.retired) if self.previous else self.retired)

    @property
    def keyring(self) -> Keyring:
        """The keyring of these peppers."""
        return Keyring([secret for secret in (self.current, self.previous) if secret], self.retired)


def sealer(sealed: bytes) -> str:
    """The id of the pepper that sealed something."""
    return sealed[:ID].hex()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
