"""events/*: an event for each door and kind of body, made of real requests, and answered as it should be."""

import base64
import json

import pytest

from tests.specimens.events import EVENTS, stored, written
from tests.template.stack import FUNCTIONS

STORED = stored()
HTTP = {name: event for name, event in STORED.items() if event.get("version") == "2.0"}
STATUS = {
    "TriggerFunction/unknown-ref": 400,
    "TriggerFunction/wrong-token": 404,
    "RouterFunction/nowhere": 404,
}
"""Where it is not what the method leads to expect."""

SUCCESS = {"GET": 200, "PUT": 200, "POST": 201}


def kind_of_body(event):
    return event["headers"].get("content-type", "").partition(";")[0]


def test_every_function_has_an_event():
    assert {name.partition("/")[0] for name in STORED} == set(FUNCTIONS)


def test_every_kind_of_body_has_an_event():
    assert {kind_of_body(event) for event in HTTP.values() if "body" in event} == {
        "application/json", "application/x-www-form-urlencoded", "multipart/form-data",
    }  # fmt: skip
    assert any(event.get("queryStringParameters") for event in HTTP.values())


@pytest.mark.parametrize("name", HTTP)
def test_an_event_of_the_gateway_is_answered(answers, name):
    method = HTTP[name]["requestContext"]["http"]["method"]

    answer = json.loads(answers[name].payload)

    assert answer["statusCode"] == STATUS.get(name, SUCCESS[method]), answer
    assert answer["headers"]["Pullcord-Request-Id"] == HTTP[name]["requestContext"]["requestId"]


@pytest.mark.parametrize(
    ("name", "outcome"), [("EvaluateRulesFunction/task", "planned"), ("RecordJobsFunction/task", "recorded")]
)
def test_a_task_that_is_done_again_comes_to_the_same(answers, name, outcome):
    assert json.loads(answers[name].payload)["outcome"] == outcome


@pytest.mark.parametrize("name", [name for name in STORED if name not in HTTP])
def test_an_event_of_another_service_is_done(answers, name):
    assert not answers[name].failed, answers[name].payload


@pytest.mark.parametrize("name", STORED)
def test_an_event_is_what_make_events_writes(made_anew, name):
    assert (EVENTS / f"{name}.json").read_text("utf-8") == written(made_anew[name])


def test_no_event_is_missing(made_anew):
    assert set(made_anew) == set(STORED)


def test_a_body_that_is_no_text_is_encoded():
    form = HTTP["TriggerFunction/form"]

    assert form["isBase64Encoded"]
    assert b"ref=main" in base64.b64decode(form["body"])
