"""The configuration of a project: a file of its repository, of another project, or at a URL."""

import json
from copy import replace

import pytest

from pullcord.errors import PipelineRefused
from pullcord.usecases.pipelines.checkout import Checkout
from pullcord.usecases.pipelines.compilation import compilation_context
from pullcord.usecases.pipelines.configuration import configuration
from tests.unit.usecases.fakes import SHA, WIDGETS
from tests.unit.usecases.hosts import Repository, request_context

INPUTS = {"level": 2}


def configuration_at(path, *, files=None, inputs=None):
    """The configuration of a project that has it at this path."""
    project = replace(WIDGETS, ci_config_path=path)
    context = request_context(project=project, inputs=inputs)
    checkout = Checkout.of(Repository(files or {}), "main")
    return configuration(project, checkout, compilation_context(context, checkout, protected=False))


@pytest.mark.parametrize("path", ["ci/main.yml", "a.yml@acme/tools", "https://ci.example.com/a.yml"])
def test_a_file_of_the_repository_takes_precedence_whatever_its_path(path):
    found = configuration_at(path, files={path: "job: {script: make}"}, inputs=INPUTS)

    assert (found.text, found.filename, found.context.inputs) == ("job: {script: make}", path, INPUTS)


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("a.yml@acme/tools", {"file": "a.yml", "project": "acme/tools"}),
        ("ci/a.yaml@acme/tools:stable", {"file": "ci/a.yaml", "project": "acme/tools", "ref": "stable"}),
        ("https://ci.example.com/a.yml", {"remote": "https://ci.example.com/a.yml"}),
        ("HTTP://ci.example.com/a", {"remote": "HTTP://ci.example.com/a"}),
    ],
)
def test_a_file_elsewhere_is_included_with_the_inputs(path, location):
    without, with_inputs = configuration_at(path), configuration_at(path, inputs=INPUTS)

    assert json.loads(without.text) == {"include": [location]}
    assert json.loads(with_inputs.text) == {"include": [{**location, "inputs": INPUTS}]}
    assert (with_inputs.filename, with_inputs.context.inputs) == (None, None)


def test_a_login_in_the_path_is_in_neither_text_nor_refusal():
    found = configuration_at("https://ada:s3cret@ci.example.com/a.yml")
    assert json.loads(found.text) == {"include": [{"remote": "https://ci.example.com/a.yml"}]}

    with pytest.raises(PipelineRefused) as refusal:
        configuration_at("ftp://ada:s3cret@ci.example.com/a.yml")
    assert refusal.value.details["file"] == "ftp://ci.example.com/a.yml"


@pytest.mark.parametrize(
    "path", [None, "ci.yml", "a.txt@acme/tools", "a.yml@", "ftp://ci.example.com/a.yml", "https://"]
)
def test_a_missing_file_is_refused(path):
    with pytest.raises(PipelineRefused, match="Missing CI config file") as refusal:
        configuration_at(path)

    assert refusal.value.code == "missing_config"
    assert refusal.value.details == {"file": path or ".gitlab-ci.yml", "commit": SHA}
