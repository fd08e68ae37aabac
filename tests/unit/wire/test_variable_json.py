"""CI/CD variables as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/project_level_variables, /api/instance_level_ci_variables
"""

import pytest

from pullcord.variables import SettingsVariable
from pullcord.wire import variable_json
from tests.unit.wire.literals import json_text

VARIABLE = {
    "variable_type": "env_var",
    "key": "KEY",
    "value": "a value",
    "hidden": False,
    "protected": False,
    "masked": False,
    "raw": False,
    "environment_scope": "*",
    "description": None,
}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, {}),
        ({"variable_type": "file"},) * 2,
        ({"protected": True},) * 2,
        ({"masked": True},) * 2,
        ({"raw": True},) * 2,
        ({"environment_scope": "production"},) * 2,
        ({"description": "who uses it"},) * 2,
        ({"masked": True, "hidden": True}, {"masked": True, "hidden": True, "value": None}),
    ],
)
def test_a_variable(fields, expected):
    assert json_text(variable_json.variable(SettingsVariable("KEY", "a value", **fields))) == json_text(
        {**VARIABLE, **expected}
    )


def test_a_variable_of_the_instance_has_no_environment_scope():
    unscoped = {name: value for name, value in VARIABLE.items() if name != "environment_scope"}

    assert json_text(variable_json.variable(SettingsVariable("KEY", "a value"), scoped=False)) == json_text(unscoped)
