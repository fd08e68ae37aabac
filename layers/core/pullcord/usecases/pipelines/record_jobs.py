"""Record a planned pipeline with all its jobs, or nothing."""

from collections.abc import Mapping, Sequence
from copy import replace
from typing import Any, NamedTuple, Protocol

from pullcord import ids, jobs
from pullcord.jobs import Job
from pullcord.pipelines import Pipeline
from pullcord.times import Moment

TOLD = ("iid", "sha", "ref", "tag", "source", "status", "created_at", "updated_at")


class Plans(Protocol):
    """Plans, as they were left."""

    def result(self, request_id: int) -> Mapping[str, Any]:
        """One of them."""
        ...


class Pipelines(Protocol):
    """Recorded pipelines."""

    def record(self, pipeline: Pipeline, jobs: Sequence[Job], now: int) -> Pipeline:
        """Write all of it at once; the pipeline that is there now, which an earlier try may have written."""
        ...


class Outside(NamedTuple):
    """All of the world that recording touches."""

    plans: Plans
    pipelines: Pipelines
    moment: Moment


def record_jobs(asked: Mapping[str, Any], outside: Outside) -> dict[str, object]:
    """Read the plan, write pipeline and jobs, answer what a caller is told; an invalid one is written as failed."""
    request_id, project_id, iid = (int(asked[name]) for name in ("request", "project", "iid"))
    plan = outside.plans.result(request_id)
    pipeline = Pipeline(id=request_id, project_id=project_id, iid=iid, **_facts(plan["pipeline"]))
    recorded = _recorded(pipeline, plan["jobs"], outside)
    if recorded.yaml_errors is not None:
        return {"outcome": "invalid", "code": plan["code"]}
    return {"outcome": "recorded", "pipeline": _told(recorded), "user": plan["user"]}


def _recorded(pipeline: Pipeline, planned: Sequence[Mapping[str, Any]], outside: Outside) -> Pipeline:
    """Write it all; with other numbers for its jobs when some of them are another pipeline's of the same moment."""

    def write(first_job: int) -> Pipeline:
        own = replace(pipeline, first_job=first_job)
        return outside.pipelines.record(own, jobs.recorded(own, planned), outside.moment.seconds)

    try:
        return write(pipeline.first_job)
    except ids.Taken:
        return ids.numbered(lambda: ids.beside(outside.moment.new_id()), write)


def _told(pipeline: Pipeline) -> dict[str, object]:
    """What the caller's answer is made of: public facts only, since the execution carries them back."""
    return {name: getattr(pipeline, name) for name in TOLD}


def _facts(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {**stored, "stages": tuple(stored["stages"])}
