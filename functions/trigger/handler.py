"""Pull a trigger: POST /projects/:id/trigger/pipeline and, for webhooks, /projects/:id/ref/:ref/trigger/pipeline."""

from os import environ
from typing import Any

from pullcord.aws import environment
from pullcord.aws.subjects import Lookup
from pullcord.aws.workflow import Workflow
from pullcord.usecases.trigger_pipeline import Outside, trigger_pipeline
from pullcord.wire import shapes, trigger_call
from pullcord.wire.call import Call
from pullcord.wire.http import Answer, Door, counted

door = Door()
outside = Outside(
    peppers=environment.peppers(),
    lookup=Lookup(environment.tokens_table(), environment.pipelines_table()),
    requests=environment.requests(),
    workflow=Workflow(environ["WORKFLOW"]),
    moment=environment.MOMENT,
)


@door.route("POST", "/api/v4/projects/<project>/trigger/pipeline")
def trigger(call: Call, project: str, ref: str | None = None) -> Answer:
    """Start a pipeline with a trigger token."""
    made = trigger_pipeline(trigger_call.read(call, project, ref), outside)
    counted("admitted")
    return Answer(201, shapes.pipeline(made.pipeline, made.project, made.user, call.server))


@door.route("POST", "/api/v4/projects/<project>/ref/<ref>/trigger/pipeline")
def webhook(call: Call, project: str, ref: str) -> Answer:
    """The same with the ref in the path, whatever the body says."""
    return trigger(call, project, ref)


def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Lambda's entry."""
    return door.resolve(event, context)
