"""The very lines of docs/operate.md bring back the tables of an earlier moment, and tokens of that moment work."""

import re

import boto3
import pytest

from tests.template.stack import ROOT

OPERATE = (ROOT / "docs/operate.md").read_text(encoding="utf-8")
(SCRIPT,) = re.findall(r"^```python\n(import itertools\n.*?)^```$", OPERATE, re.MULTILINE | re.DOTALL)
RESTORED = re.findall(r'--source-table-name "\$(\w+)" --target-table-name (\S+)', OPERATE)


@pytest.fixture
def backup(world, operator):
    """What point-in-time recovery makes of both tables, as they are now."""

    def restore():
        for source, target in RESTORED:
            operator("dynamodb").restore_table_to_point_in_time(
                SourceTableName=table(source, world), TargetTableName=target, UseLatestRestorableTime=True
            )

    return restore


def table(variable, world):
    return world.outputs[variable.title().replace("_", "")]


def run(world, operator, monkeypatch):
    monkeypatch.setattr(boto3, "client", operator)
    names = {name: table(name, world) for name, _ in RESTORED}
    exec(compile(SCRIPT, "docs/operate.md", "exec"), names)  # the very lines that an operator copies


def test_the_tables_are_as_they_were(world, operator, sandbox, backup, monkeypatch):
    for _ in range(30):
        sandbox.new_personal()
    trigger, token = sandbox.new_trigger()
    backup()
    before = {target: scan(operator, target) for _, target in RESTORED}
    sandbox.revoke_trigger(trigger)
    for _ in range(30):
        sandbox.new_personal()

    run(world, operator, monkeypatch)

    assert {target: scan(operator, table(source, world)) for source, target in RESTORED} == before
    assert sandbox.calls(token)
    assert sandbox.shows(trigger) == token


def test_tokens_of_before_several_rotations_are_found_after_another_one(
    world, operator, new_sandbox, new_rotation, backup, monkeypatch
):
    new_rotation().run()
    trigger, token = new_sandbox().new_trigger()
    backup()
    for _ in range(3):
        new_rotation().run()

    run(world, operator, monkeypatch)
    assert not new_sandbox().accepts(token)
    new_rotation().run()

    assert new_sandbox().accepts(token)
    assert new_sandbox().shows(trigger) == token


def scan(operator, name):
    items = operator("dynamodb").scan(TableName=name)["Items"]
    return sorted(items, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))
