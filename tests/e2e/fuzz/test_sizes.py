"""More than anybody needs is refused in words that name what is too much; never a fault, never a hang."""

import json
import re

import pytest

from tests.e2e.projects import base

MEGABYTE = 1024 * 1024


def padded(size):
    return {"token": "glptt-x", "ref": "main", "variables": {"A": "x" * size}}


@pytest.fixture(scope="module")
def ask(widgets):
    return widgets.post_trigger


@pytest.mark.parametrize("size", [10 * MEGABYTE + 1, 20 * MEGABYTE])
def test_a_body_beyond_what_the_gateway_takes_is_too_large(ask, size):
    assert ask(body=b"x" * size, headers={"Content-Type": "application/json"}).status == 413


@pytest.mark.parametrize("option", ["form", "json"])
def test_ten_thousand_parameters_are_enough(ask, option):
    many = {f"p{number}": "1" for number in range(10_001)}

    assert ask(**{option: many}).status in {400, 413}


def test_too_many_parameters_are_counted_aloud(ask):
    reply = ask(form={f"p{number}": "1" for number in range(10_001)})

    assert reply.said == (413, {"error": "more than 10000 parameters"})
    assert reply.headers["Pullcord-Code"] == "too_large"


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"form": {"variables" + "[a]" * 40: "1"}}, "variables"),
        ({"form": {"inputs" + "[]" * 2000: "1"}}, "inputs"),
        ({"json": '{"variables":' + "[" * 100_000 + "]" * 100_000 + "}"}, "message body"),
        ({"json": {"token": "x", "ref": "main", "variables": "x"}}, "variables"),
    ],
)
def test_deep_nesting_is_refused(ask, options, field):
    reply = ask(**options)

    assert reply.status == 400
    assert field in reply.json()["error"]


def test_a_json_body_nested_beyond_reason_is_refused(ask):
    deep = "1"
    for _ in range(40):
        deep = f'{{"a":{deep}}}'
    reply = ask(json=f'{{"token":"x","ref":"main","inputs":{deep}}}')

    assert reply.said == (400, {"error": "Parameters nested too deeply"})


def test_an_idempotency_key_has_an_end(widgets, ask):
    form = {"token": widgets.token, "ref": "main"}

    assert ask(form=form, headers={"Idempotency-Key": "k" * 256}).said == (
        400,
        {"error": "Idempotency-Key is too long"},
    )


@pytest.mark.parametrize("ref", ["x" * 256, "x" * 4096, "x" * 100_000, "é" * 2000, "a/" * 5000])
def test_a_ref_that_no_repository_can_have_is_not_found(widgets, ref):
    status, reported = widgets.refused(ref)

    assert (status, list(reported)) == (400, ["message"])


@pytest.mark.parametrize("token", ["x" * 1000, "x" * 100_000, "é" * 5000])
def test_a_long_token_is_as_unknown_as_a_short_one(widgets, ask, token):
    assert ask(form={"token": token, "ref": "main"}).said == (404, {"message": "404 Not Found"})


@pytest.mark.parametrize("key", ["K" * 256, "K" * 100_000, "É" * 2000])
def test_a_variable_with_a_long_name_is_refused_by_name(widgets, key):
    status, reported = widgets.refused(variables={key: "1"})

    assert status == 400
    assert "Key is invalid" in reported["message"]["base"][0]


def test_a_large_variable_is_kept_whole(widgets):
    value = "x" * (2 * MEGABYTE)
    pipeline = widgets.triggered(variables={"LARGE": value})

    assert len(widgets.jobs(pipeline)) == 5
    large, payload = widgets.variables(pipeline)
    assert large["value"] == value
    assert value in payload["value"]


