"""What a refused caller is told about the rules, and what not."""

import pytest

from tests.e2e.talking import DETAILS

FILTERED = """\
workflow:
  rules:
    - if: $DEPLOY_TO == "production" && $LICENCE == "paid"
job: {script: "true"}
"""
EMPTY = """\
variables: {COLOUR: green}
job:
  script: "true"
  rules:
    - if: $COLOUR == "red"
    - if: $LICENCE && $GITLAB_USER_LOGIN == "nobody" && $CI_COMMIT_BRANCH
    - changes: [$COLOUR/*]
      when: never
"""
UNFINISHED = """\
early: {script: "true", rules: [{if: $LICENCE == "paid"}]}
late: {script: "true", needs: [early]}
"""


@pytest.fixture
def guarded(make_project, root):
    """A project with a setting that is neither masked nor told."""

    def make(configuration):
        project = make_project(configuration)
        reply = root.post(f"{project.at}/variables", form={"key": "LICENCE", "value": "very secret"})
        assert reply.status == 201, reply.body
        return project

    return make


def reason(project, **more):
    """Trigger a pipeline in vain: the status, and what stands under our own key."""
    reply = project.post_trigger(json={"token": project.token, "ref": "main", **more}, headers=DETAILS)
    return reply.status, reply.json()["pullcord"]


def seen(decision):
    return [clause["seen"] for rule in decision["rules"] for clause in rule["clauses"]]


def test_a_pipeline_that_the_workflow_keeps_out_is_explained(guarded):
    project = guarded(FILTERED)

    status, reported = reason(project, variables={"DEPLOY_TO": "production"})

    workflow = reported["trace"]["workflow"]
    assert (status, reported["code"]) == (400, "filtered_by_rules")
    assert workflow["included"] is False
    assert workflow["rules"][0]["location"] == {"file": ".gitlab-ci.yml", "line": 3, "column": 7}
    assert seen(workflow) == [{"DEPLOY_TO": "production", "LICENCE": "[HIDDEN]"}]
    assert reported["trace"]["jobs"] == []


def test_every_rule_of_every_job_is_reported_without_settings_and_without_the_owner(guarded):
    status, reported = reason(guarded(EMPTY))

    (job,) = reported["trace"]["jobs"]
    assert (status, reported["code"]) == (400, "empty_by_rules")
    assert [rule["matched"] for rule in job["rules"]] == [False, False, True]
    assert seen(job) == [
        {"COLOUR": "green"},
        {"LICENCE": "[HIDDEN]", "GITLAB_USER_LOGIN": "[HIDDEN]"},
        {"COLOUR": "[HIDDEN]"},
    ]


def test_an_invalid_configuration_tells_what_was_decided_by_then(guarded):
    project = guarded(UNFINISHED)

    status, reported = reason(project)

    assert (status, reported["code"]) == (422, "config_error")
    assert [(job["name"], job["included"]) for job in reported["trace"]["jobs"]] == [("early", False), ("late", True)]
    assert seen(reported["trace"]["jobs"][0]) == [{"LICENCE": "[HIDDEN]"}]
    assert "very secret" not in str(reported)


def test_the_stored_trace_has_the_values_but_no_masked_ones(guarded, root):
    project = guarded(UNFINISHED)
    form = {"key": "PASSWORD", "value": "very-secret-indeed", "masked": "true"}
    assert root.post(f"{project.at}/variables", form=form).status == 201
    text = UNFINISHED.replace('"paid"', '"paid" || $PASSWORD == "known"')
    project.repository.commit({".gitlab-ci.yml": text})

    _, reported = reason(project)

    trace = project.read(f"/pipelines/{reported['pipeline']}")["pullcord"]["trace"]
    assert seen(trace["jobs"][0]) == [{"LICENCE": "very secret", "PASSWORD": "[MASKED]"}]
