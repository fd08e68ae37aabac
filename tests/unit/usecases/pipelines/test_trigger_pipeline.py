"""Triggering a pipeline with a token: the steps in their order."""

from copy import replace
from dataclasses import dataclass, field

import pytest

from pullcord.errors import NotFound, PipelineInvalid, PipelineRefused
from pullcord.requests import TriggerCall
from pullcord.tokens import TokenRecord
from pullcord.usecases.pipelines.trigger_pipeline import TriggerDeps, trigger_pipeline
from tests.unit.usecases.fakes import NOW, SHA, WIDGETS, Peppers, Requests, Time

RECORD = TokenRecord("trigger", 11, 5, 7)
CALL = TriggerCall(
    "7", "glptt-1", "main", {"A": "1"}, {"i": 2}, {"token": "glptt-1", "ref": "main"}, "https://ci.example.test"
)
PIPELINE = {
    "iid": 3,
    "sha": SHA,
    "ref": "main",
    "tag": False,
    "source": "trigger",
    "status": "created",
    "created_at": NOW,
    "updated_at": NOW,
}
RECORDED = {"outcome": "recorded", "pipeline": PIPELINE, "user": {"id": 5, "username": "ada", "name": "Ada"}}


@dataclass
class Service(Requests):
    """Look-up, requests and workflow of a trigger call. steps: what was called, in order; started: the execution."""

    project: object = WIDGETS
    record: object = RECORD
    outcome: dict = field(default_factory=lambda: RECORDED)
    refusal: dict = field(default_factory=dict)
    steps: list = field(default_factory=list)
    started: object = None

    def lookup(self, project, digests):
        self.steps.append("lookup")
        assert len(digests) == 2
        return self.project, self.record

    def store_request(self, request, params, key, now):
        self.steps.append("store_request")
        return super().store_request(request, params, key, now)

    def run(self, name, ids):
        self.steps.append("run")
        self.started = name, ids
        return self.outcome

    def result(self, request_id):
        return self.refusal

    def trigger(self, call=CALL):
        return trigger_pipeline(call, TriggerDeps(Peppers(), self.lookup, self, self, Time().runtime))

    @property
    def request(self):
        """The one stored request, its parameters and its key."""
        (stored,) = self.stored.values()
        return stored


def test_the_request_is_stored_before_the_workflow_runs():
    service = Service()

    triggered = service.trigger()

    assert service.steps == ["lookup", "store_request", "run"]
    assert (triggered.pipeline.id, triggered.pipeline.iid) == (service.request[0].id, 3)
    assert triggered.pipeline.trigger_id == 11
    assert triggered.user.username == "ada"
    assert not triggered.replayed


def test_the_request_has_the_tokens_owner_and_the_source_trigger():
    service = Service()

    service.trigger()

    request, *_ = service.request
    assert (request.user_id, request.trigger_id, request.project_id, request.source) == (5, 11, 7, "trigger")
    assert (request.ref, request.created_at, request.server) == ("main", NOW, "https://ci.example.test")


def test_the_execution_carries_ids_only():
    service = Service(project=replace(WIDGETS, groups=(3, 2)))

    service.trigger(CALL._replace(correlation_id="of-the-gateway"))

    request, *_ = service.request
    ids = {
        "request": str(request.id),
        "project": "7",
        "user": "5",
        "groups": ["3", "2"],
        "correlation": "of-the-gateway",
    }
    assert service.started == (str(request.id), ids)


def test_variables_and_inputs_are_stored_without_the_token():
    service = Service()

    service.trigger()

    request, params, key = service.request
    assert key is None
    assert [variable.key for variable in params.variables] == ["A", "TRIGGER_PAYLOAD"]
    assert params.inputs == {"i": 2}
    assert "glptt-1" not in repr(request) + repr(params)


def test_a_repeated_call_gets_the_first_pipeline():
    service = Service()
    call = CALL._replace(key="a delivery")

    first, second = service.trigger(call), service.trigger(call)

    assert (first.replayed, second.replayed) == (False, True)
    assert second.pipeline == first.pipeline
    assert service.steps.count("run") == 1


@pytest.mark.parametrize(
    ("project", "record"),
    [
        (None, RECORD),
        (WIDGETS, None),
        (None, None),
        (WIDGETS, replace(RECORD, kind="personal")),
        (WIDGETS, replace(RECORD, project_id=8)),
        (WIDGETS, replace(RECORD, expires_at=NOW)),
    ],
)
def test_every_call_without_a_valid_token_gets_the_same_answer(project, record):
    service = Service(project=project, record=record)

    with pytest.raises(NotFound) as caught:
        service.trigger()

    assert (caught.value.message, caught.value.code) == ("404 Not Found", "unknown_token")
    assert service.steps == ["lookup"]


def test_a_refusal_has_the_stored_message_code_and_details():
    refusal = {"message": "Reference not found", "code": "no_ref", "details": {"ref": "main"}}

    with pytest.raises(PipelineRefused) as caught:
        Service(outcome={"outcome": "refused"}, refusal=refusal).trigger()

    assert (caught.value.message, caught.value.code, caught.value.details) == tuple(refusal.values())


def test_an_invalid_configuration_names_the_failed_pipeline():
    service = Service(outcome={"outcome": "invalid"}, refusal={"message": "jobs config", "details": {}, "pipeline": {}})

    with pytest.raises(PipelineInvalid) as caught:
        service.trigger()

    assert caught.value.message == "jobs config"
    assert caught.value.details["pipeline"] == service.request[0].id
