"""URLs of projects: checked when they are set, logins taken out of them and sealed; and the HEADs of remotes."""

from collections.abc import Callable
from copy import replace
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from pullcord.errors import Invalid, Refusal
from pullcord.git_logins import login_of, sealed_config_login, sealed_login
from pullcord.projects import Project, split_login, without_login
from pullcord.times import Runtime
from pullcord.usecases.host_ports import GitHosts, Remote
from pullcord.usecases.people_ports import Projects
from pullcord.usecases.ports import Peppers

HOST_SECONDS = 3.0
"""Time for a remote to answer. Without an answer, the branch that was read last is shown."""
CACHE_SECONDS = 60
"""Time that an answer, or the lack of one, is not asked for again in this process."""
MAX_CACHED = 1000
LOCAL = "file:"
"""Repositories on this machine are as near as any cache, so they are always asked."""


@dataclass(frozen=True, slots=True)
class RemoteHeads:
    """Reads the HEAD of projects' remotes. recent: branches by project and URL, with the second until which they count."""

    hosts: GitHosts
    projects: Projects
    peppers: Peppers
    runtime: Runtime
    recent: dict[tuple[int, str], tuple[str | None, int]] = field(default_factory=dict)

    def read(self, project: Project) -> Project:
        """The project with the branch that HEAD stands for now; as it was, if the remote does not answer in time."""
        if not project.import_url:
            return project
        key, now = (project.id, project.import_url), self.runtime.seconds
        branch, until = self.recent.get(key, (None, 0))
        if until <= now or project.import_url.startswith(LOCAL):
            branch = self._ask(project)
            if len(self.recent) >= MAX_CACHED:
                self.recent.clear()
            self.recent[key] = branch, now + CACHE_SECONDS
        return replace(project, remote_head=branch)

    def refresh(self, project: Project) -> Project:
        """The project to show: without a default branch of its own, with that of the remote, which is stored if it is new."""
        if project.default_branch:
            return project
        fresh = self.read(project)
        if fresh.remote_head != project.remote_head:
            self.projects.change_project(project, fresh)
        return fresh

    def _ask(self, project: Project) -> str | None:
        login = login_of(project, self.peppers)
        try:
            with self.hosts.open_session(HOST_SECONDS) as session:
                return session.repository(project.import_url, login).default_branch()
        except Refusal:
            return project.remote_head


class Remotes(NamedTuple):
    """Checks remotes, seals their logins and reads their HEADs. parse: raises a refusal for a remote that is not allowed."""

    parse: Callable[[str], Remote]
    heads: RemoteHeads

    def parsed(self, import_url: str) -> Remote | None:
        """The remote of an `import_url`, None for an empty one. Raises Invalid for one that is not allowed."""
        if not import_url:
            return None
        try:
            return self.parse(import_url)
        except Refusal as refusal:
            raise Invalid({"import_url": [f"is blocked: {refusal.message}"]}, code=refusal.code) from refusal

    def set_remote(self, project: Project, import_url: str, remote: Remote | None) -> Project:
        """The project with this remote: the URL without its login, the sealed login, and the branch that HEAD stands for."""
        if remote is None or remote.credentials is None:
            fields: dict[str, Any] = {"import_url": import_url, "import_login": None}
        else:
            login = remote.credentials.username, remote.credentials.password
            peppers, random = self.heads.peppers, self.heads.runtime.random
            sealed = sealed_login(login, project.id, remote.url, peppers, random)
            fields = {"import_url": remote.url, "import_login": sealed}
        return self.heads.read(replace(project, remote_head=None, **fields))

    def config_fields(self, path: str | None, project_id: int) -> dict[str, Any]:
        """The fields of a project for a `ci_config_path`. Raises Invalid for an address that cannot be understood."""
        public, login = split_login(path or "")
        if "://" in public and "@" in public and not _is_address(public):
            raise Invalid({"ci_config_path": ["is invalid"]})  # the rest may be a password with unusual characters
        if login is None:
            return {"ci_config_path": path, "ci_config_login": None}
        peppers, random = self.heads.peppers, self.heads.runtime.random
        return {
            "ci_config_path": public,
            "ci_config_login": sealed_config_login(login, project_id, public, peppers, random),
        }

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
