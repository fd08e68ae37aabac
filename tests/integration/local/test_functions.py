"""Functions in processes of their own."""

import json
import os
import threading
import time
from pathlib import Path

import pytest

from pullcord_local.inventory import Schedule, rate_seconds
from pullcord_local.lambdas.invocation import Outcome
from pullcord_local.lambdas.schedules import Schedules


def test_a_function_sees_its_environment_and_its_layer_and_nothing_of_the_embedded_cloud(ask):
    answer = ask("/echo/x").json()

    assert answer["environment"]["GREETING"] == "hello"
    assert answer["environment"]["WORDS"] == "one|two"
    assert answer["environment"]["TABLE_OF_OTHERS"] == "pullcord-Things-eu-central-1"
    assert answer["environment"]["AWS_ACCESS_KEY_ID"].startswith("ASIA")
    assert answer["layer"] == "from the layer"
    assert answer["foreign"] is False
    assert answer["pid"] != os.getpid()


def test_calls_one_after_the_other_are_served_by_one_process(ask):
    assert len({ask("/echo/x").json()["pid"] for _ in range(5)}) == 1


def test_calls_at_once_are_served_by_several_processes_each_one_at_a_time(service):
    event = json.dumps({"queryStringParameters": {"sleep": "1"}, "rawPath": "/"}).encode()
    pids = []

    def call():
        pids.append(json.loads(service.cloud.functions.invoke("pullcord-Echo", event).payload)["pid"])

    threads = [threading.Thread(target=call) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(pids)) == 2


def test_a_function_that_takes_too_long_is_ended_at_its_timeout(service):
    event = json.dumps({"queryStringParameters": {"sleep": "6"}}).encode()
    started = time.monotonic()
    outcome = service.cloud.functions.invoke("pullcord-Echo", event)

    assert time.monotonic() - started >= 2
    assert outcome.failed
    error = json.loads(outcome.payload)
    assert error["errorType"] == "Sandbox.Timedout"
    assert error["errorMessage"].endswith("Task timed out after 2.00 seconds")


def test_after_a_crash_the_next_call_gets_a_new_process(service, ask):
    before = ask("/echo/x").json()["pid"]
    outcome = service.cloud.functions.invoke("pullcord-Echo", b'{"queryStringParameters": {"exit": "3"}}')

    assert json.loads(outcome.payload)["errorMessage"].endswith("Runtime exited with error: exit status 3")
    assert ask("/echo/x").json()["pid"] != before


def test_functions_are_forked_from_one_process_and_survive_its_end(service, ask):
    before = ask("/echo/x").json()["pid"]
    zygote = service.cloud.functions.zygote
    parent = Path(f"/proc/{before}/stat").read_text().rpartition(")")[2].split()[1]
    assert int(parent) == zygote.process.pid

    zygote.process.kill()
    zygote.process.wait()
    assert disappears(Path(f"/proc/{before}"))
    assert ask("/echo/x").json()["pid"] != before


def disappears(path):
    end = time.monotonic() + 30
    while path.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return not path.exists()


def test_an_error_of_the_code_is_reported_with_its_type_and_message(service):
    outcome = service.cloud.functions.invoke("pullcord-Echo", b'{"queryStringParameters": {"raise": "oh no"}}')

    error = json.loads(outcome.payload)
    assert outcome.failed
    assert (error["errorType"], error["errorMessage"]) == ("ValueError", "oh no")
    assert error["stackTrace"]


def test_an_invocation_as_an_event_is_not_waited_for(operator, tmp_path):
    asked, answered = tmp_path / "asked", tmp_path / "answered"
    event = json.dumps({"queryStringParameters": {"wait_for": str(asked), "write": str(answered)}})
    answer = operator("lambda").invoke(FunctionName="pullcord-Echo", InvocationType="Event", Payload=event)

    assert answer["StatusCode"] == 202
    assert not answered.exists()
    asked.touch()
    assert appears(answered)


def appears(path):
    end = time.monotonic() + 30
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return path.exists()


def test_an_unknown_function_is_not_found(operator):
    client = operator("lambda")
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.invoke(FunctionName="missing", Payload=b"{}")


@pytest.mark.parametrize(
    ("expression", "expected"), [("rate(1 minute)", 60), ("rate(2 hours)", 7200), ("rate(1 day)", 86400)]
)
def test_a_rate_is_a_number_of_seconds(expression, expected):
    assert rate_seconds(expression) == expected


@pytest.mark.parametrize("expression", ["rate(0 minutes)", "cron(0 1 * * ? *)", "rate(1 week)"])
def test_other_schedules_are_refused(expression):
    with pytest.raises(ValueError, match="only schedules like"):
        rate_seconds(expression)


def test_a_failure_of_a_schedule_is_printed(capsys):
    calls = []

    def invoke(name, event):
        calls.append((name, event))
        return Outcome(b'{"errorMessage": "oh"}', failed=True)

    schedule = Schedule("Nightly", "rate(1 day)", "arn:aws:lambda:x:1:function:cleaner", {"a": 1})
    Schedules([schedule], invoke).call(schedule)
    assert calls == [("cleaner", b'{"a": 1}')]
    assert "Nightly" in capsys.readouterr().err
