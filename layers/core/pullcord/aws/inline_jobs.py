"""The jobs of a pipeline that has few: kept in its item, of each only what it does not share with its pipeline.

One write records such a pipeline, and is all or nothing by itself. Jobs with items of their own cost a unit each, and
as much again for the transaction that holds them together.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pullcord.aws.items import Item, record, restored
from pullcord.jobs import Job, newborn
from pullcord.pipelines import Pipeline


def packed(pipeline: Pipeline, jobs: Sequence[Job]) -> list[Item]:
    """What is special about each job."""
    return [
        {name: value for name, value in record(job).items() if value != common[name]}
        for job, common in ((job, record(newborn(pipeline, position))) for position, job in enumerate(jobs))
    ]


def unpacked(pipeline: Mapping[str, Any]) -> list[Job]:
    """The jobs in a pipeline's item; none where there are none, or where they have items of their own."""
    stored = pipeline.get("jobs")
    if not stored:
        return []
    owner = restored(Pipeline, pipeline)
    return [restored(Job, record(newborn(owner, position)) | special) for position, special in enumerate(stored)]
