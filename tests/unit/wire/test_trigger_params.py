"""Parameters of a trigger call: what is checked, in which order, and what is stored."""

import json

import pytest

from pullcord.errors import BadParameters, BadRequest, Forbidden
from pullcord.wire import refusal_json, trigger_params
from tests.unit.wire.calls import FORM, JSON, call

NOT_TEXT = "variables needs to be a map of key-valued strings"


def read(body=None, *, project="7", ref=None, **options):
    text = body if isinstance(body, str) else json.dumps(body or {})
    return trigger_params.read(call(text, JSON, **options), project, ref)


@pytest.mark.parametrize(
    ("sent", "phrases"),
    [
        ({}, "ref is missing, ref is empty, token is missing"),
        ({"token": "t"}, "ref is missing, ref is empty"),
        ({"ref": "main"}, "token is missing"),
        ({"ref": "", "token": "t"}, "ref is empty"),
        ({"ref": None, "token": "t"}, "ref is empty"),
        ({"ref": "  ", "token": "t"}, "ref is empty"),
        ({"ref": ["main"], "token": "t"}, "ref is invalid"),
        ({"ref": {"a": 1}, "token": "t"}, "ref is invalid"),
        ({"ref": "main", "token": ["t"]}, "token is invalid"),
        ({"ref": "main", "token": {"filename": "x"}}, "token is invalid"),
        ({"ref": "main", "token": "t", "variables": "x"}, "variables is invalid"),
        ({"ref": "main", "token": "t", "variables": []}, "variables is invalid"),
        ({"ref": "main", "token": "t", "variables": 0}, "variables is invalid"),
        ({"ref": "main", "token": "t", "variables": False}, "variables is invalid"),
        ({"ref": "main", "token": "t", "inputs": [1]}, "inputs is invalid"),
        (
            {"variables": "x", "inputs": "y"},
            "ref is missing, ref is empty, token is missing, variables is invalid, inputs is invalid",
        ),
    ],
)
def test_missing_and_invalid_parameters_are_named_in_order(sent, phrases):
    with pytest.raises(BadParameters) as caught:
        read(sent)

    status, body = refusal_json.answer(caught.value)
    assert (status, body["error"]) == (400, phrases)


@pytest.mark.parametrize("value", [1, None, True, [], {}, ["a"], {"a": "b"}, 1.5])
def test_variables_are_texts(value):
    with pytest.raises(BadRequest, match=NOT_TEXT):
        read({"ref": "main", "token": "t", "variables": {"A": "1", "B": value}})


def test_a_pipeline_hook_is_forbidden_after_parameters_and_before_variables():
    hook = {"x_gitlab_event": "Pipeline Hook"}
    with pytest.raises(BadParameters):
        read({"ref": "main"}, **hook)
    with pytest.raises(Forbidden):
        read({"ref": "main", "token": "t", "variables": {"A": 1}}, **hook)


@pytest.mark.parametrize("event", ["Push Hook", "pipeline hook", "Pipeline Hook ", "Pipeline Hooks", "Job Hook"])
def test_no_other_hook_is_forbidden(event):
    assert read({"ref": "main", "token": "t"}, x_gitlab_event=event).ref == "main"


def test_parameters_keep_their_order_for_the_payload():
    trigger_call = read({"token": "t", "zeta": 1, "ref": "main", "alpha": [1]}, project="acme/p")

    assert list(trigger_call.parameters) == ["token", "zeta", "ref", "alpha", "id", "variables"]
    assert trigger_call.parameters["id"] == "acme/p"


def test_the_path_wins_over_the_body():
    trigger_call = read({"id": 99, "ref": "refs/heads/other", "token": "t"}, ref="main")

    assert (trigger_call.project, trigger_call.ref) == ("7", "main")
    assert trigger_call.parameters["id"] == "7"
    assert trigger_call.parameters["ref"] == "main"


@pytest.mark.parametrize(("sent", "stored"), [(None, {}), ({}, {}), ({"A": "1"}, {"A": "1"})])
def test_no_variables_are_an_empty_map(sent, stored):
    assert read({"ref": "main", "token": "t", "variables": sent}).variables == stored


@pytest.mark.parametrize(("sent", "stored"), [("main", "main"), (5, "5"), (1.5, "1.5")])
def test_a_number_may_be_a_ref(sent, stored):
    assert read({"ref": sent, "token": "t"}).ref == stored


@pytest.mark.parametrize(
    ("sent", "value"),
    [
        ("text", "text"),
        ("", ""),
        ("42", 42),
        ("1.5", 1.5),
        ("true", True),
        ("null", None),
        ('["a", "b"]', ["a", "b"]),
        ('{"k": 1}', {"k": 1}),
        ('"quoted"', "quoted"),
        ("[1, 2", "[1, 2"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("-Infinity", "-Infinity"),
        ("1e999", "1e999"),
        ("'single'", "'single'"),
        ("1" * 5000, "1" * 5000),
        ("[" * 100_000, "[" * 100_000),
        ('"\\ud800"', '"\\ud800"'),
        (["a", 1], ["a", 1]),
        (3, 3),
        (None, None),
    ],
)
def test_an_input_that_is_json_text_has_its_value(sent, value):
    typed = trigger_params.typed(sent)

    assert typed == value
    assert type(typed) is type(value)


def test_inputs_of_a_form_have_the_same_values():
    form = call("token=t&ref=main&inputs[a]=%5B1%5D&inputs[b]=x&inputs[c]=true", FORM)

    assert trigger_params.read(form, "7").inputs == {"a": [1], "b": "x", "c": True}


def test_the_server_is_the_address_that_the_caller_used():
    sent = {"ref": "main", "token": "t"}

    assert read(sent).server == "https://ci.example.test"
    assert read(sent, x_forwarded_proto="http").server == "http://ci.example.test"
    assert read(sent, external_url="https://pullcord.example.test").server == "https://pullcord.example.test"
