"""What a cold start pays for: the modules that are loaded once a door stands open."""

import os
import subprocess
import sys

import pytest

from tests.template.stack import FUNCTIONS, ROOT, specimens

NEVER = {"moto", "pytest", "aws_xray_sdk", "pullcord_local"}
HOT = NEVER | {"pydantic"}
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
assert len(searches) <= 10, len(searches)  # before the first import of ours, and once the door stands open
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
def test_a_door_opens_without_what_it_never_uses(name):
    folder = FUNCTIONS[name]["CodeUri"]
    loaded = loaded_after(f"import sys; sys.path.insert(0, {folder!r}); import handler", specimens(name))

    assert not loaded & (HOT if name in {"Router", "Trigger", "EvaluateRules", "RecordJobs"} else NEVER)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_door_opens_without_looking_for_garbage(name):
    loaded_after(WATCHED.format(folder=FUNCTIONS[name]["CodeUri"]), specimens(name))
