"""POST /projects/:id/trigger/pipeline and, for webhooks, /projects/:id/ref/:ref/trigger/pipeline."""

from pullcord.usecases.pipelines.trigger_pipeline import Outside, trigger_pipeline
from pullcord.wire import pipeline_json, trigger_params
from pullcord.wire.call import Call
from pullcord.wire.http import REPLAYED, Answer, counted

PROJECT = "/api/v4/projects/<project>"
ROUTES = (
    ("POST", f"{PROJECT}/trigger/pipeline", "by_parameter"),
    ("POST", f"{PROJECT}/ref/<ref>/trigger/pipeline", "by_path"),
)


class PullRoutes:
    """Pulling a trigger."""

    routes = ROUTES

    def __init__(self, outside: Outside) -> None:
        self.outside = outside

    def by_parameter(self, call: Call, project: str) -> Answer:
        """The ref is a parameter."""
        return self._pull(call, project, None)

    def by_path(self, call: Call, project: str, ref: str) -> Answer:
        """The ref is in the path, whatever the body says."""
        return self._pull(call, project, ref)

    def _pull(self, call: Call, project: str, ref: str | None) -> Answer:
        made = trigger_pipeline(trigger_params.read(call, project, ref), self.outside)
        counted("replayed" if made.replayed else "admitted")
        headers = REPLAYED if made.replayed else {}
        return Answer(201, pipeline_json.pipeline(made.pipeline, made.project, made.user, call.server), headers)
