"""Triggering a pipeline: which parameters there must be, of which kind, and what is said first."""

import pytest

from tests.e2e.talking import as_json

NOT_TEXT = {"message": "variables needs to be a map of key-valued strings"}


def test_without_a_token_the_token_is_missing(widgets):
    with widgets.nothing_stored():
        assert widgets.post_trigger({"ref": "main"}).said == (400, {"error": "token is missing"})


def test_without_a_ref_it_is_missing_and_empty(widgets):
    assert widgets.post_trigger({"token": widgets.token}).said == (400, {"error": "ref is missing, ref is empty"})


@pytest.mark.parametrize("blank", ["", " ", "\t\n"])
def test_a_blank_ref_is_empty(widgets, blank):
    assert widgets.post_trigger({"token": widgets.token, "ref": blank}).said == (400, {"error": "ref is empty"})


@pytest.mark.parametrize("nothing", [{}, {"form": {}}, {"json": {}}, {"json": "[]"}, {"json": '"main"'}])
def test_without_anything_all_that_is_missing_is_named(widgets, nothing):
    assert widgets.post_trigger(**nothing).said == (400, {"error": "ref is missing, ref is empty, token is missing"})


def test_an_unknown_project_is_not_found(widgets, anyone):
    reply = anyone.post("/projects/0/trigger/pipeline", form={"token": widgets.token, "ref": "main"})

    assert reply.said == (404, {"message": "404 Not Found"})


@pytest.mark.parametrize("variables", ["value", [], ["A"], 1, True])
def test_variables_that_are_no_map_are_invalid(widgets, variables):
    with widgets.nothing_stored():
        assert widgets.refused(variables=variables) == (400, {"error": "variables is invalid"})


def test_variables_that_are_no_map_in_a_form_are_invalid(widgets):
    reply = widgets.post_trigger({"token": widgets.token, "ref": "main", "variables": "value"})

    assert reply.said == (400, {"error": "variables is invalid"})


@pytest.mark.parametrize("value", [1, 1.5, True, False, None, {"a": "b"}, {}, ["a"], []])
def test_a_variable_that_is_no_text_is_refused(widgets, value):
    with widgets.nothing_stored():
        assert widgets.refused(variables={"K": value}) == (400, NOT_TEXT)


@pytest.mark.parametrize("name", ["variables[K][]", "variables[K][a]"])
def test_a_variable_that_is_no_text_in_a_form_is_refused(widgets, name):
    assert widgets.post_trigger({"token": widgets.token, "ref": "main", name: "1"}).said == (400, NOT_TEXT)


@pytest.mark.parametrize("more", [{"variables": None}, {"variables": {}}, {"inputs": None}, {"inputs": {}}, {}])
def test_nothing_at_all_can_be_said_in_several_ways(widgets, more):
    made = widgets.triggered(**more)

    assert [variable["key"] for variable in widgets.variables(made)] == ["TRIGGER_PAYLOAD"]


@pytest.mark.parametrize("inputs", ["x", [], ["x"], 1, True])
def test_inputs_that_are_no_map_are_invalid(widgets, inputs):
    assert widgets.refused(inputs=inputs) == (400, {"error": "inputs is invalid"})


def test_all_that_is_invalid_is_named_in_the_order_of_declaration(widgets):
    reply = widgets.post_trigger(json={"variables": "x", "inputs": "y"})
    wanted = "ref is missing, ref is empty, token is missing, variables is invalid, inputs is invalid"

    assert reply.said == (400, {"error": wanted})


@pytest.mark.parametrize("body", ["{", '{"ref":', "nonsense", '{"ref": NaN}', "{'ref': 'main'}"])
def test_a_body_that_is_no_json_is_refused(widgets, body):
    reply = widgets.post_trigger(json=body, query={"token": widgets.token, "ref": "main"})

    assert reply.status == 400
    assert set(reply.said[1]) == {"error"}


def test_unknown_parameters_are_no_error(widgets):
    reply = widgets.post_trigger(json={"token": widgets.token, "ref": "main", "unknown": {"deep": [1, None]}, "id": 99})

    assert reply.status == 201
    assert reply.json()["project_id"] == widgets.id


def test_parameters_are_checked_before_the_loop_guard(widgets):
    reply = widgets.post_trigger({"ref": "main"}, headers={"X-Gitlab-Event": "Pipeline Hook"})

    assert reply.said == (400, {"error": "token is missing"})


def test_the_loop_guard_comes_before_the_kinds_of_variables(widgets):
    sent = {"token": "wrong", "ref": "main", "variables": {"K": 1}}

    reply = widgets.post_trigger(json=sent, headers={"X-Gitlab-Event": "Pipeline Hook"})

    assert reply.said == (403, {"message": "403 Forbidden"})


def test_the_kinds_of_variables_come_before_the_project(widgets, anyone):
    sent = {"token": widgets.token, "ref": "main", "variables": {"K": 1}}

    assert anyone.post("/projects/0/trigger/pipeline", json=sent).said == (400, NOT_TEXT)


def test_the_token_comes_before_the_ref(widgets):
    assert widgets.post_trigger({"token": "wrong", "ref": "gone"}).said == (404, {"message": "404 Not Found"})


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_only_post_triggers(widgets, anyone, method):
    with widgets.nothing_stored():
        sent = as_json({"token": widgets.token, "ref": "main"})
        headers = {"Content-Type": "application/json"}
        reply = anyone.call(method, f"{widgets.at}/trigger/pipeline", body=sent, headers=headers)

        assert reply.status in {404, 405}
        assert set(reply.said[1]) == {"error"}
