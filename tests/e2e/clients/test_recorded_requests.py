"""What python-gitlab, gitbeaker, the Ruby and Perl libraries, their command lines and curl send, byte for byte."""

import re

import pytest

from tests.e2e.clients.replaying import RECORDED, action, fitted
from tests.e2e.contract.shapes import JOB, PIPELINE, PIPELINE_BASIC, TRIGGER, VARIABLE, fits
from tests.e2e.talking import send

CONFIGURATION = """\
spec:
  inputs:
    env: {default: none}
    environment: {default: none}
    debug: {type: boolean, default: false}
    scan_security: {type: boolean, default: false}
    n: {type: number, default: 1}
    list: {type: array, default: []}
    flags: {type: array, default: []}
---
build: {script: "echo $[[ inputs.env ]] $[[ inputs.environment ]]"}
test: {script: "true"}
"""
MESSAGE = "a b&c=é"
UPLOADED = {"UPLOAD": "true", "MSG": MESSAGE}

# request                                        its variables
SENT = {
    "curl-7.88.1--trigger-data":                       {"A": "1"},
    "curl-7.88.1--trigger-data-urlencoded":            {"MSG": "a b&c=é"},
    "curl-7.88.1--trigger-form-multipart-vars":        {"UPLOAD_TO_S3": "true", "MSG": MESSAGE},
    "curl-7.88.1--trigger-json":                       {"A": "1"},
    "curl-7.88.1--trigger-querystring-vars-globoff":   {"A": "1", "B": "two"},
    "curl-7.88.1--trigger-ref-in-path-vars":           {"A": "1"},
    "gitbeaker-rest-43.8.0--run-trigger":              {"UPLOAD": "true", "MSG": "a b"},  # it splits at & by itself
    "perl-gitlab-api-v4-0.26-debian--run-trigger":     UPLOADED,
    "python-gitlab-8.6.0--anon-run-trigger":           UPLOADED,
    "python-gitlab-8.6.0--run-trigger":                UPLOADED,
    "python-gitlab-8.6.0--run-trigger-inputs":         {"A": "1"},
    "ruby-gitlab-4.17.0-debian--run-trigger":          UPLOADED,
    "ruby-gitlab-cli-4.17.0-debian--run-trigger":      {"A": "1", "B": "x y"},
}  # fmt: skip

READ = {**PIPELINE, "name": type(None)}
LISTED = [{**PIPELINE_BASIC, "name": type(None)}]
# action (a pattern)                   status  shape of the answer
RIGHT = {
    r"(anon-)?run-trigger.*":              (201, PIPELINE),
    r"trigger-job-token":                  (404, None),  # no such job
    r"trigger-(create|create-form)":       (201, TRIGGER),
    r"trigger-(update|update-form|get)":   (200, TRIGGER),
    r"trigger-delete":                     (204, None),
    r"trigger-take-ownership":             (404, None),  # gone from GitLab too
    r"trigger-list.*":                     (200, [TRIGGER]),
    r"trigger-.*":                         (201, PIPELINE),
    r"(auth|version|metadata)":            (200, None),
    r"project-get":                        (200, None),
    r"oauth-auth|jobtok-job-get":          (401, None),  # tokens that nobody has
    r"pipeline-(get|refresh)":             (200, READ),
    r"pipeline-variables":                 (200, [VARIABLE]),
    r"pipeline-jobs.*":                    (200, [JOB]),
    r"pipeline-list-head":                 (200, None),
    r"pipeline-list.*":                    (200, LISTED),
    r"job-get":                            (200, JOB),
}  # fmt: skip


@pytest.fixture(scope="module")
def project(make_project, make_repository):
    repository = make_repository(CONFIGURATION)
    repository.branch("feature/x")
    return make_project(repository=repository)


@pytest.fixture(scope="module")
def pipeline(project):
    return project.triggered(variables={"A": "1"})


@pytest.fixture(scope="module")
def job(project, pipeline):
    return project.jobs(pipeline)[0]


@pytest.fixture(scope="module")
def lasting(project, make_trigger):
    return make_trigger(project.at)


@pytest.fixture
def trigger(recorded, lasting, project, make_trigger):
    """A trigger; one of its own for a request that deletes it."""
    return make_trigger(project.at) if action(recorded) == "trigger-delete" else lasting


@pytest.mark.parametrize("recorded", RECORDED)
def test_a_recorded_request_gets_the_right_answer(recorded, project, trigger, pipeline, job):
    status, shape = next(right for name, right in RIGHT.items() if re.fullmatch(name, action(recorded)))

    reply = send(project.owner.url, fitted(recorded, project, trigger=trigger, pipeline=pipeline, job=job))

    assert reply.status == status, reply.body
    if shape is not None:
        fits(reply.json(), shape)
    if status == 201 and shape is PIPELINE:
        keys = {variable["key"] for variable in project.variables(reply.json())}
        assert keys == {*SENT.get(recorded, {}), "TRIGGER_PAYLOAD"}


@pytest.mark.parametrize("recorded", SENT)
def test_what_a_client_sent_arrives_as_it_was_meant(recorded, project, trigger, pipeline, job):
    reply = send(project.owner.url, fitted(recorded, project, trigger=trigger, pipeline=pipeline, job=job))

    *variables, _payload = project.variables(reply.json())
    assert {variable["key"]: variable["value"] for variable in variables} == SENT[recorded]


def test_every_recorded_request_is_judged():
    assert len(RECORDED) > 100
    assert set(SENT) <= set(RECORDED)
