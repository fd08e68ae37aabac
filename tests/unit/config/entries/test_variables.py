"""`variables` in all places."""

import pytest

from pullcord.config.checked import YamlVariable

NEITHER = "variable definition must be either a string or a hash"


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ("x", ["variables config should be a hash"]),
        ("{A: [1]}", [NEITHER]),
        ("{A: {value: x, foo: 1, Bar: 2}}", ["variables:a config uses invalid data keys: foo, bar"]),
        ("{A: {value: [1]}}", ["variables:a config value must be a scalar"]),
        ("{A: {value: x, description: [1]}}", ["variables:a config description must be an alphanumeric string"]),
        ("{A: {value: x, expand: 1}}", ["variables:a config expand should be a boolean value"]),
        ("{A: {value: x, options: x}}", ["variables:a config options should be an array of strings"]),
        ("{A: {value: x, options: [y]}}", ["variables:a config value must be present in options"]),
        ("{A: {options: [y]}}", ["variables:a config value must be present in options"]),
        ("{true: x}", ["variables:true key must be an alphanumeric string"]),
    ],
)
def test_variables_of_a_file_are_refused_in_these_words(messages, variables, expected):
    assert messages(f"variables: {variables}\na: {{script: s}}") == expected


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ("[A]", ["variables config should be a hash"]),
        ("{A: {value: x, description: d}}", ["variables:a config uses invalid data keys: description"]),
        ("{A: {value: x, options: [x]}}", ["variables:a config uses invalid data keys: options"]),
    ],
)
def test_variables_of_a_job_are_refused_in_these_words(wrong_with, variables, expected):
    assert wrong_with(f"variables: {variables}") == expected


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("x", "x"),
        ("5", "5"),
        ("1.10", "1.1"),
        ("yes", "true"),
        ("off", "false"),
        ("", ""),
        ("010", "8"),
        (".inf", "Infinity"),
        ("{value: 5, description: d}", "5"),
        ("{description: d}", ""),
        ("{value: b, options: [a, b]}", "b"),
    ],
)
def test_a_value_is_what_ruby_writes(check, written, value):
    assert check(f"variables: {{A: {written}}}\na: {{script: s}}").variables == (YamlVariable("A", value),)


def test_names_are_no_matter_of_taste(job):
    variables = job("variables: {1: a, x-y: b, C: {value: $X, expand: false}, D: {value: d, expand: true}}").variables

    assert variables == tuple(
        YamlVariable(*written) for written in [("1", "a"), ("x-y", "b"), ("C", "$X", True), ("D", "d")]
    )
