"""Second task of CreatePipeline: from a plan to a recorded pipeline with all its jobs."""

from typing import Any

from pullcord import opening
from pullcord.aws import environment
from pullcord.aws.pipelines import PipelinesTable
from pullcord.usecases.record_jobs import Outside, record_jobs

outside = Outside(
    plans=environment.requests(),
    pipelines=PipelinesTable(environment.pipelines_table()),
    moment=environment.MOMENT,
)


def handle(event: dict[str, Any], _context: object) -> dict[str, object]:
    """Lambda's entry."""
    return record_jobs(event, outside)


opening.done()
