"""Record a planned pipeline with all its jobs, or nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from pullcord import jobs
from pullcord.ids import Taken, numbered
from pullcord.jobs import Job
from pullcord.pipelines import Pipeline
from pullcord.times import Moment


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


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that recording touches."""

    plans: Plans
    pipelines: Pipelines
    moment: Moment


def record_jobs(ids: Mapping[str, Any], outside: Outside) -> dict[str, object]:
    """Read the plan, write pipeline and jobs, answer what a caller is told; an invalid one is written as failed."""
    request_id = int(ids["request"])
    plan = outside.plans.result(request_id)
    pipeline = Pipeline(id=request_id, project_id=int(ids["project"]), iid=int(ids["iid"]), **_facts(plan["pipeline"]))
    recorded = _recorded(pipeline, plan["jobs"], outside)
    if recorded.yaml_errors is not None:
        return {"outcome": "invalid"}
    return {"outcome": "recorded", "pipeline": {"iid": recorded.iid, **plan["told"]}, "user": plan["user"]}


def _recorded(pipeline: Pipeline, planned: Sequence[Mapping[str, Any]], outside: Outside) -> Pipeline:
    """Write it all; with other ids for its jobs when some of them are another pipeline's of the same moment."""

    def write(first_job: int) -> Pipeline:
        own = replace(pipeline, first_job=first_job)
        return outside.pipelines.record(own, jobs.recorded(own, planned), outside.moment.seconds)

    try:
        return write(pipeline.first_job)
    except Taken:
        return numbered(outside.moment.new_id, write)


def _facts(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {**stored, "stages": tuple(stored["stages"])}
