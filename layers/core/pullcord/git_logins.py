"""Logins for git remotes: user name and password of a project's `import_url`, stored sealed and bound to that URL."""

import json
from typing import Protocol

from pullcord.peppers import NONCE, SealBroken
from pullcord.projects import Project
from pullcord.times import Random

type Login = tuple[str, str]
"""User name and password."""


class Sealer(Protocol):
    """A keyring, or a store of one."""

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Seal with the current pepper."""

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Open a sealed value. Raises `SealBroken`."""


def sealed_login(login: Login, project_id: int, url: str, sealer: Sealer, random: Random) -> bytes:
    """A login for a project's remote as it is stored. url: of the remote, without the login."""
    return sealer.seal(json.dumps(list(login)).encode(), _bound_to(project_id, url), random(NONCE))


def login_of(project: Project, sealer: Sealer) -> Login | None:
    """The login that came with the project's `import_url`; None without one, or if it was for another URL."""
    if project.import_login is None:
        return None
    try:
        opened = sealer.open(project.import_login, _bound_to(project.id, project.import_url))
    except SealBroken:
        return None
    username, password = json.loads(opened)
    return username, password


def _bound_to(project_id: int, url: str) -> str:
    return f"project:{project_id}:remote:{url}"
