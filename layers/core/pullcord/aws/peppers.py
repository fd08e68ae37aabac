"""The peppers, from Secrets Manager into a keyring."""

import json
import time
from collections.abc import Callable

from pullcord.aws.secrets import secret
from pullcord.peppers import Keyring, PepperSet, PepperUnknown

LIFETIME = 300.0
"""Seconds that a keyring is cached."""

PAUSE = 1.0
"""Minimum of seconds between two reads of the secret."""


class Peppers:
    """The cached keyring of a sandbox: read again when it is old, or when a value was sealed with a newer pepper.

    The clock is the wall clock: the monotonic clock may stand still while a sandbox is frozen between two calls.
    """

    def __init__(
        self, secret: str, clock: Callable[[], float] = time.time, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.secret = secret
        self._clock, self._sleep = clock, sleep
        self._keyring: Keyring | None = None
        self._read_at = 0.0

    def keyring(self) -> Keyring:
        """The peppers in force."""
        if self._keyring is None or not 0 <= self._clock() - self._read_at <= LIFETIME:
            return self._read()
        return self._keyring

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Seal with the current pepper. nonce: 12 fresh random bytes."""
        return self.keyring().seal(plain, bound_to, nonce)

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Open with the pepper that sealed the value, even if it is newer than the cached keyring. Raises `SealBroken`."""
        try:
            return self.keyring().open(sealed, bound_to)
        except PepperUnknown:
            self._sleep(min(PAUSE, max(0.0, self._read_at + PAUSE - self._clock())))
            return self._read().open(sealed, bound_to)

    def _read(self) -> Keyring:
        # The value may have changed since it was read, but not before the call began.
        begun = self._clock()
        self._keyring, self._read_at = parse(secret(self.secret)).keyring, begun
        return self._keyring


def parse(text: str) -> PepperSet:
    """The peppers of the secret's value: {"pepper": …}, after rotations with "previous" and "retired"."""
    value = json.loads(text)
    return PepperSet(value["pepper"], value.get("previous"), tuple(value.get("retired", ())))


def serialize(peppers: PepperSet) -> str:
    """The secret's value for these peppers."""
    value = {"pepper": peppers.current, "previous": peppers.previous, "retired": list(peppers.retired)}
    return json.dumps({name: content for name, content in value.items() if content})
