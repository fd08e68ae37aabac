"""The deployment's own credentials for git hosts, from Secrets Manager."""

import json
import time
from collections.abc import Callable, Mapping

from pullcord.aws.secrets import secret

LIFETIME = 300.0
"""Seconds that they are used before the secret is read again."""


class GitCredentials:
    """{beginning of remotes: {"username": ..., "password": ...}}. Read when a remote first wants a login, and when old."""

    def __init__(self, secret: str, clock: Callable[[], float] = time.time) -> None:
        self.secret = secret
        self._clock = clock
        self._known: Mapping[str, Mapping[str, str]] = {}
        self._read_at = float("-inf")

    def of(self, url: str) -> tuple[str, str] | None:
        """User name and password for a remote: those of the longest beginning that it has."""
        known = self._current()
        fitting = [beginning for beginning in known if _begins(url, beginning)]
        if not fitting:
            return None
        found = known[max(fitting, key=len)]
        return found["username"], found["password"]

    def _current(self) -> Mapping[str, Mapping[str, str]]:
        if not 0 <= self._clock() - self._read_at <= LIFETIME:
            begun = self._clock()
            self._known, self._read_at = json.loads(secret(self.secret)), begun
        return self._known


def _begins(url: str, beginning: str) -> bool:
    """`https://git.example.com` begins that host's URLs, and not those of `git.example.com.evil.example`."""
    return f"{url}/".startswith(beginning if beginning.endswith("/") else f"{beginning}/")
