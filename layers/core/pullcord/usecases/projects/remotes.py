"""URLs of projects: remotes are checked when they are set, and logins are taken out of URLs and sealed."""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pullcord.errors import Invalid, Refusal
from pullcord.git_logins import sealed_config_login, sealed_login
from pullcord.projects import Project, split_login, without_login
from pullcord.times import Random
from pullcord.usecases.host_ports import Remote
from pullcord.usecases.ports import Peppers


class Remotes(NamedTuple):
    """Checks remotes and seals their logins. parse: raises a refusal for a remote that is not allowed."""

    parse: Callable[[str], Remote]
    peppers: Peppers
    random: Random

    def fields(self, import_url: str, project_id: int) -> dict[str, Any]:
        """The fields of a project for an `import_url`. Raises Invalid for a remote that is not allowed."""
        try:
            remote = self.parse(import_url)
        except Refusal as refusal:
            raise Invalid({"import_url": [f"is blocked: {refusal.message}"]}, code=refusal.code) from refusal
        if remote.credentials is None:
            return {"import_url": import_url, "import_login": None}
        login = remote.credentials.username, remote.credentials.password
        sealed = sealed_login(login, project_id, remote.url, self.peppers, self.random)
        return {"import_url": remote.url, "import_login": sealed}

    def config_fields(self, path: str | None, project_id: int) -> dict[str, Any]:
        """The fields of a project for a `ci_config_path`. Raises Invalid for an address that cannot be understood."""
        public, login = split_login(path or "")
        if "://" in public and "@" in public and not _is_address(public):
            raise Invalid({"ci_config_path": ["is invalid"]})  # the rest may be a password with unusual characters
        if login is None:
            return {"ci_config_path": path, "ci_config_login": None}
        sealed = sealed_config_login(login, project_id, public, self.peppers, self.random)
        return {"ci_config_path": public, "ci_config_login": sealed}

    def changed_config_fields(self, path: str | None, old: Project) -> dict[str, Any]:
        """The fields for a new `ci_config_path`. A login stays with its address, which is shown and sent back without it."""
        stored = old.ci_config_path or ""
        if path and path == stored == without_login(stored):
            return {}
        return self.config_fields(stored if path and path == without_login(stored) else path, old.id)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
