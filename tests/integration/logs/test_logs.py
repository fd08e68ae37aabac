"""What is written down about a pull: by one id every line of it is found, and nothing that a caller sent stands there."""

import json

import pytest

from pullcord_local.serve import Options, serving
from tests.e2e.projects import FIVE_JOBS, Project
from tests.e2e.repositories import Repository
from tests.e2e.talking import Caller

ROOT_TOKEN = "glpat-root-of-the-log-tests"
SENT = "the-value-of-a-variable-77ad"
OF_A_TASK = {"correlation_id", "level", "logger", "message", "milliseconds", "outcome", "project", "request"} | {
    "requestId", "service", "timestamp",
}  # fmt: skip
"""`requestId` is Lambda's own of one invocation."""


@pytest.fixture(scope="module")
def logged(tmp_path_factory):
    """Calls a function with a project and the lines of each function about the pull that it answers with."""
    folder = tmp_path_factory.mktemp("logs")
    parameters = {"RootToken": ROOT_TOKEN, "AllowedRemotes": "file://"}
    with serving(Options(parameters=parameters, data=folder / "data")) as service:
        root, anyone = Caller(service.url, ROOT_TOKEN), Caller(service.url)
        repository = Repository(folder / "widgets", {".gitlab-ci.yml": FIVE_JOBS})
        made = root.post("/projects", form={"name": "widgets", "import_url": repository.url}).json()
        trigger = root.post(f"/projects/{made['id']}/triggers", form={"description": "logs"}).json()

        def post_trigger(**sent):
            reply = Project(made, root, anyone, repository, trigger).post_trigger(
                json={"token": trigger["token"], **sent}
            )
            return reply, lines_of(folder, reply.headers["Pullcord-Request-Id"])

        yield post_trigger
        everything = "".join(path.read_text() for path in (folder / "data" / "logs").glob("*.log"))
    assert trigger["token"] not in everything
    assert SENT not in everything


def lines_of(folder, correlation):
    """Function → its lines with this correlation id."""
    return {
        path.stem: found
        for path in (folder / "data" / "logs").glob("*.log")
        if (found := [line for line in map(parsed, path.read_text().splitlines()) if of(line) == correlation])
    }


def parsed(line):
    return json.loads(line) if line.startswith("{") else {}


def of(line):
    return line.get("correlation_id")


def test_one_id_finds_every_line_of_a_recorded_call(logged):
    reply, lines = logged(ref="main", variables={"SENT": SENT})

    request = str(reply.json()["id"])
    assert {name: [line["message"] for line in found] for name, found in lines.items()} == {
        "TriggerFunction": ["answered"],
        "EvaluateRulesFunction": ["evaluated"],
        "RecordJobsFunction": ["recorded"],
    }
    (evaluated,), (recorded,) = lines["EvaluateRulesFunction"], lines["RecordJobsFunction"]
    assert set(evaluated) == set(recorded) == OF_A_TASK
    assert (evaluated["outcome"], recorded["outcome"]) == ("planned", "recorded")
    assert evaluated["request"] == recorded["request"] == request


def test_the_line_of_a_refused_call_has_the_code_and_not_the_ref(logged):
    reply, lines = logged(ref=f"refs/heads/{SENT}", variables={"SENT": SENT})

    assert reply.status == 400
    (evaluated,) = lines["EvaluateRulesFunction"]
    assert set(evaluated) == OF_A_TASK | {"code"}
    assert (evaluated["outcome"], evaluated["code"]) == ("refused", "ref_not_found")
    assert "RecordJobsFunction" not in lines


def test_the_functions_and_the_tasks_call_the_same_facts_the_same(logged):
    _, lines = logged(ref="main")

    for (line,) in lines.values():
        assert {"level", "message", "timestamp", "service", "correlation_id"} <= set(line)
        assert line["service"] == "pullcord"
