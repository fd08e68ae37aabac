"""What is imported is declared, and what is declared is imported."""

import importlib.util
import re
import sys
import tomllib

import pytest

from tests.architecture.sources import ROOT, sources

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
IMPORT_NAMES = {
    "antlr4-python3-runtime": "antlr4",
    "aws-lambda-powertools": "aws_lambda_powertools",
    "aws-sam-translator": "samtranslator",
    "google-re2": "re2",
    "jsonata-python": "jsonata",
    "pyyaml": "yaml",
}
OWN = {"pullcord", "pullcord_local", "functions", "_typeshed"}
HALVES = {"botocore", "pydantic_core"}
"""Parts of boto3 and pydantic that are imported by their own names."""


FOR_OTHERS = {"antlr4"}
"""What moto's Step Functions interpreter imports and does not require by itself."""


def declared(requirements) -> set[str]:
    names = {re.split(r"[\[<>=~ ]", line)[0] for line in requirements if isinstance(line, str)}
    return {IMPORT_NAMES.get(name, name) for name in names}


def imported(*folders) -> set[str]:
    return (
        {name.partition(".")[0] for source in sources(*folders) for name, _ in source.imports()}
        - sys.stdlib_module_names
        - OWN
    )


RUN_TIME = declared(PROJECT["project"]["dependencies"])
LOCAL = declared(PROJECT["dependency-groups"]["local"])


def test_what_runs_on_aws_imports_only_what_the_layer_brings():
    assert imported("layers/core", "functions") <= RUN_TIME | HALVES


def test_what_the_layer_brings_is_imported():
    assert imported("layers/core", "functions") >= RUN_TIME


def test_what_the_local_cloud_declares_is_imported():
    assert imported("local") >= LOCAL - FOR_OTHERS


def test_the_local_cloud_imports_only_what_is_declared():
    assert imported("local") <= RUN_TIME | LOCAL | HALVES


@pytest.mark.parametrize("lock", ["layers/third_party/requirements.txt", "tests/requirements.txt"])
def test_a_lock_has_exact_versions_hashes_and_no_addresses(lock):
    text = (ROOT / lock).read_text()
    packages = re.findall(r"^([a-z0-9-]+)==\S+ \\$", text, re.MULTILINE)

    assert len(packages) > 10
    assert not [
        line
        for line in text.splitlines()
        if not re.fullmatch(r"[a-z0-9-]+==\S+ \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line)
    ]


def test_what_runs_on_aws_is_what_is_tested():
    def versions(lock):
        return set(re.findall(r"^([a-z0-9-]+==\S+)", (ROOT / lock).read_text(), re.MULTILINE))

    assert versions("layers/third_party/requirements.txt") <= versions("tests/requirements.txt")


def test_the_pruned_botocore_keeps_every_service_that_is_called():
    spec = importlib.util.spec_from_file_location("prune", ROOT / "layers/third_party/prune.py")
    prune = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(prune)
    calls = re.compile(r"""\b(?:client|resource)\(\s*["']([a-z0-9-]+)["']""")
    called = {name for source in sources("layers/core", "functions") for name in calls.findall(source.text)}

    assert called
    assert called <= prune.SERVICES
