"""Variables of a triggered pipeline, and the payload that becomes one of them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullcord.variables import PipelineVariable, invalid_keys, of_trigger, only_payload, packed, unpacked

PAYLOAD = "TRIGGER_PAYLOAD"


def payload(parameters):
    return of_trigger({}, parameters)[-1].value


def test_the_payload_comes_last_and_is_a_file():
    made = of_trigger({"Z": "1", "A": "2"}, {"ref": "main"})

    assert [variable.key for variable in made] == ["Z", "A", PAYLOAD]
    assert [variable.variable_type for variable in made] == ["env_var", "env_var", "file"]


def test_the_payload_of_a_plain_call():
    sent = {"token": "secret", "ref": "master", "id": "42", "variables": {}}

    assert payload(sent) == '{"ref":"master","id":"42","variables":{}}'


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("<a> & b", r"\u003ca\u003e \u0026 b"),
        ("é ✓ 😀", "é ✓ 😀"),
        ("one\u2028two\u2029", r"one\u2028two\u2029"),
        ('quote " backslash \\ / slash', r"quote \" backslash \\ / slash"),
        ("\n\t\x01", r"\n\t\u0001"),
    ],
)
def test_characters_are_escaped_as_in_rails(text, written):
    assert payload({"a": text}) == f'{{"a":"{written}"}}'


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.dictionaries(st.text(max_size=5), JSONS, max_size=4))
def test_the_payload_has_all_parameters_but_the_token(parameters):
    text = payload({**parameters, "token": "secret"})

    assert json.loads(text) == {name: value for name, value in parameters.items() if name != "token"}
    assert not set(text) & set("<>&\u2028\u2029")


@given(
    st.dictionaries(st.text(max_size=5), st.text(max_size=9), max_size=4), st.dictionaries(st.text(max_size=5), JSONS)
)
def test_variables_are_stored_once_and_read_as_they_were(sent, parameters):
    variables = of_trigger(sent, {"first": 1, "variables": sent, **parameters})

    assert unpacked(packed(variables)) == variables


def test_the_value_of_a_variable_is_not_stored_twice():
    rows = packed(of_trigger({"A": "a long value"}, {"ref": "main", "variables": {"A": "a long value"}, "id": "7"}))

    assert json.dumps(rows).count("a long value") == 1


@pytest.mark.parametrize(
    "text", ["", "x", "[]", "1", '{"variables": {"A": "1"}}', '{"variables":{"A":"2"}}', '{"a":1}']
)
def test_a_payload_of_somebody_elses_making_is_stored_as_it_is(text):
    variables = (PipelineVariable("A", "1"), PipelineVariable(PAYLOAD, text, "file"))

    assert packed(variables) == [variable._asdict() for variable in variables]
    assert unpacked(packed(variables)) == variables


def test_variables_of_before_are_read_too():
    row = {"key": PAYLOAD, "value": '{"variables":{"A":"1"}}', "variable_type": "file", "raw": False}

    assert unpacked([row]) == (PipelineVariable(PAYLOAD, '{"variables":{"A":"1"}}', "file"),)
    assert unpacked([]) == ()


@pytest.mark.parametrize("key", ["A", "a1", "_", "1", "A_b_9", "x" * 255])
def test_a_valid_key(key):
    assert invalid_keys([PipelineVariable(key, "")]) == []


@pytest.mark.parametrize("key", ["", " ", "a-b", "a b", "a.b", "ü", "A\n", "x" * 256, "$A", "A="])
def test_an_invalid_key(key):
    assert invalid_keys([PipelineVariable(key, "")]) == [key]


def test_a_payload_alone_is_recognised():
    assert only_payload(of_trigger({}, {}))
    assert not only_payload(of_trigger({"A": "1"}, {}))
