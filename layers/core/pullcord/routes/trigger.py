"""POST /projects/:id/trigger/pipeline and, for webhooks, /projects/:id/ref/:ref/trigger/pipeline."""

from pullcord.usecases.pipelines.trigger_pipeline import TriggerDeps, trigger_pipeline
from pullcord.wire import pipeline_json, trigger_params
from pullcord.wire.call import Call
from pullcord.wire.http import REPLAYED, Answer, count_outcome


class TriggerPipelineRoutes:
    """Operations of trigger tokens."""

    def __init__(self, deps: TriggerDeps) -> None:
        self.deps = deps

    def trigger_pipeline(self, call: Call, project: str) -> Answer:
        """Trigger a pipeline; the ref is a parameter."""
        return self._trigger(call, project, None)

    def trigger_pipeline_by_webhook(self, call: Call, project: str, ref: str) -> Answer:
        """Trigger a pipeline from a webhook; the ref in the path wins over one in the body."""
        return self._trigger(call, project, ref)

    def _trigger(self, call: Call, project: str, ref: str | None) -> Answer:
        triggered = trigger_pipeline(trigger_params.read(call, project, ref), self.deps)
        count_outcome("replayed" if triggered.replayed else "created")
        headers = REPLAYED if triggered.replayed else {}
        return Answer(
            201, pipeline_json.pipeline(triggered.pipeline, triggered.project, triggered.user, call.server), headers
        )
