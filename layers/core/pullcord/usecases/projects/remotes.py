"""Remotes of projects: checked when they are set, with the login taken out of the URL and sealed."""

from collections.abc import Callable
from typing import Any, NamedTuple

from pullcord.errors import Invalid, Refusal
from pullcord.git_logins import sealed_login
from pullcord.times import Random
from pullcord.usecases.host_ports import Remote
from pullcord.usecases.ports import Peppers


class Remotes(NamedTuple):
    """Checks remotes and seals their logins. parse: raises a refusal for a remote that is not allowed."""

    parse: Callable[[str], Remote]
    peppers: Peppers
    random: Random

    def parsed(self, import_url: str) -> Remote:
        """The remote of an `import_url`. Raises Invalid for one that is not allowed."""
        try:
            return self.parse(import_url)
        except Refusal as refusal:
            raise Invalid({"import_url": [f"is blocked: {refusal.message}"]}, code=refusal.code) from refusal

    def fields(self, import_url: str, remote: Remote, project_id: int) -> dict[str, Any]:
        """The fields of a project for an `import_url` and its remote: the URL without its login, and the sealed login."""
        if remote.credentials is None:
            return {"import_url": import_url, "import_login": None}
        login = remote.credentials.username, remote.credentials.password
        sealed = sealed_login(login, project_id, remote.url, self.peppers, self.random)
        return {"import_url": remote.url, "import_login": sealed}
