"""Second task of CreatePipeline: from a plan to a recorded pipeline with all its jobs."""

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.pipelines import PipelinesTable
from pullcord.usecases.pipelines.record_jobs import RecordDeps, record_jobs
from pullcord.wire.task import Task

deps = RecordDeps(
    plans=environment.requests(),
    pipelines=PipelinesTable(environment.pipelines_table()),
    runtime=environment.RUNTIME,
)
handle = Task("recorded", lambda ids: record_jobs(ids, deps)).perform
cold_start.done()
