"""The peppers, from Secrets Manager into a keyring."""

import json
import time

from pullcord.aws.secrets import secret
from pullcord.tokens import Keyring

LIFETIME = 300.0
"""Seconds that a keyring is used before the secret is read again."""


class Peppers:
    """The keyring of this sandbox: read once, and again when it is old or when a token is not found with it."""

    def __init__(self, secret: str) -> None:
        self.secret = secret
        self._keyring: Keyring | None = None
        self._read_at = 0.0

    def keyring(self) -> Keyring:
        """The peppers that live now. The secret's value is {"pepper": …} and, after a rotation, {"previous": …} too."""
        if self._keyring is None or time.monotonic() - self._read_at > LIFETIME:
            value = json.loads(secret(self.secret))
            self._keyring = Keyring([value[name] for name in ("pepper", "previous") if value.get(name)])
            self._read_at = time.monotonic()
        return self._keyring
