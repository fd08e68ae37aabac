"""Routes that trigger a pipeline."""

import json

import pytest

from pullcord.errors import BadParameters, NotFound
from pullcord.pipelines import Pipeline
from pullcord.routes.http_function import handler_of
from pullcord.routes.table import ROUTES
from pullcord.routes.trigger import TriggerPipelineRoutes
from pullcord.tokens import TokenRecord
from pullcord.usecases.pipelines.trigger_pipeline import TriggerDeps
from pullcord.wire import pipeline_json
from pullcord.wire.call import Call
from tests.unit.routes.service import PROJECT, SERVER
from tests.unit.usecases.fakes import ADA, NOW, SHA, Peppers, Requests, Time
from tests.unit.wire.calls import FORM, JSON, event

RECORD = TokenRecord("trigger", 11, 5, 7)
PIPELINE = Pipeline(1, 3, 7, 5, SHA, "main", False, "trigger", "created", NOW, NOW)


class Service:
    """The trigger routes over a workflow that always records a pipeline. counted: outcomes in the metric."""

    def __init__(self, monkeypatch):
        self.requests, self.counted, self.looked_up = Requests(), [], []
        monkeypatch.setattr("pullcord.routes.trigger.count_outcome", self.counted.append)
        self.routes = TriggerPipelineRoutes(TriggerDeps(Peppers(), self.lookup, self.requests, self, Time().runtime))

    def lookup(self, project, digests):
        self.looked_up.append(project)
        known = digests == Peppers().keyring().digests("glptt-1")
        return (PROJECT, RECORD) if known else (PROJECT, None)

    def run(self, name, ids):
        request, *_ = self.requests.stored[int(name)]
        fields = {"iid": 3, "sha": SHA, "ref": request.ref, "tag": False, "source": request.source}
        pipeline = {**fields, "status": "created", "created_at": NOW, "updated_at": NOW}
        return {"outcome": "recorded", "pipeline": pipeline, "user": {"id": 5, "username": "ada", "name": "Ada"}}

    def call(self, body, operation="trigger_pipeline", content_type=JSON, headers=None, **parts):
        route = next(route for route in ROUTES if route.operation == operation)
        text = body if isinstance(body, str) else json.dumps(body)
        call = Call(event(text, content_type, **(headers or {})), route=route)
        return handler_of(route, (self.routes,))(call, **parts)

    @property
    def request(self):
        """The one stored request and its parameters."""
        ((request, params, _),) = self.requests.stored.values()
        return request, params


@pytest.fixture
def service(monkeypatch):
    return Service(monkeypatch)


def test_a_pipeline_is_triggered(service):
    body = {"token": "glptt-1", "ref": "main", "variables": {"A": "1"}, "inputs": {"level": "2"}}

    answer = service.call(body, project="7")

    request, params = service.request
    assert (answer.status, answer.headers, service.counted) == (201, {}, ["created"])
    assert (answer.body["id"], answer.body["iid"], answer.body["ref"]) == (request.id, 3, "main")
    assert answer.body["web_url"] == f"{SERVER}/acme/widgets/-/pipelines/{request.id}"
    assert set(answer.body) == set(pipeline_json.pipeline(PIPELINE, PROJECT, ADA, SERVER))
    assert [variable.key for variable in params.variables] == ["A", "TRIGGER_PAYLOAD"]
    assert params.inputs == {"level": 2}


def test_a_form_triggers_a_pipeline(service):
    answer = service.call("token=glptt-1&ref=main&variables[A]=1", content_type=FORM, project="acme/widgets")

    assert answer.status == 201
    assert service.looked_up == ["acme/widgets"]


def test_the_ref_of_a_webhooks_path_wins(service):
    body = {"token": "glptt-1", "ref": "refs/heads/other"}

    answer = service.call(body, "trigger_pipeline_by_webhook", project="7", ref="feature/x")

    assert (answer.status, answer.body["ref"]) == (201, "feature/x")


def test_a_repeated_call_gets_the_first_pipeline_and_a_header(service):
    body, key = {"token": "glptt-1", "ref": "main"}, {"idempotency_key": "k"}

    first = service.call(body, headers=key, project="7")
    second = service.call(body, headers=key, project="7")

    assert (second.status, second.body) == (201, first.body)
    assert (first.headers, second.headers) == ({}, {"Pullcord-Replayed": "true"})
    assert service.counted == ["created", "replayed"]


def test_a_repeated_delivery_of_a_webhook_gets_the_first_pipeline(service):
    body, delivery = {"token": "glptt-1"}, {"x_gitlab_event_uuid": "13792a34"}

    answers = [
        service.call(body, "trigger_pipeline_by_webhook", headers=delivery, project="7", ref=ref)
        for ref in ("main", "main", "stable")
    ]

    assert answers[0].body["id"] == answers[1].body["id"] != answers[2].body["id"]
    assert service.counted == ["created", "replayed", "created"]


def test_an_unknown_token_is_not_found(service):
    with pytest.raises(NotFound) as refusal:
        service.call({"token": "glptt-2", "ref": "main"}, project="7")

    assert (refusal.value.message, refusal.value.code) == ("404 Not Found", "unknown_token")
    assert (service.requests.stored, service.counted) == ({}, [])


def test_parameters_are_checked_before_the_token(service):
    with pytest.raises(BadParameters, match="ref is missing, ref is empty"):
        service.call({"token": "glptt-1"}, project="7")
    assert service.looked_up == []
