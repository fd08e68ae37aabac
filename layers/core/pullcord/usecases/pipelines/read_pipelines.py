"""Read pipelines, their jobs and their variables."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pullcord.errors import Forbidden, RecordNotFound
from pullcord.jobs import Job, Span
from pullcord.pipelines import Pipeline, PipelineFilter
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.ports import Pipelines, Requests
from pullcord.variables import PipelineVariable, unpacked

MAX_LISTED = 10_001
"""Newest pipelines among which a list filters; GitLab stops counting there."""
JobOfPipeline = tuple[Job, Pipeline]


@dataclass(frozen=True, slots=True)
class ReadDeps:
    """The stores that reading uses; every `deps.` below is an effect."""

    pipelines: Pipelines
    requests: Requests


def list_pipelines(access: ProjectAccess, wanted: PipelineFilter, deps: ReadDeps) -> list[Pipeline]:
    """The matching pipelines among the `MAX_LISTED` newest of the project. Raises Forbidden."""
    access.require("read_pipeline")
    return wanted.apply(islice(deps.pipelines.newest(access.project.id), MAX_LISTED))


def find_pipeline(access: ProjectAccess, pipeline_id: int, deps: ReadDeps) -> Pipeline:
    """A pipeline of the project. Raises Forbidden, RecordNotFound."""
    access.require("read_pipeline")
    found = deps.pipelines.get(access.project.id, pipeline_id) if pipeline_id > 0 else None
    if found is None:
        raise RecordNotFound
    return found


def list_pipeline_jobs(
    access: ProjectAccess, pipeline_id: int, scope: Collection[str], deps: ReadDeps
) -> tuple[Pipeline, Sequence[Job]]:
    """A pipeline and its jobs, newest first, without bridges. scope: statuses; all if empty."""
    access.require("read_build")
    found = find_pipeline(access, pipeline_id, deps)
    listed = reversed(deps.pipelines.jobs_of(found))
    return found, [job for job in listed if _matches(job, scope)]


def list_jobs(access: ProjectAccess, scope: Collection[str], span: Span, deps: ReadDeps) -> list[JobOfPipeline]:
    """One page of the project's jobs with their pipelines, without jobs of pipelines that are not recorded yet."""
    access.require("read_build")
    first, last = span.ids
    listed = deps.pipelines.jobs(access.project.id, first, last, descending=span.descending)
    page = list(islice((job for job in listed if _matches(job, scope)), span.skip, span.skip + span.take))
    pipelines = deps.pipelines.many(access.project.id, {job.pipeline_id for job in page})
    return [(job, pipelines[job.pipeline_id]) for job in page if job.pipeline_id in pipelines]


def _matches(job: Job, scope: Collection[str]) -> bool:
    return not job.bridge and (not scope or job.status in scope)


def find_job(access: ProjectAccess, job_id: int, deps: ReadDeps) -> tuple[Pipeline, Job]:
    """A job of a recorded pipeline. Raises Forbidden, RecordNotFound."""
    access.require("read_build")
    found = deps.pipelines.job(access.project.id, job_id) if job_id > 0 else None
    if found is None or found[1].bridge:
        raise RecordNotFound
    return found


def list_variables(access: ProjectAccess, pipeline_id: int, deps: ReadDeps) -> Sequence[PipelineVariable]:
    """A pipeline's variables, for maintainers and for the user who started it while they may still change pipelines."""
    found = find_pipeline(access, pipeline_id, deps)
    if not may_see_variables(access, found.user_id):
        raise Forbidden(code="no_permission")
    return list(unpacked(deps.requests.result(found.id).get("variables", ())))


def explain(access: ProjectAccess, found: Pipeline, deps: ReadDeps) -> Mapping[str, Any]:
    """Why each job is in or out: which rule decided and, for callers who may see variables, with which values."""
    plan = deps.requests.result(found.id)
    trace = plan.get("trace") or {"workflow": None, "jobs": []}
    if not may_see_variables(access, found.user_id):
        trace = without_values(trace)
    return {"warnings": plan.get("warnings", []), **plan.get("details", {}), "trace": trace}


def may_see_variables(access: ProjectAccess, user_id: int) -> bool:
    """Whether a caller may see the variables of a pipeline that this user started."""
    own = access.user is not None and user_id == access.user.id and "update_pipeline" in access.abilities
    return own or "read_any_pipeline_variable" in access.abilities


def without_values(trace: Mapping[str, Any]) -> Mapping[str, Any]:
    """A trace without the values that its rules saw."""
    jobs = [_without_clauses(decision) for decision in trace["jobs"]]
    return {"workflow": _without_clauses(trace["workflow"]), "jobs": jobs}


def _without_clauses(decision: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """A decision without its clauses, which quote values."""
    if decision is None:
        return None
    rules = [{"location": rule["location"], "matched": rule["matched"]} for rule in decision["rules"]]
    return {**decision, "rules": rules}
