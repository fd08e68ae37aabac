"""Pulls triggers: /projects/:id/trigger/pipeline."""

from os import environ

from pullcord import cold_start
from pullcord.aws import environment
from pullcord.aws.request_context import Lookup
from pullcord.aws.workflow import Workflow
from pullcord.routes.trigger import PullRoutes
from pullcord.usecases.pipelines.trigger_pipeline import Outside
from pullcord.wire.http import Door

outside = Outside(
    peppers=environment.peppers(),
    lookup=Lookup(environment.tokens_table(), environment.pipelines_table()),
    requests=environment.requests(),
    workflow=Workflow(environ["WORKFLOW"]),
    moment=environment.MOMENT,
)
handle = Door(PullRoutes(outside)).resolve
cold_start.done()
