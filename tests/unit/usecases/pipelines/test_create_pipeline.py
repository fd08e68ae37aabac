"""Creating a pipeline from any source: the request goes through unchanged, repeats get the first outcome."""

from copy import replace
from dataclasses import dataclass, field

import pytest

from pullcord.errors import Conflict, PipelineInvalid, PipelineRefused
from pullcord.ids import IdTaken
from pullcord.pipelines import SOURCES
from pullcord.requests import IdempotencyKey, PipelineParams, PipelineRequest
from pullcord.usecases.pipelines.create_pipeline import CreateDeps, create_pipeline
from pullcord.usecases.pipelines.evaluate_rules import evaluate_rules
from pullcord.usecases.pipelines.idempotency import DEAD_AFTER
from pullcord.usecases.pipelines.record_jobs import RecordDeps, record_jobs
from pullcord.variables import PipelineVariable
from tests.unit.usecases.fakes import ADA, NOW, SHA, WIDGETS, Pipelines, Requests, Time
from tests.unit.usecases.hosts import Repository, evaluate_deps, request_context

REQUEST = PipelineRequest(
    id=0,
    project_id=7,
    user_id=5,
    ref="main",
    source="api",
    created_at=NOW,
    server="https://ci.example.test",
    groups=(31, 30),
    correlation_id="a call",
)
PARAMS = PipelineParams((PipelineVariable("A", "1"),), {"level": 2})
KEY = IdempotencyKey("api#k", ("fingerprint",))
PIPELINE = {
    "iid": 3,
    "sha": SHA,
    "ref": "main",
    "tag": False,
    "source": "api",
    "status": "created",
    "created_at": NOW,
    "updated_at": NOW,
}
RECORDED = {"outcome": "recorded", "pipeline": PIPELINE, "user": {"id": 5, "username": "ada", "name": "Ada"}}


@dataclass
class Workflow:
    """A workflow that always has one outcome. executions: names and inputs of those that were run."""

    outcome: dict = field(default_factory=lambda: RECORDED)
    executions: list = field(default_factory=list)

    def run(self, name, ids):
        self.executions.append((name, ids))
        return self.outcome


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def deps(time):
    return CreateDeps(Requests(), Workflow(), time.runtime)


@pytest.mark.parametrize("source", SOURCES)
def test_a_request_of_every_source_goes_through_unchanged(deps, source):
    request = replace(REQUEST, source=source)

    created = create_pipeline(request, PARAMS, None, deps)

    ((stored, params, key),) = deps.requests.stored.values()
    assert (stored, params, key) == (replace(request, id=created.pipeline.id), PARAMS, None)
    assert stored.id > 0


def test_a_pipeline_without_a_trigger_has_no_trigger_id(deps):
    created = create_pipeline(REQUEST, PARAMS, None, deps)

    pipeline, user, replayed = created
    assert (pipeline.project_id, pipeline.user_id, pipeline.iid, pipeline.source) == (7, 5, 3, "api")
    assert (pipeline.trigger_id, user.username, replayed) == (None, "ada", False)


def test_the_workflow_gets_ids_alone_and_the_name_of_the_request(deps):
    created = create_pipeline(REQUEST, PARAMS, None, deps)

    number = str(created.pipeline.id)
    ids = {"request": number, "project": "7", "user": "5", "groups": ["31", "30"], "correlation": "a call"}
    assert deps.workflow.executions == [(number, ids)]


def test_a_taken_id_is_replaced_by_another(time):
    class Busy(Requests):
        attempts = 0

        def store_request(self, request, params, key, now):
            self.attempts += 1
            if self.attempts == 1:
                raise IdTaken
            return super().store_request(request, params, key, now)

    requests = Busy()
    created = create_pipeline(REQUEST, PARAMS, None, CreateDeps(requests, Workflow(), time.runtime))

    assert list(requests.stored) == [created.pipeline.id]


def test_a_repeat_gets_the_first_pipeline_and_runs_nothing(deps):
    first = create_pipeline(REQUEST, PARAMS, KEY, deps)
    second = create_pipeline(REQUEST, PARAMS, KEY, deps)

    assert second == first._replace(replayed=True)
    assert len(deps.requests.stored) == len(deps.workflow.executions) == 1


def test_a_repeat_with_other_parameters_is_a_conflict(deps):
    create_pipeline(REQUEST, PARAMS, KEY, deps)

    with pytest.raises(Conflict):
        create_pipeline(REQUEST, PARAMS, replace(KEY, fingerprints=("other",)), deps)


