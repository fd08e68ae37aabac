"""Requests over real connections: what `tests/conformance/requests.yaml` says of them holds for the whole service."""

import json
import re

import pytest

from tests.conformance.test_requests import CASES, bytes_of
from tests.e2e.talking import send

CALLS = [case for case in CASES if "/projects/1/" in case["send"] and "trigger/pipeline" in case["send"]]
REFUSED = [case for case in CALLS if case["status"] not in {200, 201} and not case["send"].startswith("HEAD")]
TRIGGERING = {
    "form-bracket-not-closed", "form-chunked", "json-twice", "multipart-latin-1", "multipart-preamble", "no-type-form",
    "path-many-slashes", "path-ref-encoded", "path-slash-at-end-of-trigger", "path-suffix", "query-semicolon-separates",
}  # fmt: skip
"""Of the calls that are answered with a pipeline."""


def fitted(text, project):
    """A part of a request, made for a project that exists and its token."""
    text = text.replace("/projects/1/", f"{project.at}/")
    return re.sub(r"""(token(?:=|": "|"\r\n\r\n))t\b""", rf"\g<1>{project.token}", text)


def ask(project, case):
    line, body = (fitted(case.get(name, ""), project) for name in ("send", "body"))
    headers = case.get("headers", [])
    if any(header.startswith("Transfer-Encoding") for header in headers):
        body = "0009\r\nref=main&\r\n{:x}\r\n{}\r\n0\r\n\r\n".format(len(tail := f"token={project.token}"), tail)
    return send(project.owner.url, bytes_of(line, headers, body.encode("latin-1")))


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case["id"])
def test_a_refusal_is_the_one_of_the_table(widgets, case):
    reply = ask(widgets, case)

    assert reply.status == case["status"], reply.body
    if "answer" in case:
        assert reply.said[1] == case["answer"]
    assert reply.headers["Allow"] == case.get("allow")


@pytest.mark.parametrize("case", [case for case in CALLS if case["id"] in TRIGGERING], ids=lambda case: case["id"])
def test_a_pipeline_is_triggered_with_what_the_table_says(make_project, widgets, case):
    reply = ask(widgets, case)

    assert reply.status == 201, reply.body
    payload = widgets.variables(reply.json())[-1]
    wanted = {name: value for name, value in case["parameters"].items() if name != "token"}
    assert (payload["key"], json.loads(payload["value"])) == ("TRIGGER_PAYLOAD", wanted | {"id": str(widgets.id)})


def test_nothing_is_changed_by_a_body_that_is_not_read(root, widgets, make_trigger):
    trigger = make_trigger(widgets.at, description="as it was")
    at = f"{widgets.at}/triggers/{trigger['id']}"
    for headers in ({"Content-Type": "text/plain"}, {"Content-Type": "application/vnd.api+json"}, {}):
        reply = root.put(at, body=b'{"description": "x"}', headers=headers)

        kind = headers.get("Content-Type", "")
        assert reply.said == (415, {"error": f"The provided content-type '{kind}' is not supported."})
    assert root.get(at).json()["description"] == "as it was"


@pytest.mark.parametrize(
    "path", ["/user/", "/user.json", "//user", "/users/", "/projects.json", "/groups//", "/version/"]
)
def test_every_function_is_reached_whatever_the_form_of_the_path(root, path):
    assert root.get(path).status == 200


@pytest.mark.parametrize("path", ["/hooks", "/nonsense", "/issues/5/notes", "/merge_requests/1/pipelines"])
@pytest.mark.parametrize("form", ["number", "path"])
def test_an_unknown_route_of_a_known_project_is_no_unknown_project(root, widgets, path, form):
    at = widgets.at if form == "number" else f"/projects/root%2F{widgets.details['path']}"

    assert root.get(f"{at}{path}").said == (404, {"error": "404 Not Found"})


def test_a_page_may_call_the_api(anyone, widgets):
    origin = {"Origin": "https://page.example"}
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type,private-token"}
    at = f"{widgets.at}/trigger/pipeline"

    preflight = anyone.call("OPTIONS", at, headers=origin | asked)
    reply = anyone.post(at, form={"token": widgets.token, "ref": "main"}, headers=origin)

    assert (preflight.status, preflight.body) == (200, b"")
    assert preflight.headers["Access-Control-Allow-Headers"] == "content-type,private-token"
    assert reply.status == 201
    for answer in (preflight, reply):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Pullcord-Request-Id" in answer.headers["Access-Control-Expose-Headers"]


def test_a_path_that_is_too_long_is_refused_at_once(anyone):
    reply = anyone.post(f"/projects/{'%2fa' * 1200}{'/ref/a' * 1200}!")

    assert reply.said == (414, {"error": "414 URI Too Long"})
