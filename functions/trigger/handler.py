"""Pulls triggers: /projects/:id/trigger/pipeline."""

from os import environ

from pullcord import opening
from pullcord.aws import environment
from pullcord.aws.subjects import Lookup
from pullcord.aws.workflow import Workflow
from pullcord.routes.pulls import PullRoutes
from pullcord.usecases.trigger_pipeline import Outside
from pullcord.wire.http import Door

outside = Outside(
    peppers=environment.peppers(),
    lookup=Lookup(environment.tokens_table(), environment.pipelines_table()),
    requests=environment.requests(),
    workflow=Workflow(environ["WORKFLOW"]),
    moment=environment.MOMENT,
)
handle = Door(PullRoutes(outside)).resolve
opening.done()
