"""Peppers: secrets of the service, under which tokens are found and values are sealed.

A token is looked up by an HMAC of its hash; what must be read again is kept sealed; nothing is kept in the clear.
Two peppers live at a time. A rotation makes the current one the previous one and retires the one before.
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
    """A token as one pepper knows it.

    pepper: the pepper's id
    key:    under which the token is found
    hashed: SHA-256 of the token, sealed. Every other pepper can make its own digest of it, nobody makes a token of it
    """

    pepper: str
    key: str
    hashed: bytes


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

        HMAC rather than a bare hash: a copy of the table does not let anybody test guesses. HMAC rather than a slow
        hash: a token has 120 bits and more, and the value must be a key that one read finds. Of the token's hash
        rather than the token: so that a rotation can make it anew without ever having a token in its hands.
        """
        return self._digest_of(_hash(token))

    def _digest_of(self, hashed: bytes) -> str:
        return hmac.new(self._digest_key, hashed, hashlib.sha256).hexdigest()

    def digested(self, hashed: bytes, bound_to: str, random: Random) -> Digest:
        """A token's hash as this pepper knows it."""
        return Digest(self.id, self._digest_of(hashed), self.seal(hashed, bound_to, random(NONCE)))

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Encrypt with AES-256-GCM so that it opens only for the same `bound_to`. nonce: 12 fresh random bytes."""
        return bytes.fromhex(self.id) + nonce + self._seal.encrypt(nonce, plain, bound_to.encode())

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Undo `seal`. Raises `SealBroken` for other data, another owner or another pepper."""
        try:
            return self._seal.decrypt(sealed[ID : ID + NONCE], sealed[ID + NONCE :], bound_to.encode())
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error


class Keyring:
    """The peppers that live, the current one first, and those that are retired and open old seals only."""

    def __init__(self, live: Sequence[str], retired: Sequence[str] = ()) -> None:
        self.live = tuple(Pepper(secret) for secret in live)
        self._all = {pepper.id: pepper for pepper in (*self.live, *(Pepper(secret) for secret in retired))}

    @property
    def current(self) -> Pepper:
        """The pepper for everything new."""
        return self.live[0]

    def __contains__(self, pepper_id: object) -> bool:
        return pepper_id in self._all

    def digests(self, token: str) -> tuple[str, ...]:
        """Under which keys this token may be found, the likeliest first."""
        return tuple(pepper.digest(token) for pepper in self.live)

    def fingerprints(self, text: str) -> tuple[str, ...]:
        """A text's digests under every pepper: an older keyring's and a newer one's have some in common."""
        return tuple(pepper.digest(text) for pepper in self._all.values())

    def digested(self, token: str, bound_to: str, random: Random) -> tuple[Digest, ...]:
        """A new token as every living pepper knows it, so that keyrings one rotation older or newer find it, too."""
        return tuple(pepper.digested(_hash(token), bound_to, random) for pepper in self.live)

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Seal with the current pepper."""
        return self.current.seal(plain, bound_to, nonce)

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Open with the pepper that sealed it. Raises `SealBroken`, and `PepperUnknown` if that pepper is not here."""
        pepper = self._all.get(sealer(sealed))
        if pepper is None:
            raise PepperUnknown
        return pepper.open(sealed, bound_to)


class PepperSet(NamedTuple):
    """The secrets themselves: the two that live and the retired ones, the youngest first."""

    current: str
    previous: str | None = None
    retired: tuple[str, ...] = ()

    def rotated(self, secret: str) -> "PepperSet":
        """The set after a rotation to a new secret. Nothing is forgotten: recorded pipelines stay readable."""
        return PepperSet(secret, self.current, (self.previous, *self.retired) if self.previous else self.retired)

    @property
    def keyring(self) -> Keyring:
        """The keys of it."""
        return Keyring([secret for secret in (self.current, self.previous) if secret], self.retired)


def sealer(sealed: bytes) -> str:
    """The id of the pepper that sealed something."""
    return sealed[:ID].hex()


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
