"""Cold start and memory in Lambda's emulator, beside a bare boto3 handler over the same layers: same machine, same hour."""

import sys
from statistics import median
from typing import NamedTuple

import pytest

from tests.packaging.emulator import Emulated
from tests.specimens.events import stored

pytestmark = pytest.mark.built

ROUNDS = 15
MAX_OF_BARE = 1.5
"""The rest is Powertools' resolver, cryptography and two more clients."""

MAX_MEMORY = {"TriggerFunction": 110, "EvaluateRulesFunction": 130, "RecordJobsFunction": 110}
"""Megabytes; a third of what Lambda gives, at the very most."""

BARE = """
import os
import boto3
client = boto3.client("dynamodb")
def handle(event, context):
    client.get_item(TableName=os.environ["PIPELINES_TABLE"], Key={"pk": {"S": "request#1"}, "sk": {"S": "request"}})
    return {}
"""
EVENTS = stored()


@pytest.fixture(scope="module")
def bare(service, runtime, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bare")
    (folder / "handler.py").write_text(BARE)

    def start():
        operator = service.cloud.inventory.identities.operator
        environment = {
            "AWS_ACCESS_KEY_ID": operator.access_key,
            "AWS_SECRET_ACCESS_KEY": operator.secret_key,
            "AWS_SESSION_TOKEN": operator.token,
            "AWS_DEFAULT_REGION": "eu-central-1",
            "AWS_ENDPOINT_URL": service.cloud.endpoint,
            "AWS_LAMBDA_FUNCTION_NAME": "bare",
            "PIPELINES_TABLE": service.deployment.stack.outputs["PipelinesTable"],
        }
        return Emulated(folder, runtime, environment)

    return start


class Start(NamedTuple):
    """Milliseconds on a processor and by the clock until the first answer is there; megabytes at the most."""

    processor: float
    clock: float
    memory: float


def cold(function, event):
    """A start with its first invocation; then the function ends."""
    clock = function.timed(event)
    start = Start(function.processor(), clock, function.memory())
    function.stop()
    return start


@pytest.fixture(scope="module")
def samples(service, emulate, bare):
    """Name → several starts. In turns, so that what else the machine does makes them dearer alike."""
    # The embedded cloud warms up beside its first calls; a start that competes with that takes more of a processor.
    service.cloud.executions.warm()
    service.cloud.functions.warm(service.cloud.functions.pools)
    starts = {
        "bare boto3": lambda: cold(bare(), {}),
        "TriggerFunction": lambda: cold(emulate("TriggerFunction"), EVENTS["TriggerFunction/form"]),
        "EvaluateRulesFunction": lambda: cold(emulate("EvaluateRulesFunction"), EVENTS["EvaluateRulesFunction/task"]),
        "RecordJobsFunction": lambda: cold(emulate("RecordJobsFunction"), EVENTS["RecordJobsFunction/task"]),
    }
    samples = {name: [] for name in starts}
    for _ in range(ROUNDS):
        for name, start in starts.items():
            samples[name].append(start())
    return samples


@pytest.fixture(scope="module")
def measured(samples):
    """Name → the least of them."""
    return {name: Start(*map(min, zip(*found, strict=True))) for name, found in samples.items()}


def times_bare(samples, name):
    """How many times the processor time of the bare handler a start takes.

    What else the machine does only makes starts dearer. So the least of each are compared, or the median of neighbours,
    which a change of the processor's clock moves alike.
    """
    pairs = list(zip(samples[name], samples["bare boto3"], strict=True))
    least = min(start.processor for start, _ in pairs) / min(bare.processor for _, bare in pairs)
    return min(least, median(start.processor / bare.processor for start, bare in pairs))


def test_the_trigger_function_opens_nearly_as_fast_as_a_bare_client(samples, measured, capsys):
    with capsys.disabled():
        sys.stdout.write("\n\ncold start in the emulator: processor ms, clock ms, MB; times the bare processor time\n")
        for name, start in measured.items():
            times = times_bare(samples, name)
            sys.stdout.write(f"  {name:16} {start.processor:8.0f} {start.clock:8.0f} {start.memory:8} {times:8.2f}\n")

    assert times_bare(samples, "TriggerFunction") <= MAX_OF_BARE


@pytest.mark.parametrize("name", MAX_MEMORY)
def test_a_function_stays_within_its_memory(measured, name):
    assert measured[name].memory <= MAX_MEMORY[name]
