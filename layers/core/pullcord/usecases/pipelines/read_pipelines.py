"""Read what was triggered: pipelines, their jobs, their variables."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from pullcord.errors import Forbidden, RecordNotFound
from pullcord.jobs import Job, Span
from pullcord.pipelines import Filter, Pipeline
from pullcord.usecases.auth.project_access import Standing
from pullcord.variables import PipelineVariable

MOST = 10_001
"""Pipelines that a list looks at; GitLab stops counting there."""
JobOfPipeline = tuple[Job, Pipeline]


class Pipelines(Protocol):
    """Recorded pipelines and jobs."""

    def get(self, project_id: int, pipeline_id: int) -> Pipeline | None:
        """One pipeline."""
        ...

    def newest(self, project_id: int) -> Iterator[Pipeline]:
        """All of a project, newest first."""
        ...

    def many(self, project_id: int, pipeline_ids: Iterable[int]) -> Mapping[int, Pipeline]:
        """Some of a project, by id."""
        ...

    def jobs(self, project_id: int, first: int, last: int, *, descending: bool) -> Iterator[Job]:
        """A project's jobs with ids from `first` to `last`."""
        ...

    def jobs_of(self, pipeline: Pipeline) -> list[Job]:
        """A pipeline's jobs."""
        ...

    def job(self, project_id: int, job_id: int) -> tuple[Pipeline, Job] | None:
        """One job of a recorded pipeline, with it."""
        ...


class Requests(Protocol):
    """What became of requests."""

    def result(self, request_id: int) -> Mapping[str, Any]:
        """What one compiled to and was made from; empty when that is no longer kept."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that reading touches."""

    pipelines: Pipelines
    requests: Requests


def pipelines(standing: Standing, wanted: Filter, outside: Outside) -> list[Pipeline]:
    """The wanted ones of the project's newest pipelines: of more than `MOST`, older ones are not looked at."""
    standing.needs("read_pipeline")
    return wanted.apply(islice(outside.pipelines.newest(standing.project.id), MOST))


def pipeline(standing: Standing, pipeline_id: int, outside: Outside) -> Pipeline:
    """One pipeline. Raises Forbidden, RecordNotFound."""
    standing.needs("read_pipeline")
    found = outside.pipelines.get(standing.project.id, pipeline_id) if pipeline_id > 0 else None
    if found is None:
        raise RecordNotFound
    return found


def jobs(
    standing: Standing, pipeline_id: int, scope: Collection[str], outside: Outside
) -> tuple[Pipeline, Sequence[Job]]:
    """A pipeline's jobs in one of the statuses of `scope` (none: in any), newest first; no bridges."""
    standing.needs("read_build")
    found = pipeline(standing, pipeline_id, outside)
    listed = reversed(outside.pipelines.jobs_of(found))
    return found, [job for job in listed if _wanted(job, scope)]


def project_jobs(standing: Standing, scope: Collection[str], span: Span, outside: Outside) -> list[JobOfPipeline]:
    """A stretch of a project's jobs; those of pipelines that are not recorded yet are passed over."""
    standing.needs("read_build")
    first, last = span.ids
    listed = outside.pipelines.jobs(standing.project.id, first, last, descending=span.descending)
    taken = list(islice((job for job in listed if _wanted(job, scope)), span.skip, span.skip + span.take))
    owners = outside.pipelines.many(standing.project.id, {job.pipeline_id for job in taken})
    return [(job, owners[job.pipeline_id]) for job in taken if job.pipeline_id in owners]


def _wanted(job: Job, scope: Collection[str]) -> bool:
    return not job.bridge and (not scope or job.status in scope)


def job(standing: Standing, job_id: int, outside: Outside) -> tuple[Pipeline, Job]:
    """One job of a recorded pipeline."""
    standing.needs("read_build")
    found = outside.pipelines.job(standing.project.id, job_id) if job_id > 0 else None
    if found is None or found[1].bridge:
        raise RecordNotFound
    return found


def variables(standing: Standing, pipeline_id: int, outside: Outside) -> Sequence[PipelineVariable]:
    """A pipeline's variables: for maintainers, and for who started it while they may still change pipelines."""
    found = pipeline(standing, pipeline_id, outside)
    if not _sees_values(standing, found):
        raise Forbidden(code="no_permission")
    stored = outside.requests.result(found.id).get("variables", ())
    return [PipelineVariable(**variable) for variable in stored]


def explanation(standing: Standing, found: Pipeline, outside: Outside) -> Mapping[str, Any]:
    """Why each job is in or out: which rule decided, and for those who may see variables, what it saw."""
    plan = outside.requests.result(found.id)
    trace = plan.get("trace") or {"workflow": None, "jobs": []}
    if not _sees_values(standing, found):
        trace = {
            "workflow": _without_values(trace["workflow"]),
            "jobs": [_without_values(decision) for decision in trace["jobs"]],
        }
    return {"warnings": plan.get("warnings", []), **plan.get("facts", {}), "trace": trace}


def _sees_values(standing: Standing, found: Pipeline) -> bool:
    own = standing.user is not None and found.user_id == standing.user.id and "update_pipeline" in standing.abilities
    return own or "read_any_pipeline_variable" in standing.abilities


def _without_values(decision: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """A decision without its clauses, which quote values."""
    if decision is None:
        return None
    rules = [{"location": rule["location"], "matched": rule["matched"]} for rule in decision["rules"]]
    return {**decision, "rules": rules}
