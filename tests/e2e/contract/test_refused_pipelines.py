"""Triggering a pipeline that opens, and no pipeline can be had: 400 and nothing stored, or 422 and stored as failed."""

import pytest

from tests.e2e.projects import base
from tests.e2e.talking import DETAILS

JOB = 'job: {script: "true"}\n'
NO_REF = base("Reference not found")
FILTERED = base("The pipeline did not run. Review the workflow:rules configuration for the pipeline.")
EMPTY = base("The resulting pipeline would have been empty. Review the rules configuration for the relevant jobs.")


@pytest.mark.parametrize("ref", ["other-branch", "refs/heads/gone", "refs/merge-requests/1/head", "-x", "a..b", "HEAD"])
def test_a_ref_that_is_not_there_is_not_found(widgets, ref):
    with widgets.nothing_stored():
        assert widgets.refused(ref) == (400, NO_REF)


def test_a_commit_is_no_ref(widgets):
    sha = widgets.repository.git("rev-parse", "main")

    assert widgets.refused(sha) == (400, NO_REF)
    assert widgets.refused(sha[:8]) == (400, NO_REF)


def test_a_name_of_a_branch_and_a_tag_is_ambiguous(make_project):
    project = make_project()
    project.repository.branch("x")
    project.repository.tag("x")

    with project.nothing_stored():
        assert project.refused("x") == (400, base("Ref is ambiguous"))
    assert project.triggered("refs/tags/x")["tag"] is True
    assert project.triggered("refs/heads/x")["tag"] is False


def test_without_a_configuration_there_is_nothing_to_run(make_project):
    project = make_project({"README": "no configuration"})

    with project.nothing_stored():
        assert project.refused() == (400, base("Missing CI config file"))


INVALID = {
    "no script": ("job: {stage: test}\n", "jobs job config should implement the script:, run:, or trigger: keyword"),
    "no visible job": (".hidden: {script: 'true'}\n", "jobs config should contain at least one visible job"),
    "unknown keyword": ("job: {script: 'true', unknown: 1}\n", "jobs:job config contains unknown keys: unknown"),
}


@pytest.mark.parametrize(("text", "message"), INVALID.values(), ids=INVALID)
def test_an_invalid_configuration_is_stored_as_a_failed_pipeline(make_project, text, message):
    project = make_project(text)

    assert project.refused() == (422, base(message))

    (stored,) = project.read("/pipelines")
    shown = project.read(f"/pipelines/{stored['id']}")
    assert (shown["status"], shown["yaml_errors"], shown["source"]) == ("failed", message, "trigger")
    assert project.jobs(stored) == []


def test_yaml_that_is_none_is_stored_as_a_failed_pipeline(make_project):
    project = make_project("job: [unclosed\n")

    status, reported = project.refused()

    assert status == 422
    (message,) = reported["message"]["base"]
    assert project.read(f"/pipelines/{project.read('/pipelines')[0]['id']}")["yaml_errors"] == message


def test_a_failed_pipeline_is_no_use_of_the_trigger(make_project):
    project = make_project("job: {}\n")
    project.refused()

    assert project.read(f"/triggers/{project.trigger['id']}")["last_used"] is None


def test_a_workflow_may_exclude_triggers(make_project):
    rules = 'workflow: {rules: [{if: $CI_PIPELINE_SOURCE == "trigger", when: never}, {when: always}]}\n'
    project = make_project(rules + JOB)

    with project.nothing_stored():
        assert project.refused() == (400, FILTERED)


@pytest.mark.parametrize(
    "text",
    [
        'job: {script: "true", rules: [{if: $CI_PIPELINE_SOURCE == "push"}]}\n',
        'job: {script: "true", except: [triggers]}\n',
        'job: {script: "true", rules: [{when: never}]}\nlast: {script: "true", stage: .post}\n',
    ],
)
def test_a_pipeline_without_jobs_is_none(make_project, text):
    project = make_project(text)

    with project.nothing_stored():
        assert project.refused() == (400, EMPTY)


def test_a_need_of_a_job_that_is_not_there_is_stored_as_a_failed_pipeline(make_project):
    project = make_project('job1: {script: "true", rules: [{when: never}]}\njob2: {script: "true", needs: [job1]}\n')

    status, reported = project.refused()

    assert status == 422
    assert "'job2' job needs 'job1' job, but 'job1' does not exist in the pipeline" in reported["message"]["base"][0]


def test_the_payload_is_not_the_callers_to_set(widgets):
    assert widgets.refused(variables={"TRIGGER_PAYLOAD": "x"}) == (
        422,
        base("Duplicate variable name: TRIGGER_PAYLOAD"),
    )


@pytest.mark.parametrize("key", ["invalid-key!", "", "a b", "ü", "x" * 256, "A\n"])
def test_a_variable_that_cannot_be_named_so_is_refused(widgets, key):
    with widgets.nothing_stored():
        status, reported = widgets.refused(variables={key: "x"})

        assert status == 400
        assert "Failed to build pipeline variables" in reported["message"]["base"][0]


def test_a_variable_of_255_characters_can_be_named_so(widgets):
    assert widgets.variables(widgets.triggered(variables={"x" * 255: "1"}))[0]["key"] == "x" * 255


def test_a_ref_that_is_not_there_comes_before_what_is_wrong_with_variables(widgets):
    assert widgets.refused("gone", variables={"a b": "x"}) == (400, NO_REF)


def test_variables_come_before_the_missing_configuration(make_project):
    project = make_project({"README": "no configuration"})

    status, reported = project.refused(variables={"a b": "x"})

    assert status == 400
    assert "Failed to build pipeline variables" in reported["message"]["base"][0]


def test_a_refusal_says_why_in_our_own_key(make_project):
    project = make_project('job: {script: "true", rules: [{if: $CI_PIPELINE_SOURCE == "push"}]}\n')

    reported = project.post_trigger({"token": project.token, "ref": "main"}, headers=DETAILS).json()["pullcord"]

    assert reported["code"] == "empty_by_rules"
    assert reported["trace"]["jobs"][0]["name"] == "job"
    assert reported["trace"]["jobs"][0]["included"] is False
