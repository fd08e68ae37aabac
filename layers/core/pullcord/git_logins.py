"""Logins in URLs of a project: user name and password of its `import_url` and its `ci_config_path`.

They are stored sealed, bound to the project, the setting and the URL.
"""

import json
from typing import Protocol

from pullcord.peppers import NONCE, SealBroken
from pullcord.projects import Login, Project, split_login
from pullcord.times import Random


class Sealer(Protocol):
    """A keyring, or a store of one."""

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Seal with the current pepper."""

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Open a sealed value. Raises `SealBroken`."""


def sealed_login(login: Login, project_id: int, url: str, sealer: Sealer, random: Random) -> bytes:
    """A login for a project's remote as it is stored. url: of the remote, without the login."""
    return sealer.seal(json.dumps(list(login)).encode(), _bound_to(project_id, "remote", url), random(NONCE))


def sealed_config_login(login: Login, project_id: int, url: str, sealer: Sealer, random: Random) -> bytes:
    """A login for the address of a project's configuration as it is stored. url: without the login."""
    return sealer.seal(json.dumps(list(login)).encode(), _bound_to(project_id, "config", url), random(NONCE))


def login_of(project: Project, sealer: Sealer) -> Login | None:
    """The login that came with the project's `import_url`; None without one, or if it was for another URL."""
    return _opened(project.import_login, _bound_to(project.id, "remote", project.import_url), sealer)


def config_login_of(project: Project, sealer: Sealer) -> Login | None:
    """The login that came with the project's `ci_config_path`, as `login_of`; earlier versions left it in the path."""
    url, login = split_login(project.ci_config_path or "")
    return login or _opened(project.ci_config_login, _bound_to(project.id, "config", url), sealer)


def _opened(sealed: bytes | None, bound_to: str, sealer: Sealer) -> Login | None:
    if sealed is None:
        return None
    try:
        username, password = json.loads(sealer.open(sealed, bound_to))
    except SealBroken:
        return None
    return username, password


def _bound_to(project_id: int, setting: str, url: str) -> str:
    return f"project:{project_id}:{setting}:{url}"
