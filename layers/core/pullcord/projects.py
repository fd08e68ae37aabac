"""Projects and the groups above them."""

import fnmatch
import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote

USERINFO = re.compile(r"://([^/?#]*)@")
type Login = tuple[str, str]
"""User name and password."""

Visibility = Literal["private", "internal", "public"]


class Namespace(NamedTuple):
    """A group, or a user's own namespace.

    ancestors:  ids of the groups above it, nearest first
    last_child: id of the newest group or project in it, so that a deletion or move notices an addition
    """

    id: int
    name: str
    path: str
    full_path: str
    kind: Literal["group", "user"] = "group"
    owner_id: int | None = None
    parent_id: int | None = None
    ancestors: tuple[int, ...] = ()
    visibility: Visibility = "private"
    description: str = ""
    created_at: str = ""
    full_name: str = ""
    last_child: int | None = None

    @property
    def groups(self) -> tuple[int, ...]:
        """Ids of the groups that a project or group created in it belongs to, nearest first."""
        return (self.id, *self.ancestors) if self.kind == "group" else ()

    @property
    def display_name(self) -> str:
        """The name with those of the groups above: `Acme / Tools`."""
        return self.full_name or self.name


class Project(NamedTuple):
    """A git remote, and the settings by which pipelines are made from it.

    import_url: of the remote; empty for a project that has none
    remote_head: the branch that the remote's HEAD stood for when it was read last
    groups:   ids of the groups that the project is in, nearest first; none in a user's own namespace
    variables_minimum_role: who may send pipeline variables (docs.gitlab.com/ci/variables: restrict pipeline variables)
    import_login: user name and password of the import_url, sealed
    ci_config_login: those of an address in ci_config_path, sealed
    builds_private: whether members alone see pipelines and jobs
    job_token_projects, job_token_groups: the allowlists of other projects whose job tokens are accepted
    """

    id: int
    name: str
    path: str
    namespace_id: int
    namespace_path: str
    import_url: str
    default_branch: str | None = None
    visibility: Visibility = "private"
    groups: tuple[int, ...] = ()
    namespace_kind: Literal["group", "user"] = "user"
    namespace_name: str = ""
    creator_id: int = 1
    description: str | None = None
    ci_config_path: str | None = None
    jobs_enabled: bool = True
    public_jobs: bool = True
    archived: bool = False
    variables_minimum_role: str = "maintainer"
    builds_private: bool = False
    job_token_scope_enabled: bool = False
    inbound_job_token_scope_enabled: bool = True
    job_token_projects: tuple[int, ...] = ()
    job_token_groups: tuple[int, ...] = ()
    created_at: str = ""
    updated_at: str = ""
    import_login: bytes | None = None
    ci_config_login: bytes | None = None
    remote_head: str | None = None

    @property
    def shown_default_branch(self) -> str | None:
        """The default branch: the setting, else that of the remote as it was read last."""
        return self.default_branch or self.remote_head

    @property
    def full_path(self) -> str:
        """`group/subgroup/project`, as in URLs."""
        return f"{self.namespace_path}/{self.path}"

    @property
    def config_file(self) -> str:
        """Path of the configuration in the repository or elsewhere, without the login that it had in earlier versions."""
        return without_login(self.ci_config_path or ".gitlab-ci.yml")


class NewProject(NamedTuple):
    """The parameters of a new project. Name or path is required.

    import_url: empty for a project without a remote; settings: other fields of `Project`
    """

    name: str | None
    path: str | None
    import_url: str
    namespace_id: int | None = None
    settings: Mapping[str, Any] = {}


ADMINISTRATORS = 60
"""GitLab's access level for administrators alone, on protected branches and tags."""


class Grant(NamedTuple):
    """A permission on a protected branch or tag, for everybody of a level or for one user. Level 0 is nobody."""

    id: int
    level: int | None = None
    user_id: int | None = None

    def covers(self, user_id: int, level: int) -> bool:
        """Whether the grant includes this user. level: in the project; `ADMINISTRATORS` for an administrator."""
        if self.user_id is not None:
            return self.user_id == user_id
        return self.level is not None and 0 < self.level <= level


class ProtectedRef(NamedTuple):
    """A protected branch or tag, or a wildcard for many (`release/*`), and who may push, merge or create it."""

    kind: Literal["branch", "tag"]
    name: str
    id: int = 0
    push: tuple[Grant, ...] = ()
    merge: tuple[Grant, ...] = ()
    create: tuple[Grant, ...] = ()
    allow_force_push: bool = False

    def allows_push(self, user_id: int, level: int) -> bool:
        """Whether a user may push to the branch. Parameters as in `Grant.covers`."""
        return any(grant.covers(user_id, level) for grant in self.push)

    def allows_merge(self, user_id: int, level: int) -> bool:
        """Whether a user may merge into the branch. Parameters as in `Grant.covers`."""
        return any(grant.covers(user_id, level) for grant in self.merge)

    def allows_pipelines(self, user_id: int, level: int) -> bool:
        """Whether a user may run pipelines on the ref: those who may push, merge or create. Parameters as in `Grant.covers`."""
        return any(grant.covers(user_id, level) for grant in (*self.push, *self.merge, *self.create))

    def covers(self, kind: str, ref: str) -> bool:
        """Whether the protection matches a ref; `*` also matches slashes, as in GitLab."""
        return kind == self.kind and fnmatch.fnmatchcase(ref, self.name.replace("[", "[[]").replace("?", "[?]"))


VISIBILITIES: tuple[Visibility, ...] = ("private", "internal", "public")


def too_visible(wanted: Visibility, group: Visibility) -> bool:
    """Whether a project or group would be more visible than the group above it."""
    return VISIBILITIES.index(wanted) > VISIBILITIES.index(group)


def protections_of(refs: Iterable[ProtectedRef], kind: str, ref: str) -> list[ProtectedRef]:
    """The protections that cover a ref. Without one, everybody who may push may run pipelines on it."""
    return [protected for protected in refs if protected.covers(kind, ref)]


def split_login(url: str) -> tuple[str, Login | None]:
    """A URL without the user name and password in it, and these, decoded."""
    found = USERINFO.search(url)
    if found is None:
        return url, None
    username, _, password = found[1].partition(":")
    return url[: found.start(1)] + url[found.end() :], (unquote(username), unquote(password))


def without_login(url: str) -> str:
    """A URL without the user name and password in it."""
    return split_login(url)[0]
