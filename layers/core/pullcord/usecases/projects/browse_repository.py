"""Branches, tags and commits of a project, asked of its remote at the moment of the call.

Source: https://docs.gitlab.com/api/branches, /api/tags, /api/commits
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Literal, Protocol

from pullcord.access import Level
from pullcord.errors import NotFound, Refusal, Unavailable
from pullcord.pipelines import Commit, Pipeline
from pullcord.projects import ADMINISTRATORS, Project, ProtectedRef, protections_of
from pullcord.usecases.auth.project_access import Standing
from pullcord.usecases.pipelines.checkout import GitCommit, ResolvedRef, commit_of, has_no_such_ref

Kind = Literal["branch", "tag"]
LOOKED_AT = 1000
"""Newest pipelines among which the last one of a commit is looked for."""


class Repository(Protocol):
    """What browsing asks of a repository. Raises refusals that name the host."""

    def branches(self) -> Sequence[ResolvedRef]:
        """All branches, by name."""
        ...

    def tags(self) -> Sequence[ResolvedRef]:
        """All tags, by name."""
        ...

    def find(self, revision: str) -> str:
        """The commit that `HEAD`, a branch, a tag or a commit's id means."""
        ...

    def default_branch(self) -> str | None:
        """The branch that HEAD stands for."""
        ...

    def commit(self, sha: str) -> GitCommit:
        """A commit."""
        ...


class Repositories(Protocol):
    """The repositories of projects."""

    def open(self, project: Project) -> AbstractContextManager[Repository]:
        """The one of this project. Raises a refusal for a remote that is not allowed."""
        ...


class Protections(Protocol):
    """Protected branches and tags."""

    def protections(self, project_id: int) -> tuple[ProtectedRef, ...]:
        """Those of a project."""
        ...


class Pipelines(Protocol):
    """Recorded pipelines."""

    def newest(self, project_id: int) -> Iterable[Pipeline]:
        """Those of a project, newest first."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that browsing touches."""

    repositories: Repositories
    protections: Protections
    pipelines: Pipelines


@dataclass(frozen=True, slots=True)
class ShownRef:
    """A branch or tag with its commit, and what its protection lets whom do."""

    name: str
    commit: Commit
    default: bool
    protected: bool
    can_push: bool
    developers_can_push: bool


def names(standing: Standing, kind: Kind, search: str | None, outside: Outside) -> list[str]:
    """Names of the branches or tags, those alone that contain the text; `^` and `$` stand for begin and end."""
    standing.needs("read_code")
    with _opened(standing.project, outside) as repository:
        refs = repository.branches() if kind == "branch" else repository.tags()
        return [ref.name for ref in refs if _matches(ref.name, search or "")]


def shown(standing: Standing, kind: Kind, wanted: Sequence[str], outside: Outside) -> list[ShownRef]:
    """Branches or tags by their names, without those that are gone."""
    standing.needs("read_code")
    protections = outside.protections.protections(standing.project.id)
    with _opened(standing.project, outside) as repository:
        refs = repository.branches() if kind == "branch" else repository.tags()
        by_name = {ref.name: ref for ref in refs}
        default = standing.project.default_branch or (repository.default_branch() if kind == "branch" else None)
        found = [by_name[name] for name in wanted if name in by_name]
        return [_shown(ref, kind, default, repository, protections, standing) for ref in found]


def one(standing: Standing, kind: Kind, name: str, outside: Outside) -> ShownRef:
    """A branch or tag. Raises NotFound."""
    found = shown(standing, kind, [name], outside)
    if not found:
        raise NotFound(kind.capitalize())
    return found[0]


def commit(standing: Standing, ref: str, outside: Outside) -> tuple[Commit, Pipeline | None]:
    """The commit that a branch, tag or id means, with its newest pipeline. Raises NotFound."""
    standing.needs("read_code")
    with _opened(standing.project, outside) as repository:
        found = commit_of(repository.commit(_sha(repository, ref)))
    if "read_pipeline" not in standing.abilities:
        return found, None
    newest = islice(outside.pipelines.newest(standing.project.id), LOOKED_AT)
    return found, next((pipeline for pipeline in newest if pipeline.sha == found.id), None)


def _sha(repository: Repository, ref: str) -> str:
    try:
        return repository.find(ref)
    except Refusal as refusal:
        if has_no_such_ref(refusal):
            raise NotFound("Commit") from refusal
        raise


@contextmanager
def _opened(project: Project, outside: Outside) -> Iterator[Repository]:
    try:
        with outside.repositories.open(project) as repository:
            yield repository
    except NotFound:
        raise
    except Refusal as refusal:
        raise Unavailable(refusal.message, code=refusal.code, facts=refusal.facts) from refusal


def _shown(
    ref: ResolvedRef,
    kind: Kind,
    default: str | None,
    repository: Repository,
    protections: Iterable[ProtectedRef],
    standing: Standing,
) -> ShownRef:
    covering = protections_of(protections, kind, ref.name)
    user_id = standing.user.id if standing.user else 0
    level = ADMINISTRATORS if standing.user is not None and standing.user.admin else standing.level
    free = not covering
    return ShownRef(
        name=ref.name,
        commit=commit_of(repository.commit(ref.sha)),
        default=kind == "branch" and ref.name == default,
        protected=bool(covering),
        can_push="push_code" in standing.abilities and (free or any(one.lets_run(user_id, level) for one in covering)),
        developers_can_push=any(one.lets_run(0, Level.DEVELOPER) for one in covering),
    )


def _matches(name: str, search: str) -> bool:
    text = search.removeprefix("^").removesuffix("$").lower()
    begins, ends = search.startswith("^"), search.endswith("$")
    if begins and ends:
        return name.lower() == text
    if begins:
        return name.lower().startswith(text)
    return name.lower().endswith(text) if ends else text in name.lower()
