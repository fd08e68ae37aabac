"""Pulling a trigger: the steps in their order."""

from copy import replace
from dataclasses import dataclass, field

import pytest

from pullcord.errors import NotFound, PipelineInvalid, PipelineRefused
from pullcord.requests import TriggerCall
from pullcord.tokens import TokenRecord
from pullcord.usecases.pipelines.trigger_pipeline import TriggerDeps, trigger_pipeline
from tests.unit.usecases.fakes import NOW, SHA, WIDGETS, Peppers, Time

FOUND = TokenRecord("trigger", 11, 5, 7)
PULL = TriggerCall(
    "7", "glptt-1", "main", {"A": "1"}, {"i": 2}, {"token": "glptt-1", "ref": "main"}, "https://ci.example.test"
)
TOLD = {
    "iid": 3,
    "sha": SHA,
    "ref": "main",
    "tag": False,
    "source": "trigger",
    "status": "created",
    "created_at": NOW,
    "updated_at": NOW,
}
RECORDED = {"outcome": "recorded", "pipeline": TOLD, "user": {"id": 5, "username": "ada", "name": "Ada"}}


@dataclass
class World:
    """What is found, what the workflow says, and what happened in which order."""

    project: object = WIDGETS
    found: object = FOUND
    outcome: dict = field(default_factory=lambda: RECORDED)
    left: dict = field(default_factory=dict)
    happened: list = field(default_factory=list)
    stored: object = None
    started: object = None

    def lookup(self, _project, digests):
        self.happened.append("lookup")
        assert len(digests) == 2
        return self.project, self.found

    def store_request(self, request, params, once, _now):
        self.happened.append("admit")
        self.stored = request, params, once

    def run(self, name, ids):
        self.happened.append("run")
        self.started = name, ids
        return self.outcome

    def result(self, _request_id):
        return self.left

    def pull(self, pull=PULL):
        return trigger_pipeline(pull, TriggerDeps(Peppers(), self.lookup, self, self, Time().runtime))


def test_the_request_is_stored_before_the_workflow_runs():
    world = World()

    made = world.pull()

    assert world.happened == ["lookup", "admit", "run"]
    assert (made.pipeline.id, made.pipeline.iid, made.pipeline.trigger_id) == (world.stored[0].id, 3, 11)
    assert made.user.username == "ada"
    assert not made.replayed


def test_the_execution_carries_ids_only():
    world = World(project=replace(WIDGETS, groups=(3, 2)))

    world.pull(PULL._replace(correlation="of-the-gateway"))

    request, _, _ = world.stored
    ids = {
        "request": str(request.id),
        "project": "7",
        "user": "5",
        "groups": ["3", "2"],
        "correlation": "of-the-gateway",
    }
    assert world.started == (str(request.id), ids)


def test_what_was_sent_is_stored_without_the_token():
    world = World()

    world.pull()

    request, params, once = world.stored
    assert once is None
    assert [variable.key for variable in params.variables] == ["A", "TRIGGER_PAYLOAD"]
    assert params.inputs == {"i": 2}
    assert "glptt-1" not in repr(request) + repr(params)


@pytest.mark.parametrize(
    ("project", "found"),
    [
        (None, FOUND),
        (WIDGETS, None),
        (None, None),
        (WIDGETS, replace(FOUND, kind="personal")),
        (WIDGETS, replace(FOUND, project_id=8)),
        (WIDGETS, replace(FOUND, expires_at=NOW)),
    ],
)
def test_what_does_not_open_gets_one_and_the_same_answer(project, found):
    world = World(project, found)

    with pytest.raises(NotFound) as caught:
        world.pull()

    assert (caught.value.message, caught.value.code) == ("404 Not Found", "unknown_token")
    assert world.happened == ["lookup"]


def test_a_refusal_is_told_in_the_words_that_were_left():
    left = {"message": "Reference not found", "code": "no_ref", "facts": {"ref": "main"}}

    with pytest.raises(PipelineRefused) as caught:
        World(outcome={"outcome": "refused"}, left=left).pull()

    assert (caught.value.message, caught.value.code, caught.value.details) == tuple(left.values())


def test_an_invalid_configuration_tells_which_pipeline_shows_it():
    world = World(outcome={"outcome": "invalid"}, left={"message": "jobs config", "facts": {}})

    with pytest.raises(PipelineInvalid) as caught:
        world.pull()

    assert caught.value.message == "jobs config"
    assert caught.value.details["pipeline"] == world.stored[0].id
