"""Errors carry GitLab's keys alone; what GitLab does not tell is in headers, at a link, or in the body for who asks."""

import pytest

from tests.e2e.talking import DETAILS

EMPTY = 'job: {script: "true", rules: [{if: $CI_PIPELINE_SOURCE == "push"}]}\n'


@pytest.fixture(scope="module")
def project(make_project):
    return make_project({".gitlab-ci.yml": EMPTY})


def address_of(reply):
    """The path of the details, below /api/v4."""
    return reply.headers["Link"].removeprefix("</api/v4").partition(">")[0]


def read(project, path, **options):
    return project.anyone.call("GET", path, **options)


@pytest.mark.parametrize(
    ("form", "status", "keys", "code"),
    [
        ({}, 400, {"error"}, "bad_parameters"),
        ({"token": "glptt-wrong", "ref": "main"}, 404, {"message"}, "unknown_token"),
        ({"ref": "gone"}, 400, {"message"}, "ref_not_found"),
        ({"ref": "main"}, 400, {"message"}, "empty_by_rules"),
        ({"ref": "broken"}, 422, {"message"}, "config_error"),
    ],
)
def test_an_error_has_gitlabs_keys_alone_and_names_its_reason_in_a_header(project, form, status, keys, code):
    if code == "config_error":
        project.repository.branch("broken", {".gitlab-ci.yml": "a: {}"})

    reply = project.post_trigger({"token": project.token, **form} if form else form)

    assert (reply.status, set(reply.json()), reply.headers["Pullcord-Code"]) == (status, keys, code)
    assert reply.headers["Pullcord-Request-Id"]
    assert (reply.headers["Link"] is not None) == (code in {"ref_not_found", "empty_by_rules", "config_error"})


def test_details_are_read_with_the_trigger_token_or_by_who_may_read_pipelines(project):
    reply = project.post_trigger({"token": project.token, "ref": "main"})
    asked = project.post_trigger({"token": project.token, "ref": "main"}, headers=DETAILS).json()

    path = address_of(reply)
    by_header = read(project, path, headers={"Pullcord-Trigger-Token": project.token})

    assert by_header.said == read(project, path, query={"token": project.token}).said == (200, asked)
    assert project.owner.get(path).said == (200, asked)
    assert asked["pullcord"]["code"] == "empty_by_rules"


def test_details_are_for_nobody_else(project, make_project, make_trigger):
    path = address_of(project.post_trigger({"token": project.token, "ref": "main"}))
    other, foreign = make_trigger(project.at)["token"], make_project().token

    assert read(project, path).said == (401, {"message": "401 Unauthorized"})
    assert read(project, path, query={"token": foreign}).said == (404, {"message": "404 Not Found"})
    assert read(project, path, query={"token": other}).said == (404, {"message": "404 Not found"})


def test_a_created_pipeline_has_no_refusal_to_read(make_project):
    project = make_project()
    made = project.triggered()

    assert project.owner.get(f"{project.at}/trigger/requests/{made['id']}").status == 404
