"""What a cold start pays for: the modules that are loaded after the import of a handler."""

import os
import subprocess
import sys

import pytest

from tests.template.stack import FUNCTIONS, ROOT, specimens

NEVER = {"moto", "pytest", "aws_xray_sdk", "pullcord_local"}
HOT = NEVER | {"pydantic"}
MINIMAL = HOT | {"yaml", "re2", "dulwich", "multipart"}
OF_A_TASK = HOT | {"aws_lambda_powertools", "dulwich", "multipart"}
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

COUNTED = """
modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "pullcord"]
ours = {value for module in modules for value in vars(module).values() if hasattr(value, "__dataclass_fields__")}
"""

PURE = HOT | {"boto3", "botocore", "aws_lambda_powertools", "dulwich", "urllib3", "multipart"}

COMPILE = """
import importlib, pkgutil, pullcord.config
for module in pkgutil.walk_packages(pullcord.config.__path__, "pullcord.config."):
    importlib.import_module(module.name)
"""

WATCHED = """
import gc, sys
sys.path.insert(0, {folder!r})
searches = []
gc.callbacks.append(lambda phase, _: searches.append(phase))
import handler
assert len(searches) <= 10, len(searches)  # before the first import of ours, and at the end of the handler
assert gc.isenabled()
assert gc.get_freeze_count() > 10_000
"""


def loaded_after(code: str, variables: dict | None = None) -> set[str]:
    """Names of the top-level packages in a fresh interpreter after it has run the code."""
    environment = os.environ | (variables or {})
    run = [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"]
    answer = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return {name.partition(".")[0] for name in answer.stdout.split()}


def test_compiling_needs_nothing_of_aws_or_git():
    assert not loaded_after(COMPILE) & PURE


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_handler_imports_nothing_that_it_never_uses(name):
    folder = FUNCTIONS[name]["CodeUri"]
    loaded = loaded_after(f"import sys; sys.path.insert(0, {folder!r}); import handler", specimens(name))

    assert not loaded & UNUSED.get(name, NEVER)


@pytest.mark.parametrize(("name", "most"), DATACLASSES.items())
def test_the_critical_path_makes_few_dataclasses(name, most):
    imported = f"import sys; sys.path.insert(0, {FUNCTIONS[name]['CodeUri']!r}); import handler"

    loaded_after(f"{imported}\n{COUNTED}\nassert len(ours) <= {most}, ours", specimens(name))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_handler_is_imported_without_garbage_collection(name):
    loaded_after(WATCHED.format(folder=FUNCTIONS[name]["CodeUri"]), specimens(name))
