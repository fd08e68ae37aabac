"""The operator's credentials for git hosts, from Secrets Manager."""

import json
import time
from collections.abc import Callable, Mapping

from pullcord.aws.secrets import secret

LIFETIME = 300.0
"""Seconds that the credentials are cached."""


class GitCredentials:
    """{prefix of remotes: {"username": ..., "password": ...}}. Read when a remote first asks for a login, and again when they are old."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self.secret = secret
        self._clock = clock
        self._known: Mapping[str, Mapping[str, str]] = {}
        self._read_at = float("-inf")

    def of(self, url: str) -> tuple[str, str] | None:
        """User name and password for a remote, by the longest matching prefix."""
        known = self._current()
        fitting = [prefix for prefix in known if _begins(url, prefix)]
        if not fitting:
            return None
        found = known[max(fitting, key=len)]
        return found["username"], found["password"]

    def _current(self) -> Mapping[str, Mapping[str, str]]:
        if not 0 <= self._clock() - self._read_at <= LIFETIME:
            begun = self._clock()
            self._known, self._read_at = json.loads(secret(self.secret)), begun
        return self._known


def _begins(url: str, prefix: str) -> bool:
    """Whether a URL has a prefix. `https://git.example.com` is none of `https://git.example.com.evil.example/`."""
    return f"{url}/".startswith(prefix if prefix.endswith("/") else f"{prefix}/")
