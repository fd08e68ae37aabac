"""Second task of CreatePipeline: from a plan to a recorded pipeline with all its jobs."""

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.pipelines import PipelinesTable
from pullcord.usecases.pipelines.record_jobs import Outside, record_jobs
from pullcord.wire.task import Task

outside = Outside(
    plans=environment.requests(),
    pipelines=PipelinesTable(environment.pipelines_table()),
    moment=environment.MOMENT,
)
handle = Task("recorded", lambda ids: record_jobs(ids, outside)).perform
cold_start.done()
