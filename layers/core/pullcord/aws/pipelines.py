"""Pipelines and their jobs: recorded all at once, read by project."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from heapq import merge
from typing import Any

from pullcord import ids
from pullcord.aws import keys
from pullcord.aws.inline_jobs import packed, unpacked
from pullcord.aws.items import Item, record, restored
from pullcord.aws.table import AlreadyThere, Table, get_many, transact
from pullcord.jobs import FEW, Job
from pullcord.pipelines import Pipeline
from pullcord.times import DAY

AT_ONCE = 100
"""Writes that one transaction takes."""

TOGETHER = AT_ONCE - 1
"""Jobs that are written in the same transaction as their pipeline."""

WEEK = 7 * DAY


class PipelinesTable:
    """Pipelines and jobs in the Pipelines table, newest first."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def record(self, pipeline: Pipeline, jobs: Sequence[Job], now: int) -> Pipeline:
        """Write a pipeline with all its jobs, so that nobody ever sees a part of it; answer the one that is there now.

        The pipeline's item is the commit record. Jobs with its own numbers stand in it. Others come in one transaction
        with it, up to `TOGETHER` of them; more than that are written before it, with an end of their time that is
        taken away after it: should we die before it, they disappear; after it, a second try takes the end away. It
        leaves alone what the first has written. now: Unix seconds. Raises `ids.Taken` for the jobs' numbers.
        """
        if ids.owner(pipeline.first_job) is not None:
            return self._commit(pipeline, {"jobs": packed(pipeline, jobs)} if jobs else {}, ())
        written = self.get(pipeline.project_id, pipeline.id) if jobs[TOGETHER:] else None
        if written is None:
            early = [(keys.job(job.project_id, job.id), record(job)) for job in jobs[TOGETHER:]]
            self.table.write_all([(key, {**item, "ttl": now + WEEK}) for key, item in early])
            written = self._commit(pipeline, {}, jobs[:TOGETHER])
        self._keep(jobs[TOGETHER:])
        return written

    def _commit(self, pipeline: Pipeline, more: Item, jobs: Sequence[Job]) -> Pipeline:
        key, item = keys.pipeline(pipeline.project_id, pipeline.id), {**record(pipeline), **_started(pipeline), **more}
        try:
            if jobs:
                transact([self.table.put_operation(key, item, new=True), *(self._new(job) for job in jobs)])
            else:
                self.table.put(key, item, new=True)
        except AlreadyThere:
            written = self.get(pipeline.project_id, pipeline.id)
            if written is None:
                raise
            return written
        return pipeline

    def _keep(self, jobs: Sequence[Job]) -> None:
        # Updates, not puts: in a second try, jobs may have begun. One that was deleted meanwhile ends its chunk's time.
        for start in range(0, len(jobs), AT_ONCE):
            chunk = jobs[start : start + AT_ONCE]
            with suppress(AlreadyThere):
                transact([self.table.keep_operation(keys.job(job.project_id, job.id)) for job in chunk])

    def _new(self, job: Job) -> dict[str, Any]:
        return self.table.put_operation(keys.job(job.project_id, job.id), record(job), new=True)

    def get(self, project_id: int, pipeline_id: int) -> Pipeline | None:
        """One pipeline of a project."""
        item = self.table.get(keys.pipeline(project_id, pipeline_id))
        return restored(Pipeline, item) if item else None

    def newest(self, project_id: int) -> Iterator[Pipeline]:
        """The pipelines of a project, newest first, read as far as they are taken."""
        found = self.table.below(f"project#{project_id}", "pipeline#", descending=True)
        return (restored(Pipeline, item) for item in found)

    def many(self, project_id: int, pipeline_ids: Iterable[int]) -> dict[int, Pipeline]:
        """Up to 100 pipelines of a project by id, without those that are not recorded."""
        wanted = [keys.pipeline(project_id, pipeline_id) for pipeline_id in set(pipeline_ids)]
        found = get_many({self.table: wanted}) if wanted else {}
        return {item["id"]: restored(Pipeline, item) for item in found.values()}

    def jobs(self, project_id: int, first: int, last: int, *, descending: bool) -> Iterator[Job]:
        """The jobs of a project with ids from `first` to `last`, read as far as they are taken."""
        by_themselves = self._items(project_id, keys.job, first, last, descending=descending)
        pipelines = self._items(project_id, keys.pipeline, max(0, first - FEW), last, descending=descending)
        within = (job for item in pipelines for job in _turned(unpacked(item), descending=descending))
        return merge(
            (restored(Job, item) for item in by_themselves),
            (job for job in within if first <= job.id <= last),
            key=lambda job: job.id,
            reverse=descending,
        )

    def jobs_of(self, pipeline: Pipeline) -> list[Job]:
        """The jobs of a pipeline, by id."""
        if not pipeline.job_count:
            return []
        if ids.owner(pipeline.first_job) is not None:
            return unpacked(self.table.get(keys.pipeline(pipeline.project_id, pipeline.id)) or {})
        last = ids.after(pipeline.first_job, pipeline.job_count - 1)
        items = self._items(pipeline.project_id, keys.job, pipeline.first_job, last, descending=False)
        return [restored(Job, item) for item in items]

    def job(self, project_id: int, job_id: int) -> tuple[Pipeline, Job] | None:
        """One job of a project with its pipeline, once that is recorded."""
        owner = ids.owner(job_id)
        if owner is not None:
            item = self.table.get(keys.pipeline(project_id, owner))
            found = next((job for job in unpacked(item) if job.id == job_id), None) if item else None
            return (restored(Pipeline, item), found) if item and found else None
        item = self.table.get(keys.job(project_id, job_id))
        pipeline = self.get(project_id, item["pipeline_id"]) if item else None
        return (pipeline, restored(Job, item)) if item and pipeline else None

    def last_used(self, project_id: int, trigger_id: int) -> str | None:
        """When the pipeline with the highest id was created that this trigger has started; known within moments."""
        newest = self.table.last_of(keys.STARTED_BY, keys.started_by(project_id, trigger_id))
        return str(newest["created_at"]) if newest else None

    def _items(
        self, project_id: int, key: keys.InProject, first: int, last: int, *, descending: bool
    ) -> Iterator[Item]:
        low, high = key(project_id, first), key(project_id, last)
        return self.table.query(low.pk, low.sk, high.sk, descending=descending)


def _started(pipeline: Pipeline) -> Item:
    # A pipeline that failed by its configuration is not linked to its trigger, as in GitLab.
    if pipeline.trigger_id is None or pipeline.yaml_errors is not None:
        return {}
    return {keys.STARTED_BY: keys.started_by(pipeline.project_id, pipeline.trigger_id)}


def _turned(jobs: list[Job], *, descending: bool) -> Iterable[Job]:
    return reversed(jobs) if descending else jobs
