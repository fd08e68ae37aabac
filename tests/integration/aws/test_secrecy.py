"""Nothing secret stands in the clear: not in a table, not in an item of a bucket, not in an execution."""

import json
import random

import pytest

from pullcord_local.aws_calls.client import client
from tests.integration.aws.conftest import ROOT_TOKEN

VALUE = "the-value-of-a-variable-5f2c"
INPUT = "the-value-of-an-input-81aa"
PAYLOAD = "what-a-webhook-carried-77d0"


@pytest.fixture(scope="module")
def secrets(make_project):
    """A project that has seen all kinds of secrets, and those secrets."""
    project = make_project("spec: {inputs: {name: {default: x}}}\n---\njob: {script: echo}\n")
    project.pulled(variables={"SECRET": VALUE}, inputs={"name": INPUT})
    project.pull(json={"token": project.token, "ref": "main", "commits": [PAYLOAD]}, headers={"Idempotency-Key": VALUE})
    project.pull({"token": "glptt-wrong-but-perhaps-a-typo", "ref": "main"})
    return [project.token, project.token.removeprefix("glptt-"), ROOT_TOKEN, VALUE, INPUT, PAYLOAD, "glptt-wrong"]


def flat(value):
    """All texts and bytes of an item, as bytes."""
    if isinstance(value, dict):
        return b"\n".join(flat(part) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return b"\n".join(map(flat, value))
    return value if isinstance(value, bytes) else str(value).encode()


@pytest.mark.parametrize("table", ["Tokens", "Pipelines"])
def test_no_table_holds_a_secret(secrets, rows, table):
    content = b"\n".join(flat(row) for row in rows(table))

    assert len(content) > 1000
    assert [secret for secret in secrets if secret.encode() in content] == []


def test_no_object_of_the_bucket_holds_a_secret(secrets, service, outputs, widgets):
    noise = random.Random(1).randbytes(400_000).hex()
    made = widgets.pulled(variables={"LARGE": noise + VALUE})
    storage = client("s3", service.cloud.answer)
    names = [one["Key"] for one in storage.list_objects_v2(Bucket=outputs["ObjectsBucket"]).get("Contents", [])]

    assert f"sealed/request-{made['id']}" in names
    for name in names:
        content = storage.get_object(Bucket=outputs["ObjectsBucket"], Key=name)["Body"].read()
        assert [secret for secret in secrets if secret.encode() in content] == []
        assert noise[:100].encode() not in content


@pytest.mark.parametrize("size", [100_000, 290_000, 310_000, 2_000_000])
def test_a_payload_of_any_size_comes_back_as_it_was(widgets, size):
    text = random.Random(size).randbytes(size // 2).hex()

    made = widgets.pulled(payload=text)

    (variable,) = widgets.variables(made)
    assert json.loads(variable["value"])["payload"] == text


def test_executions_carry_ids_only(widgets, service, monkeypatch):
    run, carried = service.cloud.executions.run, []
    monkeypatch.setattr(service.cloud.executions, "run", lambda *given: carried.append(run(*given)) or carried[-1])

    made = widgets.pulled(variables={"SECRET": VALUE}, commits=[PAYLOAD])
    widgets.refused(VALUE)

    recorded, refused = map(json.dumps, carried)
    assert str(made["id"]) in recorded
    for secret in (VALUE, PAYLOAD, widgets.token):
        assert secret not in recorded + refused
