"""What a cold start pays for: the modules that are loaded once a door stands open."""

import os
import subprocess
import sys

import pytest
from samtranslator.yaml_helper import yaml_parse

from tests.architecture.sources import ROOT

TEMPLATE = yaml_parse((ROOT / "template.yaml").read_text())
NAMES = {
    name: "specimen"
    for part in (
        TEMPLATE["Globals"]["Function"],
        *(resource.get("Properties", {}) for resource in TEMPLATE["Resources"].values()),
    )
    for name in part.get("Environment", {}).get("Variables", {})
}
"""Every environment variable that the template hands to a function."""

NEVER = {"moto", "pytest", "aws_xray_sdk", "pullcord_local"}
HOT = NEVER | {"pydantic"}
PURE = HOT | {"boto3", "botocore", "aws_lambda_powertools", "dulwich", "urllib3", "multipart"}

COMPILE = "import pkgutil, importlib, pullcord.config as c; [importlib.import_module(m.name) for m in pkgutil.walk_packages(c.__path__, 'pullcord.config.')]"


def loaded_after(code: str) -> set[str]:
    """Names of the top-level packages in a fresh interpreter after it has run the code."""
    environment = {**os.environ, **NAMES, "AWS_LAMBDA_FUNCTION_NAME": "specimen", "POWERTOOLS_TRACE_DISABLED": "1"}
    run = [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"]
    answer = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return {name.partition(".")[0] for name in answer.stdout.split()}


def test_compiling_needs_nothing_of_aws_or_git():
    assert not loaded_after(COMPILE) & PURE


@pytest.mark.parametrize("door", sorted(path.parent.name for path in (ROOT / "functions").glob("*/handler.py")))
def test_a_door_opens_without_what_it_never_uses(door):
    forbidden = HOT if door in {"router", "trigger", "evaluate_rules", "record_jobs"} else NEVER

    assert not loaded_after(f"import sys; sys.path.insert(0, 'functions/{door}'); import handler") & forbidden
