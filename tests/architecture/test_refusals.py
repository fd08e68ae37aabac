"""Every code that a caller can be told stands in docs/use.md, and no other; and nothing but codes is counted."""

import ast
import re

from tests.architecture.sources import ROOT, sources

PASSED_ON = {
    "code",
    "code or type(self).code",
    "refusal.code",
    "stored['code']",  # of a refusal that EvaluateRules has left
    "f'{plan.outcome}_by_rules'",  # where the outcome is "filtered" or "empty"
}
"""Expressions for a code that is a text elsewhere."""

COUNTED = {"'fault'", "'replayed' if triggered.replayed else 'created'", "moved.code", "refusal.code"}
METRIC = ["name='outcome', value=outcome", "name='Calls', unit=MetricUnit.Count, value=1"]

USE = (ROOT / "docs/use.md").read_text(encoding="utf-8")


def values():
    """Values of `code=` arguments and of `code = ` in refusals."""
    for source in sources("layers/core/pullcord"):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.keyword) and node.arg == "code":
                yield node.value
            if isinstance(node, ast.ClassDef):
                yield from (value for name, value in assigned(node) if name in {"code", "self.code"})


def assigned(kind):
    """Names of a class and, with `self.`, of its objects, and what they are set to."""
    for node in (node for node in ast.walk(kind) if isinstance(node, ast.Assign)):
        for target in node.targets:
            if node in kind.body or isinstance(target, ast.Attribute):
                yield ast.unparse(target), node.value


def codes():
    """Those that are texts."""
    return (code for value in values() for code in texts(value))


def texts(value):
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value


def documented():
    table = USE.partition("\n## Refusals\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
    return {code for row in rows for code in re.findall(r"`(\w+)`", row)}


def test_every_code_is_documented():
    assert set(codes()) - {"refused"} - documented() == set()


def test_every_documented_code_exists():
    made = {"filtered_by_rules", "empty_by_rules"}  # put together from a plan's outcome

    assert documented() - set(codes()) - made == set()


def test_a_code_is_never_made_of_what_a_caller_sent():
    assert {ast.unparse(value) for value in values() if not list(texts(value))} == PASSED_ON


def test_metrics_count_codes_under_one_name():
    rooms = sources("layers/core/pullcord/wire", "layers/core/pullcord/routes")
    calls = [node for source in rooms for node in ast.walk(source.tree) if isinstance(node, ast.Call)]
    named = [(ast.unparse(call.func), ", ".join(map(ast.unparse, [*call.args, *call.keywords]))) for call in calls]

    assert {given for name, given in named if name == "count_outcome"} == COUNTED
    assert [given for name, given in named if name.endswith((".add_dimension", ".add_metric"))] == METRIC
