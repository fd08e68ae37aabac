"""Pipelines and their jobs: recorded all at once, read by project."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from pullcord.aws import keys
from pullcord.aws.items import record, restored
from pullcord.aws.table import AlreadyThere, Table, get_many, transact
from pullcord.jobs import Job
from pullcord.pipelines import Pipeline

TOGETHER = 90
"""Jobs that are written in the same transaction as their pipeline; DynamoDB takes 100 writes in one."""

AT_ONCE = 100
"""Writes that one transaction takes."""

WEEK = 7 * 86_400


class PipelinesTable:
    """Pipelines and jobs in the Pipelines table, newest first."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def record(self, pipeline: Pipeline, jobs: Sequence[Job], now: int) -> Pipeline:
        """Write a pipeline with all its jobs, so that nobody ever sees a part of it; answer the one that is there now.

        The pipeline's item is the commit record: it comes in one transaction with up to `TOGETHER` jobs. More jobs
        than that are written before it, with an end of their time that is taken away after it: should we die before
        it, they disappear; after it, a second try takes the end away. It leaves alone what the first has written.
        now: Unix seconds.
        """
        written = self.get(pipeline.project_id, pipeline.id) if jobs[TOGETHER:] else None
        if written is None:
            early = [(keys.job(job.project_id, job.id), record(job)) for job in jobs[TOGETHER:]]
            self.table.write_all([(key, {**item, "ttl": now + WEEK}) for key, item in early])
            written = self._commit(pipeline, jobs[:TOGETHER])
        self._keep(jobs[TOGETHER:])
        return written

    def _commit(self, pipeline: Pipeline, jobs: Sequence[Job]) -> Pipeline:
        try:
            transact(
                [
                    self.table.put_operation(
                        keys.pipeline(pipeline.project_id, pipeline.id), record(pipeline), new=True
                    ),
                    self.table.keep_operation(keys.request(pipeline.id)),
                    self.table.keep_operation(keys.plan(pipeline.id)),
                    *self._used(pipeline),
                    *(self._new(job) for job in jobs),
                ]
            )
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

    def _used(self, pipeline: Pipeline) -> list[dict[str, Any]]:
        # A pipeline that failed by its configuration is not linked to its trigger, as in GitLab.
        if pipeline.trigger_id is None or pipeline.yaml_errors is not None:
            return []
        key = keys.used(pipeline.project_id, pipeline.trigger_id, pipeline.id)
        return [self.table.put_operation(key, {"created_at": pipeline.created_at})]

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
        pk, low = keys.job(project_id, first)
        _, high = keys.job(project_id, last)
        return (restored(Job, item) for item in self.table.query(pk, low, high, descending=descending))

    def jobs_of(self, pipeline: Pipeline) -> list[Job]:
        """The jobs of a pipeline, by id."""
        if not pipeline.job_count:
            return []
        first = keys.job(pipeline.project_id, pipeline.first_job)
        last = keys.job(pipeline.project_id, pipeline.first_job + pipeline.job_count - 1)
        return [restored(Job, item) for item in self.table.query(first.pk, first.sk, last.sk)]

    def job(self, project_id: int, job_id: int) -> Job | None:
        """One job of a project, once its pipeline is recorded."""
        item = self.table.get(keys.job(project_id, job_id))
        return restored(Job, item) if item else None

    def last_used(self, project_id: int, trigger_id: int) -> str | None:
        """When the pipeline with the highest id was created that this trigger has started."""
        marks = self.table.below(f"project#{project_id}", f"used#{trigger_id}#", descending=True, limit=1)
        return next((str(mark["created_at"]) for mark in marks), None)
