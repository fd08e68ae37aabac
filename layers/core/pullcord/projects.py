"""Projects and the groups above them."""

import fnmatch
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Visibility = Literal["private", "internal", "public"]


@dataclass(frozen=True, slots=True)
class Namespace:
    """A group, or a user's own namespace. `ancestors` are the ids of the groups above it, nearest first."""

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


@dataclass(frozen=True, slots=True)
class Project:
    """A repository somewhere, and how pipelines are made from it.

    groups:   ids of the groups that the project is in, nearest first; none in a user's own namespace
    variables_minimum_role: who may send pipeline variables (docs.gitlab.com/ci/variables: restrict pipeline variables)
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
    job_token_scope_enabled: bool = False
    created_at: str = ""
    updated_at: str = ""

    @property
    def full_path(self) -> str:
        """`group/subgroup/project`, as in URLs."""
        return f"{self.namespace_path}/{self.path}"

    @property
    def config_file(self) -> str:
        """Path of the configuration in the repository."""
        return self.ci_config_path or ".gitlab-ci.yml"


@dataclass(frozen=True, slots=True)
class NewProject:
    """What somebody wants. One of name and path is enough."""

    name: str | None
    path: str | None
    import_url: str
    namespace_id: int | None = None
    default_branch: str | None = None
    visibility: Visibility = "private"
    description: str | None = None
    ci_config_path: str | None = None


@dataclass(frozen=True, slots=True)
class ProtectedRef:
    """A protected branch or tag, or a wildcard for many (`release/*`).

    run_levels: access levels of which one is enough to run a pipeline there: who may push, merge or create
    run_users:  users named one by one
    """

    kind: Literal["branch", "tag"]
    name: str
    run_levels: tuple[int, ...] = (40,)
    run_users: tuple[int, ...] = ()

    def covers(self, kind: str, ref: str) -> bool:
        """Whether this protection is about that ref; `*` also matches slashes, as in GitLab."""
        return kind == self.kind and fnmatch.fnmatchcase(ref, self.name.replace("[", "[[]").replace("?", "[?]"))


def protections_of(refs: Iterable[ProtectedRef], kind: str, ref: str) -> list[ProtectedRef]:
    """The protections that cover a ref; none means that everybody who may push may also run there."""
    return [protected for protected in refs if protected.covers(kind, ref)]
