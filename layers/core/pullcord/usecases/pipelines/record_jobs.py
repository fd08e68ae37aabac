"""Record a planned pipeline with all its jobs, or nothing."""

from collections.abc import Mapping, Sequence
from copy import replace
from typing import Any, NamedTuple

from pullcord import ids, jobs
from pullcord.pipelines import Pipeline
from pullcord.requests import RECORDED
from pullcord.times import Runtime
from pullcord.usecases.ports import Pipelines, Requests

PUBLIC_FIELDS = ("iid", "sha", "ref", "tag", "source", "status", "created_at", "updated_at")
"""Fields of a pipeline that the execution carries back to the caller."""


class RecordDeps(NamedTuple):
    """The stores that recording uses; every `deps.` below is an effect."""

    plans: Requests
    pipelines: Pipelines
    runtime: Runtime


def record_jobs(task: Mapping[str, Any], deps: RecordDeps) -> dict[str, object]:
    """Read the plan, write pipeline and jobs, return the outcome; an invalid configuration is recorded as failed.

    task: ids of request and project, and the project's count, as text. If an earlier execution has made the plan, the
    pipeline has the count with which its rules were evaluated.
    """
    request_id, project_id = (int(task[name]) for name in ("request", "project"))
    plan = deps.plans.result(request_id)
    pipeline = Pipeline(id=request_id, project_id=project_id, **_fields(plan["pipeline"], int(task["iid"])))
    recorded = _record(pipeline, plan["jobs"], deps)
    if recorded.yaml_errors is not None:
        return {"outcome": "invalid", "code": plan["code"]}
    public = {name: getattr(recorded, name) for name in PUBLIC_FIELDS}
    return {"outcome": RECORDED, "pipeline": public, "user": plan["user"]}


def _record(pipeline: Pipeline, planned: Sequence[Mapping[str, Any]], deps: RecordDeps) -> Pipeline:
    """Write everything; with other job ids when some of them are another pipeline's of the same millisecond."""

    def write(first_job: int) -> Pipeline:
        numbered = replace(pipeline, first_job=first_job)
        return deps.pipelines.record(numbered, jobs.new_jobs(numbered, planned), deps.runtime.seconds)

    try:
        return write(pipeline.first_job)
    except ids.IdTaken:
        return ids.with_new_id(lambda: ids.job_lane(deps.runtime.new_id()), write)


def _fields(stored: Mapping[str, Any], count: int) -> dict[str, Any]:
    return {**stored, "iid": stored.get("iid") or count, "stages": tuple(stored["stages"])}
