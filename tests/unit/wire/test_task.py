"""The log line of a task of the state machine: ids and codes alone."""

import json
import logging

import pytest
from awslambdaric.lambda_runtime_log_utils import JsonFormatter

from pullcord.wire.task import Task

IDS = {"request": "42", "project": "7", "user": "5", "groups": ["3"], "correlation": "a-call"}
RECORDING_IDS = {"request": "42", "project": "7", "iid": "1", "execution": IDS}


@pytest.fixture
def lines(caplog, monkeypatch):
    """The lines as Lambda writes them."""
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "pullcord")
    caplog.set_level(logging.INFO, "pullcord")
    return lambda: [json.loads(JsonFormatter().format(record)) for record in caplog.records]


def perform(ids, outcome):
    return Task("evaluated", lambda _: outcome).perform(ids, None)


@pytest.mark.parametrize("ids", [IDS, RECORDING_IDS])
def test_a_line_has_the_correlation_id_of_the_call(lines, ids):
    outcome = {"outcome": "refused", "code": "ref_not_found", "request": "42", "project": "7"}

    assert perform(ids, outcome) == outcome
    (line,) = lines()
    assert line.pop("milliseconds") >= 0
    assert line.pop("timestamp")
    assert line == {
        "level": "INFO",
        "logger": "pullcord",
        "message": "evaluated",
        "service": "pullcord",
        "correlation_id": "a-call",
        "request": "42",
        "project": "7",
        "outcome": "refused",
        "code": "ref_not_found",
    }


def test_the_public_fields_of_an_outcome_are_not_logged(lines):
    perform(IDS, {"outcome": "recorded", "pipeline": {"ref": "a-secret-ref"}, "user": {"username": "ada"}})

    (line,) = lines()
    assert not {"pipeline", "user", "code"} & set(line)


def test_an_execution_without_correlation_id_is_logged_without_one(lines):
    before = {name: value for name, value in IDS.items() if name != "correlation"}

    perform({**RECORDING_IDS, "execution": before}, {"outcome": "recorded"})

    assert "correlation_id" not in lines()[0]


def test_the_kind_of_a_fault_is_logged_and_its_message_is_not(lines):
    def broken(_ids):
        raise LookupError("text of a caller")

    with pytest.raises(LookupError):
        Task("evaluated", broken).perform(IDS, None)

    (line,) = lines()
    assert (line["level"], line["message"], line["error"]) == ("ERROR", "fault", "LookupError")
    assert (line["correlation_id"], line["request"]) == ("a-call", "42")
    assert "text of a caller" not in json.dumps(line)
