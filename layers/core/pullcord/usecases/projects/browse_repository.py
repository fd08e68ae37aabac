"""Browse the branches, tags and commits of a project, live from its remote.

Source: https://docs.gitlab.com/api/branches, /api/tags, /api/commits
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from pullcord.access import Level
from pullcord.errors import NotFound, Refusal, Unavailable
from pullcord.pipelines import Commit, Pipeline, RefView
from pullcord.projects import ADMINISTRATORS, Project, ProtectedRef, protections_of
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.host_ports import BrowsableRepository, GitCommit, Repositories, ResolvedRef
from pullcord.usecases.pipelines.checkout import commit_of, has_no_such_ref
from pullcord.usecases.ports import Pipelines, ProtectedRefs

Kind = Literal["branch", "tag"]
NOBODY = 0
"""The id of no user, so that grants for levels alone count."""
MAX_SEARCHED = 1000
"""Newest pipelines among which the last one of a commit is searched."""


@dataclass(frozen=True, slots=True)
class RepositoryDeps:
    """The stores and services that browsing uses; every `deps.` below is an effect."""

    repositories: Repositories
    protections: ProtectedRefs
    pipelines: Pipelines


def list_names(access: ProjectAccess, kind: Kind, search: str | None, deps: RepositoryDeps) -> list[str]:
    """Names of the branches or tags that contain the text; `^` and `$` anchor it at the beginning and the end."""
    access.require("read_code")
    with _open(access.project, deps) as repository:
        refs = repository.branches() if kind == "branch" else repository.tags()
        return [ref.name for ref in refs if _matches(ref.name, search or "")]


def view_refs(access: ProjectAccess, kind: Kind, wanted: Sequence[str], deps: RepositoryDeps) -> list[RefView]:
    """Branches or tags by name, without deleted ones."""
    access.require("read_code")
    protections = deps.protections.protections(access.project.id)
    with _open(access.project, deps) as repository:
        refs = repository.branches() if kind == "branch" else repository.tags()
        by_name = {ref.name: ref for ref in refs}
        default = access.project.default_branch or (repository.default_branch() if kind == "branch" else None)
        found = [by_name[name] for name in wanted if name in by_name]
        return [_view(ref, kind, default, repository, protections, access) for ref in found]


def find_ref(access: ProjectAccess, kind: Kind, name: str, deps: RepositoryDeps) -> RefView:
    """A branch or tag by name. Raises NotFound."""
    found = view_refs(access, kind, [name], deps)
    if not found:
        raise NotFound(kind.capitalize())
    return found[0]


def find_commit(access: ProjectAccess, ref: str, deps: RepositoryDeps) -> tuple[Commit, Pipeline | None]:
    """The commit of a branch, tag or id, with its newest pipeline. Raises NotFound."""
    access.require("read_code")
    with _open(access.project, deps) as repository:
        found = _commit(repository, ref)
    if "read_pipeline" not in access.abilities:
        return found, None
    newest = islice(deps.pipelines.newest(access.project.id), MAX_SEARCHED)
    return found, next((pipeline for pipeline in newest if pipeline.sha == found.id), None)


def _commit(repository: BrowsableRepository, ref: str) -> Commit:
    try:
        return commit_of(repository.commit(repository.find(ref)))
    except Refusal as refusal:
        if has_no_such_ref(refusal):
            raise NotFound("Commit") from refusal
        raise


class EmptyRepository:
    """The repository of a project without a remote."""

    def branches(self) -> Sequence[ResolvedRef]:
        """No branches."""
        return ()

    def tags(self) -> Sequence[ResolvedRef]:
        """No tags."""
        return ()

    def default_branch(self) -> str | None:
        """No default branch."""
        return None

    def find(self, _revision: str) -> str:
        """Raise NotFound."""
        raise NotFound("Commit")

    def commit(self, _sha: str) -> GitCommit:
        """Raise NotFound."""
        raise NotFound("Commit")


@contextmanager
def _open(project: Project, deps: RepositoryDeps) -> Iterator[BrowsableRepository]:
    if not project.import_url:
        yield EmptyRepository()
        return
    try:
        with deps.repositories.open(project) as repository:
            yield repository
    except NotFound:
        raise
    except Refusal as refusal:
        raise Unavailable(refusal.message, code=refusal.code, details=refusal.details) from refusal


def _view(
    ref: ResolvedRef,
    kind: Kind,
    default: str | None,
    repository: BrowsableRepository,
    protections: Iterable[ProtectedRef],
    access: ProjectAccess,
) -> RefView:
    covering = protections_of(protections, kind, ref.name)
    user_id = access.user.id if access.user else NOBODY
    level = ADMINISTRATORS if access.user is not None and access.user.admin else access.level
    return RefView(
        name=ref.name,
        target=ref.sha,
        commit=_commit_of_ref(ref, repository),
        default=kind == "branch" and ref.name == default,
        protected=bool(covering),
        can_push="push_code" in access.abilities
        and (not covering or any(protection.allows_push(user_id, level) for protection in covering)),
        developers_can_push=any(protection.allows_push(NOBODY, Level.DEVELOPER) for protection in covering),
        developers_can_merge=any(protection.allows_merge(NOBODY, Level.DEVELOPER) for protection in covering),
    )


def _commit_of_ref(ref: ResolvedRef, repository: BrowsableRepository) -> Commit | None:
    """The commit of a branch or tag; None for a tag of something else."""
    try:
        return commit_of(repository.commit(ref.sha))
    except Refusal as refusal:
        if has_no_such_ref(refusal):
            return None
        raise


def _matches(name: str, search: str) -> bool:
    text = search.removeprefix("^").removesuffix("$").lower()
    begins, ends = search.startswith("^"), search.endswith("$")
    if begins and ends:
        return name.lower() == text
    if begins:
        return name.lower().startswith(text)
    return name.lower().endswith(text) if ends else text in name.lower()