def test_a_repeat_of_a_call_that_died_runs_the_first_request_again(deps, time):
    first_id = create_pipeline(REQUEST, PARAMS, KEY, deps).pipeline.id
    deps.requests.first_calls[KEY.key] = replace(deps.requests.first_calls[KEY.key], outcome=None)
    time.sleep(DEAD_AFTER + 1)

    created = create_pipeline(REQUEST, PARAMS, KEY, deps)

    assert (created.pipeline.id, created.replayed) == (first_id, True)
    assert [name for name, _ in deps.workflow.executions] == [str(first_id)] * 2
    assert deps.requests.first_calls[KEY.key].outcome == RECORDED


def refusing(deps, outcome, **refusal):
    """Dependencies whose workflow stores a refusal."""

    class Refusing(Workflow):
        def run(self, name, ids):
            deps.requests.results[int(name)] = refusal
            return super().run(name, ids)

    return deps._replace(workflow=Refusing({"outcome": outcome}))


def test_a_refusal_has_the_stored_message_code_and_details(deps):
    deps = refusing(deps, "refused", message="Reference not found", code="ref_not_found", details={"ref": "main"})

    with pytest.raises(PipelineRefused) as refusal:
        create_pipeline(REQUEST, PARAMS, None, deps)

    assert (refusal.value.message, refusal.value.code) == ("Reference not found", "ref_not_found")
    assert (refusal.value.details, refusal.value.replayed) == ({"ref": "main"}, False)


def test_an_invalid_configuration_names_the_failed_pipeline(deps):
    deps = refusing(deps, "invalid", message="jobs config", details={"errors": []}, pipeline={})

    with pytest.raises(PipelineInvalid) as refusal:
        create_pipeline(REQUEST, PARAMS, None, deps)

    (request_id,) = deps.requests.stored
    assert (refusal.value.message, refusal.value.code) == ("jobs config", "config_error")
    assert refusal.value.details == {"pipeline": request_id, "errors": []}


@pytest.mark.parametrize("outcome", ["refused", "invalid"])
def test_a_repeat_of_a_refused_call_is_evaluated_anew_also_with_another_body(deps, outcome):
    refused = refusing(deps, outcome, message="Reference not found", code="ref_not_found", details={})
    for key in (KEY, KEY, replace(KEY, fingerprints=("other",))):
        with pytest.raises((PipelineRefused, PipelineInvalid)) as refusal:
            create_pipeline(REQUEST, PARAMS, key, refused)
        assert refusal.value.replayed is False

    created = create_pipeline(REQUEST, PARAMS, KEY, deps)

    assert (created.pipeline.iid, created.replayed) == (3, False)
    assert len(deps.requests.stored) == 4


def test_a_repeat_of_a_refused_call_that_died_is_evaluated_anew(deps, time):
    refused = refusing(deps, "refused", message="Reference not found", code="ref_not_found", details={})
    with pytest.raises(PipelineRefused):
        create_pipeline(REQUEST, PARAMS, KEY, refused)
    deps.requests.first_calls[KEY.key] = replace(deps.requests.first_calls[KEY.key], outcome=None)
    time.sleep(DEAD_AFTER + 1)

    with pytest.raises(PipelineRefused) as refusal:
        create_pipeline(REQUEST, PARAMS, KEY, refused)

    assert refusal.value.replayed is False
    first, again, anew = (name for name, _ in refused.workflow.executions)
    assert first == again != anew


@dataclass
class RealTasks:
    """The workflow's two tasks, one after the other, for a configuration."""

    requests: Requests
    text: str
    pipelines: Pipelines = field(default_factory=Pipelines)

    def run(self, name, ids):
        request, params, _ = self.requests.stored[int(name)]
        context = request_context()._replace(request=request, params=params, project=WIDGETS, user=ADA)
        files = Repository({".gitlab-ci.yml": self.text})
        outcome = evaluate_rules(ids, evaluate_deps(context, files, results=self.requests))
        if outcome["outcome"] != "planned":
            return outcome
        task = {"request": name, "project": ids["project"], "iid": "1"}
        return record_jobs(task, RecordDeps(self.requests, self.pipelines, Time().runtime))


def created_from(text, deps, source="api"):
    tasks = RealTasks(deps.requests, text)
    params = replace(PARAMS, inputs={})
    return create_pipeline(replace(REQUEST, source=source), params, None, deps._replace(workflow=tasks)), tasks


@pytest.mark.parametrize("source", ["api", "schedule", "web", "pipeline"])
def test_the_source_decides_in_rules_and_is_recorded(deps, source):
    text = f'job: {{script: "true", rules: [{{if: $CI_PIPELINE_SOURCE == "{source}"}}]}}\n'

    created, tasks = created_from(text, deps, source)

    assert created.pipeline.source == source
    assert tasks.pipelines.stored[created.pipeline.id].source == source


def test_the_details_of_an_invalid_configuration_reach_the_caller(deps):
    with pytest.raises(PipelineInvalid) as refusal:
        created_from("job: {}\n", deps)

    assert refusal.value.message.startswith("jobs job config should implement")
    assert refusal.value.details["errors"][0]["message"] == refusal.value.message
