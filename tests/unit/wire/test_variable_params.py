"""Parameters of CI/CD variables."""

import pytest

from pullcord.errors import BadParameters
from pullcord.variables import SettingsVariable
from pullcord.wire import variable_json, variable_params
from tests.unit.wire.calls import json_call, query_call


def test_a_new_variable():
    fields = {
        "key": "KEY",
        "value": "a value",
        "variable_type": "file",
        "protected": True,
        "masked": True,
        "raw": True,
        "environment_scope": "production",
        "description": "who uses it",
    }

    assert variable_params.new(json_call(**fields)) == SettingsVariable(**fields)
    assert variable_params.new(json_call(key="KEY", value="")) == SettingsVariable("KEY", "")
    assert variable_params.new(json_call(key="KEY", value="v", masked=None)) == SettingsVariable("KEY", "v")


def test_a_hidden_variable_is_masked():
    hidden = variable_params.new(json_call(key="K", value="hidden-value", masked_and_hidden=True))

    assert (hidden.masked, hidden.hidden) == (True, True)
    assert variable_json.variable(hidden)["value"] is None


def test_fields_that_were_not_sent_are_not_changed():
    assert variable_params.changes(json_call(value="", masked=None)) == {"value": ""}


@pytest.mark.parametrize(
    ("query", "scope"), [("", None), ("filter[environment_scope]=prod*", "prod*"), ("filter[other]=x", None)]
)
def test_an_environment_scope_distinguishes_variables_of_one_key(query, scope):
    assert variable_params.environment_scope(query_call(query)) == scope


@pytest.mark.parametrize("query", ["filter=", "filter=production", "filter[]=production"])
def test_a_filter_is_a_map(query):
    with pytest.raises(BadParameters, match="filter is invalid"):
        variable_params.environment_scope(query_call(query))
