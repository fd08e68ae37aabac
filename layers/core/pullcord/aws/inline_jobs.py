"""Inline jobs: the jobs of a small pipeline, stored in its item as their differences from defaults.

One write records such a pipeline, and is atomic by itself. Jobs with items of their own cost a write unit each, and as
much again for the transaction.

The defaults are part of the stored format. They are written out here by version and never change, so that an item keeps
its meaning whatever defaults `Job` has later. A change of the format gets the next number; `FORMATS` keeps the old ones.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pullcord.aws.items import Item, record, restored
from pullcord.jobs import Job, job_defaults
from pullcord.pipelines import Pipeline

FORMAT = 1
"""The format that is written. Items without the attribute `jobs_format` have format 1."""

FORMATS: Mapping[int, Item] = {
    1: {
        "name": "",
        "stage": "",
        "stage_index": 0,
        "status": "created",
        "when": "on_success",
        "allow_failure": False,
        "bridge": False,
        "tags": (),
        "start_in": None,
        "failure_reason": None,
        "started_at": None,
        "finished_at": None,
        "erased_at": None,
        "duration": None,
        "queued_duration": None,
        "coverage": None,
    }
}
"""Format → the values of attributes that are not stored. The rest follows from the pipeline and the job's position."""


def to_attributes(pipeline: Pipeline, jobs: Sequence[Job]) -> Item:
    """The attributes of a pipeline's item that hold its jobs; none for a pipeline without jobs."""
    if not jobs:
        return {}
    rows = [_differences(record(job), _defaults(pipeline, position, FORMAT)) for position, job in enumerate(jobs)]
    return {"jobs": rows, "jobs_format": FORMAT}


def from_item(item: Mapping[str, Any]) -> list[Job]:
    """The jobs in a pipeline's item; none if it has no jobs, or if they have items of their own."""
    rows = item.get("jobs")
    if not rows:
        return []
    pipeline, version = restored(Pipeline, item), item.get("jobs_format", 1)
    return [restored(Job, _defaults(pipeline, position, version) | row) for position, row in enumerate(rows)]


def _defaults(pipeline: Pipeline, position: int, version: int) -> Item:
    return record(job_defaults(pipeline, position)) | FORMATS[version]


def _differences(job: Item, defaults: Item) -> Item:
    return {name: value for name, value in job.items() if value != defaults.get(name)}
