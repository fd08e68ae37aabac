"""Express state machines, run as written, as their own role."""

import gc
import json
import threading

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def run(operator, outputs):
    def start(given, machine=None):
        text = given if isinstance(given, str) else json.dumps(given)
        return operator("stepfunctions").start_sync_execution(stateMachineArn=machine or outputs["Flow"], input=text)

    return start


def test_an_execution_calls_functions_and_tables(run):
    first = run({"counter": "workflow"})
    second = run({"counter": "workflow"})

    assert first["status"] == "SUCCEEDED"
    assert json.loads(first["output"]) == {"count": 1}
    assert json.loads(second["output"]) == {"count": 2}
    assert first["stateMachineArn"].endswith(":stateMachine:pullcord-Flow")
    assert ":express:pullcord-Flow:" in first["executionArn"]
    assert first["stopDate"] >= first["startDate"]


def test_nothing_of_an_execution_is_kept_in_memory(run):
    def threads():
        gc.collect()
        return sum(isinstance(known, threading.Thread) and not known.is_alive() for known in gc.get_objects())

    run({"counter": "kept"})
    before = threads()
    for _ in range(5):
        run({"counter": "kept"})

    assert threads() <= before


def test_an_execution_continues_after_an_error_that_is_caught(run):
    assert json.loads(run({"refuse": "not today"})["output"]) == {"refused": "not today"}


def test_an_error_that_is_not_caught_fails_the_execution_and_answers_200(run, capfd):
    answer = run({"fail": "oh"})

    assert (answer["status"], answer["error"]) == ("FAILED", "ValueError")
    assert json.loads(answer["cause"])["errorMessage"] == "oh"
    assert "output" not in answer
    assert capfd.readouterr().err == ""


def test_the_machine_acts_under_its_own_role(service, run, outputs):
    role = service.cloud.inventory.machines[outputs["Flow"]].role_arn
    statements = service.cloud.inventory.identities.roles[role].statements
    original = statements[:]
    del statements[:]
    try:
        answer = run({"counter": "denied"})
    finally:
        statements[:] = original
    assert (answer["status"], answer["error"]) == ("FAILED", "Lambda.AccessDeniedException")


@pytest.mark.parametrize(
    ("given", "machine", "code"),
    [
        ("no json", None, "InvalidExecutionInput"),
        ("{}", "arn:aws:states:eu-central-1:123456789012:stateMachine:missing", "StateMachineDoesNotExist"),
    ],
)
def test_an_execution_that_cannot_be_started_is_rejected(run, given, machine, code):
    with pytest.raises(ClientError) as caught:
        run(given, machine)
    assert caught.value.response["Error"]["Code"] == code