@pytest.mark.parametrize(
    "more",
    [
        {"variables": {"LARGE": "x" * 3_200_000}},
        {"variables": {"LARGE": '"' * 900_000}},
        {"variables": {"LARGE": "\x01" * 500_000}},
        {"variables": {f"V{number}": "<" * 3_000 for number in range(200)}},
        {"payload": "\\" * 900_000},
        {"payload": ["<" * 100] * 7_000},
    ],
    ids=["long", "quotes", "control characters", "many", "payload", "list"],
)
def test_what_could_not_be_read_again_is_refused(widgets, more):
    with widgets.nothing_stored():
        reply = widgets.post_trigger(json={"token": widgets.token, "ref": "main", **more})

    assert reply.status == 413
    assert re.fullmatch(
        r"variables and payload would take \d+\.\d MB to read again, .*at most 5 MB\. .*", reply.json()["error"]
    )


@pytest.mark.parametrize("length", [1_000_000, 4_000_000])
def test_a_ref_of_any_length_is_not_found(widgets, length):
    assert widgets.refused("x" * length) == (400, base("Reference not found"))


def test_rules_that_saw_a_large_value_can_be_read_again(make_project):
    rules = '{script: "true", rules: [{if: $LARGE =~ /never/}, {if: $LARGE}]}'
    project = make_project({".gitlab-ci.yml": "".join(f"job-{number}: {rules}\n" for number in range(60))})
    pipeline = project.triggered(variables={"LARGE": "x" * 1_000_000})

    trace = project.read(f"/pipelines/{pipeline['id']}")["pullcord"]["trace"]

    assert len(trace["jobs"]) == 60


@pytest.mark.parametrize("query", [{"page": "9" * 30}, {"page": 2**63}, {"per_page": 10**9}])
def test_pages_beyond_the_last_are_empty_and_large_ones_are_cut(widgets, query):
    reply = widgets.owner.get(f"{widgets.at}/triggers", **query)

    assert reply.status == 200
    assert len(reply.json()) <= 100


@pytest.mark.parametrize("query", [{"page": "9" * 5000}, {"per_page": "9" * 5000}])
def test_numbers_that_are_no_numbers_any_more_are_refused_by_name(widgets, query):
    reply = widgets.owner.get(f"{widgets.at}/triggers", **query)

    assert reply.said == (400, {"error": f"{next(iter(query))} is invalid"})


@pytest.mark.parametrize("number", [2**53, 2**63 - 1, 2**63, 10**30, "9" * 3000, -1, 0])
@pytest.mark.parametrize("place", ["triggers", "pipelines", "jobs"])
def test_nothing_has_a_huge_id(widgets, place, number):
    assert widgets.owner.get(f"{widgets.at}/{place}/{number}").said == (404, {"message": "404 Not found"})


@pytest.mark.parametrize(
    "project", ["9" * 400, "a%2F" + "b" * 3000, "%C3%A9%2F" * 700 + "x", "a%2F" + "%F0%9F%91%8D" * 600]
)
def test_no_project_has_a_huge_id_or_path(widgets, anyone, project):
    form = {"token": widgets.token, "ref": "main"}

    assert anyone.post(f"/projects/{project}/trigger/pipeline", form=form).status == 404
    assert widgets.owner.get(f"/projects/{project}").said == (404, {"message": "404 Project Not Found"})


@pytest.mark.parametrize("name", ["username", "ref", "sha", "name"])
@pytest.mark.parametrize("character", ["é", "👍", "İ"])
def test_a_long_filter_finds_nothing(widgets, name, character):
    reply = widgets.owner.get(f"{widgets.at}/pipelines", **{name: character * 2000})

    assert (reply.status, reply.json()) == (200, [])


@pytest.mark.parametrize("field", ["name", "path", "import_url", "description", "default_branch"])
def test_a_project_with_a_huge_field_is_refused_by_name(root, field):
    reply = root.post(
        "/projects", json={"name": "huge", "import_url": "https://example.com/a.git", field: "x" * 10_000}
    )

    assert reply.status == 400
    assert field in json.dumps(reply.json()) or "path" in json.dumps(reply.json())


def test_a_head_beyond_what_the_gateway_takes_is_refused(ask):
    assert ask(headers={"X-Large": "x" * 100_000}).status in {400, 431}
