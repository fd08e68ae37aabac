"""What a cold start pays for: the modules that are loaded after the import of a handler."""

import ast
import os
import subprocess
import sys
from functools import cache
from typing import NamedTuple

import pytest

from tests.template.stack import FUNCTIONS, ROOT, specimens

NEVER = {"moto", "pytest", "aws_xray_sdk", "pullcord_local"}
HOT = NEVER | {"pydantic"}
MINIMAL = HOT | {"yaml", "re2", "dulwich"}
OF_A_TASK = HOT | {"aws_lambda_powertools", "dulwich"}
UNUSED = {
    "RouterFunction": MINIMAL | {"cryptography"},
    "TriggerFunction": MINIMAL,
    "EvaluateRulesFunction": OF_A_TASK,
    "RecordJobsFunction": MINIMAL | OF_A_TASK,
}
"""What the functions on the critical path do without; the others are called rarely."""

DATACLASSES = {"RouterFunction": 0, "TriggerFunction": 0, "EvaluateRulesFunction": 3, "RecordJobsFunction": 0}
"""Classes of ours that may be dataclasses, for what they alone can: each makes a start a millisecond longer, a NamedTuple
a fifth of that."""

PURE = HOT | {"boto3", "botocore", "aws_lambda_powertools", "dulwich", "urllib3"}

COMPILE = """
import importlib, pkgutil, pullcord.config
for module in pkgutil.walk_packages(pullcord.config.__path__, "pullcord.config."):
    importlib.import_module(module.name)
"""

OPENED = """
import gc, sys
sys.path.insert(0, {folder!r})
searches = []
gc.callbacks.append(lambda phase, _: searches.append(phase))
import handler
searched = len(searches)
modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "pullcord"]
ours = {{value for module in modules for value in vars(module).values() if hasattr(value, "__dataclass_fields__")}}
print(repr((set(sys.modules), sorted(map(str, ours)), searched, gc.isenabled(), gc.get_freeze_count())))
"""


class Imported(NamedTuple):
    """A fresh interpreter that has imported a handler: what it has loaded, and how often it looked for garbage."""

    modules: set[str]
    dataclasses: list[str]
    searches: int
    collecting: bool
    frozen: int


@cache
def imported(name: str) -> Imported:
    return Imported(*after(OPENED.format(folder=FUNCTIONS[name]["CodeUri"]), specimens(name)))


def after(code: str, variables: dict | None = None) -> object:
    """The value that a fresh interpreter prints when it has run the code."""
    run = [sys.executable, "-c", code]
    environment = os.environ | (variables or {})
    answer = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return ast.literal_eval(answer.stdout)


def packages(modules: set[str]) -> set[str]:
    """Names of the top-level packages."""
    return {name.partition(".")[0] for name in modules}


def test_compiling_needs_nothing_of_aws_or_git():
    assert not packages(after(f"{COMPILE}\nimport sys; print(repr(set(sys.modules)))")) & PURE


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_handler_imports_nothing_that_it_never_uses(name):
    assert not packages(imported(name).modules) & UNUSED.get(name, NEVER)


@pytest.mark.parametrize(("name", "most"), DATACLASSES.items())
def test_the_critical_path_makes_few_dataclasses(name, most):
    assert len(imported(name).dataclasses) <= most


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_handler_is_imported_without_garbage_collection(name):
    assert imported(name).searches <= 10  # before the first import of ours, and at the end of the handler
    assert imported(name).collecting
    assert imported(name).frozen > 10_000
