"""A project's remote and the user name and password for it, which are taken out of the URL and kept sealed.

Nobody is told them again, as in GitLab, and only for the URL that they came with do they open.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from pullcord.errors import Invalid, Refusal
from pullcord.peppers import NONCE, SealBroken
from pullcord.projects import Project
from pullcord.times import Random
from pullcord.usecases.ports import Peppers

type Login = tuple[str, str]
"""User name and password."""


class Credentials(Protocol):
    """What stands before the @ of a URL."""

    @property
    def username(self) -> str:
        """Decoded."""
        ...

    @property
    def password(self) -> str:
        """Decoded; may be empty."""
        ...


class Remote(Protocol):
    """A remote that may be asked."""

    @property
    def url(self) -> str:
        """Without user name and password."""
        ...

    @property
    def credentials(self) -> Credentials | None:
        """Those in the URL."""
        ...


class Remotes(NamedTuple):
    """What remotes of projects need of the world. allow: raises a refusal for one that may not be asked."""

    allow: Callable[[str], Remote]
    peppers: Peppers
    random: Random

    def fields(self, written: str, project_id: int) -> dict[str, Any]:
        """The fields of a project for an `import_url`. Raises Invalid for a remote that is not allowed."""
        try:
            remote = self.allow(written)
        except Refusal as refusal:
            raise Invalid({"import_url": [f"is blocked: {refusal.message}"]}, code=refusal.code) from refusal
        if remote.credentials is None:
            return {"import_url": written, "import_login": None}
        login = json.dumps([remote.credentials.username, remote.credentials.password])
        sealed = self.peppers.seal(login.encode(), _bound_to(project_id, remote.url), self.random(NONCE))
        return {"import_url": remote.url, "import_login": sealed}


def login_of(project: Project, peppers: Peppers) -> Login | None:
    """The user name and password that a project's URL came with; none if they were for another URL."""
    if project.import_login is None:
        return None
    try:
        opened = peppers.open(project.import_login, _bound_to(project.id, project.import_url))
    except SealBroken:
        return None
    username, password = json.loads(opened)
    return username, password


def _bound_to(project_id: int, url: str) -> str:
    return f"project:{project_id}:remote:{url}"
