"""Requests are read as Rack and Grape read them: `requests.yaml` has each with GitLab's answer."""

from pathlib import Path

import pytest
import yaml

from pullcord.routes.paths import route_of
from tests.conformance.requesting import ask, bytes_of

CASES = yaml.safe_load(Path(__file__).with_name("requests.yaml").read_text("utf-8"))


def sent(case):
    return bytes_of(case["send"], case.get("headers", []), case.get("body", "").encode("latin-1"))


@pytest.fixture(autouse=True)
def metrics(monkeypatch):
    monkeypatch.setenv("POWERTOOLS_METRICS_NAMESPACE", "Pullcord")
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "pullcord")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_request_is_answered_as_by_gitlab(case):
    reply = ask(sent(case))

    assert reply.status == case["status"], reply.body
    if "parameters" in case and reply.body is not None:
        assert reply.body == {"operation": case["operation"], "parameters": case["parameters"]}
    if "answer" in case:
        assert {key: value for key, value in reply.body.items() if key != "pullcord"} == case["answer"]
    assert reply.headers.get("allow") == case.get("allow")


@pytest.mark.parametrize("case", [case for case in CASES if "operation" in case], ids=lambda case: case["id"])
def test_the_router_finds_the_same_route(case):
    method, target = case["send"].split(" ", 1)

    assert route_of(method, target.partition("?")[0]).operation == case["operation"]


def test_the_table_has_every_case_once():
    assert len({case["id"] for case in CASES}) == len(CASES) > 350
