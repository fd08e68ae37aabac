"""Pipelines and their jobs: recorded atomically, read by project."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from heapq import merge
from typing import Any

from pullcord import ids
from pullcord.aws import inline_jobs, keys
from pullcord.aws.items import Item, record, restored
from pullcord.aws.table import ConditionFailed, Table, get_many, transact
from pullcord.jobs import MAX_INLINE_JOBS, Job
from pullcord.pipelines import Pipeline
from pullcord.times import DAY

MAX_WRITES = 100
"""Writes that one transaction takes."""

MAX_JOBS = MAX_WRITES - 1
"""Jobs that are written in the same transaction as their pipeline."""

WEEK = 7 * DAY


class PipelinesTable:
    """Pipelines and jobs in the Pipelines table, newest first."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def record(self, pipeline: Pipeline, jobs: Sequence[Job], now: int) -> Pipeline:
        """Write a pipeline with all its jobs, so that no reader sees a part of it; returns the recorded pipeline.

        The pipeline's item is the commit record. Inline jobs are part of it. Up to `MAX_JOBS` others are written in one
        transaction with it. Further ones are written before it with a TTL that is removed after it: if this process
        dies before the commit, they expire; if it dies after it, a retry removes the TTL. A retry changes nothing that
        was recorded. now: Unix seconds. Raises `ids.IdTaken` for the ids of jobs.
        """
        if ids.pipeline_of_job(pipeline.first_job) is not None:
            return self._commit(pipeline, inline_jobs.to_attributes(pipeline, jobs), ())
        written = self.get(pipeline.project_id, pipeline.id) if jobs[MAX_JOBS:] else None
        if written is None:
            early = [(keys.job(job.project_id, job.id), record(job)) for job in jobs[MAX_JOBS:]]
            self.table.write_all([(key, {**item, "ttl": now + WEEK}) for key, item in early])
            written = self._commit(pipeline, {}, jobs[:MAX_JOBS])
        self._remove_ttl(jobs[MAX_JOBS:])
        return written

    def _commit(self, pipeline: Pipeline, more: Item, jobs: Sequence[Job]) -> Pipeline:
        key, item = (
            keys.pipeline(pipeline.project_id, pipeline.id),
            {**record(pipeline), **_started_by(pipeline), **more},
        )
        try:
            if jobs:
                transact([self.table.put_operation(key, item, new=True), *(self._new(job) for job in jobs)])
            else:
                self.table.put(key, item, new=True)
        except ConditionFailed:
            written = self.get(pipeline.project_id, pipeline.id)
            if written is None:
                raise
            return written
        return pipeline

    def _remove_ttl(self, jobs: Sequence[Job]) -> None:
        # Updates, not puts: at a retry, jobs may have started. If a job was deleted meanwhile, its chunk keeps its TTL.
        for start in range(0, len(jobs), MAX_WRITES):
            chunk = jobs[start : start + MAX_WRITES]
            with suppress(ConditionFailed):
                transact([self.table.remove_ttl_operation(keys.job(job.project_id, job.id)) for job in chunk])

    def _new(self, job: Job) -> dict[str, Any]:
        return self.table.put_operation(keys.job(job.project_id, job.id), record(job), new=True)

    def get(self, project_id: int, pipeline_id: int) -> Pipeline | None:
        """A pipeline of a project."""
        item = self.table.get(keys.pipeline(project_id, pipeline_id))
        return restored(Pipeline, item) if item else None

    def newest(self, project_id: int) -> Iterator[Pipeline]:
        """The pipelines of a project, newest first, read lazily."""
        found = self.table.below(f"project#{project_id}", "pipeline#", descending=True)
        return (restored(Pipeline, item) for item in found)

    def many(self, project_id: int, pipeline_ids: Iterable[int]) -> dict[int, Pipeline]:
        """Up to 100 pipelines of a project by id, without unrecorded ones."""
        wanted = [keys.pipeline(project_id, pipeline_id) for pipeline_id in set(pipeline_ids)]
        found = get_many({self.table: wanted}) if wanted else {}
        return {item["id"]: restored(Pipeline, item) for item in found.values()}

    def jobs(self, project_id: int, first: int, last: int, *, descending: bool) -> Iterator[Job]:
        """The jobs of a project with ids from `first` to `last`, read lazily."""
        own_items = self._items(project_id, keys.job, first, last, descending=descending)
        pipelines = self._items(project_id, keys.pipeline, max(0, first - MAX_INLINE_JOBS), last, descending=descending)
        inline = (job for item in pipelines for job in _ordered(inline_jobs.from_item(item), descending=descending))
        return merge(
            (restored(Job, item) for item in own_items),
            (job for job in inline if first <= job.id <= last),
            key=lambda job: job.id,
            reverse=descending,
        )

    def jobs_of(self, pipeline: Pipeline) -> list[Job]:
        """The jobs of a pipeline, by id."""
        if not pipeline.job_count:
            return []
        if ids.pipeline_of_job(pipeline.first_job) is not None:
            return inline_jobs.from_item(self.table.get(keys.pipeline(pipeline.project_id, pipeline.id)) or {})
        last = ids.following(pipeline.first_job, pipeline.job_count - 1)
        items = self._items(pipeline.project_id, keys.job, pipeline.first_job, last, descending=False)
        return [restored(Job, item) for item in items]

    def job(self, project_id: int, job_id: int) -> tuple[Pipeline, Job] | None:
        """A job of a project with its pipeline, once that is recorded."""
        pipeline_id = ids.pipeline_of_job(job_id)
        if pipeline_id is not None:
            item = self.table.get(keys.pipeline(project_id, pipeline_id))
            found = next((job for job in inline_jobs.from_item(item) if job.id == job_id), None) if item else None
            return (restored(Pipeline, item), found) if item and found else None
        item = self.table.get(keys.job(project_id, job_id))
        pipeline = self.get(project_id, item["pipeline_id"]) if item else None
        return (pipeline, restored(Job, item)) if item and pipeline else None

    def last_used(self, project_id: int, trigger_id: int) -> str | None:
        """Time of creation of the newest pipeline of a trigger; eventually consistent."""
        newest = self.table.last_of(keys.STARTED_BY, keys.started_by(project_id, trigger_id))
        return str(newest["created_at"]) if newest else None

    def _items(
        self, project_id: int, key: keys.InProject, first: int, last: int, *, descending: bool
    ) -> Iterator[Item]:
        low, high = key(project_id, first), key(project_id, last)
        return self.table.query(low.pk, low.sk, high.sk, descending=descending)


def _started_by(pipeline: Pipeline) -> Item:
    # A pipeline whose configuration is wrong is not linked to its trigger, as in GitLab.
    if pipeline.trigger_id is None or pipeline.yaml_errors is not None:
        return {}
    return {keys.STARTED_BY: keys.started_by(pipeline.project_id, pipeline.trigger_id)}


def _ordered(jobs: list[Job], *, descending: bool) -> Iterable[Job]:
    return reversed(jobs) if descending else jobs
