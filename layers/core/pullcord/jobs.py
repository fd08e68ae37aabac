"""Jobs as they are recorded. What a job runs is in the pipeline's plan; this is what changes and what lists show."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pullcord import ids
from pullcord.pipelines import Pipeline

MAX_INLINE_JOBS = ids.INLINE_JOBS
"""Jobs that can be stored in their pipeline's item, with ids that are reserved for them."""

MAX_INLINE_LENGTH = 4000
"""Characters of names, stages and tags that may be stored in a pipeline's item."""


class Job(NamedTuple):
    """One job or bridge of a recorded pipeline.

    position: its index in the plan, where its definition is
    when:     on_success, on_failure, always, manual or delayed, after rules
    """

    id: int
    project_id: int
    pipeline_id: int
    user_id: int
    name: str
    stage: str
    stage_index: int
    position: int
    status: str
    when: str
    created_at: str
    ref: str
    tag: bool = False
    allow_failure: bool = False
    bridge: bool = False
    tags: tuple[str, ...] = ()
    start_in: str | None = None
    failure_reason: str | None = None
    started_at: str | None = None
    finished_at: str | None = None
    erased_at: str | None = None
    duration: float | None = None
    queued_duration: float | None = None
    coverage: float | None = None


class Span(NamedTuple):
    """One page of a project's jobs: `take` of those with ids beyond `after` (None: from the end), without the first `skip`."""

    take: int
    skip: int = 0
    after: int | None = None
    descending: bool = True

    @property
    def ids(self) -> tuple[int, int]:
        """The lowest and the highest id that a job of the page can have."""
        if self.descending:
            return 0, ids.LIMIT if self.after is None else self.after - 1
        return (0 if self.after is None else self.after + 1), ids.LIMIT


def first_id(pipeline_id: int, planned: Sequence[Mapping[str, object]]) -> int:
    """The number of a new pipeline's first job; the others follow it by `ids.after`."""
    inline = len(planned) <= MAX_INLINE_JOBS and sum(map(_length, planned)) <= MAX_INLINE_LENGTH
    return pipeline_id + 1 if inline else ids.job_lane(pipeline_id)


def job_defaults(pipeline: Pipeline, position: int) -> Job:
    """A new job of which only its pipeline and its position in the plan are known."""
    return Job(
        id=ids.following(pipeline.first_job, position),
        project_id=pipeline.project_id,
        pipeline_id=pipeline.id,
        user_id=pipeline.user_id,
        name="",
        stage="",
        stage_index=0,
        position=position,
        status="created",
        when="on_success",
        created_at=pipeline.created_at,
        ref=pipeline.ref,
        tag=pipeline.tag,
    )


def new_jobs(pipeline: Pipeline, planned: Sequence[Mapping[str, object]]) -> list[Job]:
    """The jobs of a new pipeline, in the state in which they are recorded.

    planned: per job name, stage, when, allow_failure, bridge, tags and start_in, in the plan's order
    """
    stages = {stage: index for index, stage in enumerate(pipeline.stages)}
    return [
        job_defaults(pipeline, position)._replace(
            name=str(job["name"]),
            stage=str(job["stage"]),
            stage_index=stages.get(str(job["stage"]), 0),
            when=str(job["when"]),
            allow_failure=bool(job["allow_failure"]),
            bridge=bool(job["bridge"]),
            tags=tuple(str(tag) for tag in _items(job.get("tags"))),
            start_in=None if job.get("start_in") is None else str(job["start_in"]),
        )
        for position, job in enumerate(planned)
    ]


def _length(job: Mapping[str, object]) -> int:
    return len(str(job["name"])) + len(str(job["stage"])) + sum(len(str(tag)) for tag in _items(job.get("tags")))


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, (list, tuple)) else ()
