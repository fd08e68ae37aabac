"""Names on both sides of a seam agree: template and folders, variables and their readers, workflow and substitutions."""

import ast
import re

import pytest

from tests.template.stack import FUNCTIONS, GLOBAL, ROOT, STATE_MACHINES, TEMPLATE, environment

API_GIVES_UP_AFTER = 30
CALLED_BY_NO_API = {"BootstrapFunction", "RotatePepperFunction"}


def folder(name):
    return ROOT / FUNCTIONS[name]["CodeUri"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_one_handler_with_one_handle(name):
    module, _, function = (GLOBAL | FUNCTIONS[name])["Handler"].partition(".")
    tree = ast.parse((folder(name) / f"{module}.py").read_text(encoding="utf-8"))

    assert function in {
        part
        for node in tree.body
        for part in (
            [node.name] if isinstance(node, ast.FunctionDef) else
            [target.id for target in node.targets if isinstance(target, ast.Name)] if isinstance(node, ast.Assign) else
            []
        )
    }  # fmt: skip


def test_every_folder_of_functions_is_deployed():
    assert {path.parent for path in (ROOT / "functions").glob("*/handler.py")} == {folder(name) for name in FUNCTIONS}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_reads_only_variables_that_it_is_given(name):
    text = "".join(path.read_text(encoding="utf-8") for path in folder(name).glob("*.py"))

    assert set(re.findall(r"""environ(?:\[|\.get\(|\.pop\()\s*["'](\w+)""", text)) <= environment(name)


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - CALLED_BY_NO_API))
def test_a_function_gives_up_before_the_api_does(name):
    assert (GLOBAL | FUNCTIONS[name])["Timeout"] < API_GIVES_UP_AFTER


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_runs_on_the_architecture_that_its_layers_were_built_for(name):
    assert (GLOBAL | FUNCTIONS[name])["Architectures"] == [{"Ref": "Architecture"}]
    assert (GLOBAL | FUNCTIONS[name])["Runtime"] == "python3.13"


@pytest.mark.parametrize("name", STATE_MACHINES)
def test_every_substitution_of_a_workflow_is_defined_and_used(name):
    definition = (ROOT / STATE_MACHINES[name]["DefinitionUri"]).read_text(encoding="utf-8")

    assert set(re.findall(r"\$\{(\w+)\}", definition)) == set(STATE_MACHINES[name]["DefinitionSubstitutions"])


def test_every_parameter_is_used():
    text = str({part: TEMPLATE[part] for part in TEMPLATE if part != "Parameters"})
    used = set(re.findall(r"'Ref': '(\w+)'", text)) | set(re.findall(r"\$\{(\w+)", text))

    assert not set(TEMPLATE["Parameters"]) - used
