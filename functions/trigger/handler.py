"""/projects/:id/trigger/pipeline and, for webhooks, /projects/:id/ref/:ref/trigger/pipeline."""

from os import environ

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.request_context import TriggerLookup
from pullcord.aws.workflow import Workflow
from pullcord.routes.http_function import http_function
from pullcord.routes.trigger import TriggerPipelineRoutes
from pullcord.usecases.pipelines.trigger_pipeline import TriggerDeps

deps = TriggerDeps(
    peppers=environment.peppers(),
    lookup=TriggerLookup(environment.tokens_table(), environment.pipelines_table()),
    requests=environment.requests(),
    workflow=Workflow(environ["WORKFLOW"]),
    runtime=environment.RUNTIME,
)
handle = http_function("trigger", TriggerPipelineRoutes(deps)).resolve
cold_start.done()
