"""Read what was triggered: pipelines, their jobs, their variables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pullcord.errors import Forbidden, RecordNotFound
from pullcord.jobs import Job
from pullcord.pipelines import Pipeline
from pullcord.requests import PipelineRequest, Wish
from pullcord.usecases.standing import Standing
from pullcord.variables import PipelineVariable


class Pipelines(Protocol):
    """Recorded pipelines and jobs."""

    def get(self, project_id: int, pipeline_id: int) -> Pipeline | None:
        """One pipeline."""
        ...

    def newest(self, project_id: int) -> list[Pipeline]:
        """All of a project, newest first."""
        ...

    def jobs_of(self, pipeline: Pipeline) -> list[Job]:
        """A pipeline's jobs."""
        ...

    def job(self, project_id: int, job_id: int) -> Job | None:
        """One job."""
        ...


class Requests(Protocol):
    """What was asked for."""

    def get(self, request_id: int) -> tuple[PipelineRequest, Wish] | None:
        """One request and what was wished."""
        ...

    def result(self, request_id: int) -> Mapping[str, Any]:
        """What it compiled to."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that reading touches."""

    pipelines: Pipelines
    requests: Requests


def pipelines(standing: Standing, outside: Outside) -> list[Pipeline]:
    """All pipelines of a project, newest first."""
    standing.needs("read_pipeline")
    return outside.pipelines.newest(standing.project.id)


def pipeline(standing: Standing, pipeline_id: int, outside: Outside) -> Pipeline:
    """One pipeline. Raises Forbidden, RecordNotFound."""
    standing.needs("read_pipeline")
    found = outside.pipelines.get(standing.project.id, pipeline_id) if pipeline_id > 0 else None
    if found is None:
        raise RecordNotFound
    return found


def jobs(standing: Standing, pipeline_id: int, outside: Outside) -> tuple[Pipeline, Sequence[Job]]:
    """A pipeline's jobs, newest first; bridges are not among them."""
    standing.needs("read_build")
    found = pipeline(standing, pipeline_id, outside)
    return found, [job for job in reversed(outside.pipelines.jobs_of(found)) if not job.bridge]


def job(standing: Standing, job_id: int, outside: Outside) -> tuple[Pipeline, Job]:
    """One job of a recorded pipeline."""
    standing.needs("read_build")
    found = outside.pipelines.job(standing.project.id, job_id) if job_id > 0 else None
    owner = outside.pipelines.get(standing.project.id, found.pipeline_id) if found else None
    if found is None or owner is None or found.bridge:
        raise RecordNotFound
    return owner, found


def variables(standing: Standing, pipeline_id: int, outside: Outside) -> Sequence[PipelineVariable]:
    """A pipeline's variables: for maintainers, and for who started it while they may still change pipelines."""
    found = pipeline(standing, pipeline_id, outside)
    if not _sees_values(standing, found):
        raise Forbidden(code="no_permission")
    request = outside.requests.get(found.id)
    return request[1].variables if request else ()


def explanation(standing: Standing, found: Pipeline, outside: Outside) -> Mapping[str, Any]:
    """Why each job is in or out: which rule decided, and for those who may see variables, what it saw."""
    plan = outside.requests.result(found.id)
    trace = plan.get("trace") or {"workflow": None, "jobs": []}
    if not _sees_values(standing, found):
        trace = {
            "workflow": _without_values(trace["workflow"]),
            "jobs": [_without_values(decision) for decision in trace["jobs"]],
        }
    return {"trace": trace, "warnings": plan.get("warnings", []), **plan.get("facts", {})}


def _sees_values(standing: Standing, found: Pipeline) -> bool:
    own = standing.user is not None and found.user_id == standing.user.id and "update_pipeline" in standing.abilities
    return own or "read_any_pipeline_variable" in standing.abilities


def _without_values(decision: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """A decision without its clauses, which quote values."""
    if decision is None:
        return None
    rules = [{"location": rule["location"], "matched": rule["matched"]} for rule in decision["rules"]]
    return {**decision, "rules": rules}
