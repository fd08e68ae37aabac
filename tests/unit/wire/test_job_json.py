"""Jobs, commits, triggers and variables of pipelines as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/jobs, /api/pipeline_triggers, /api/pipelines
"""

from copy import replace

import pytest

from pullcord.access import TriggerView
from pullcord.jobs import Job
from pullcord.tokens import Trigger
from pullcord.variables import PipelineVariable
from pullcord.wire import pipeline_json
from tests.unit.wire.things import ADA, GIT_COMMIT, PIPELINE, WIDGETS
from tests.unit.wire.written import ADA_BASIC, ADA_FULL, COMMIT, LATER, PIPELINE_BASIC, SERVER, TIME, written

JOB = Job(501, 7, 9001, 5, "unit", "test", 1, 3, "pending", "manual", TIME, "main", tags=("linux", "arm"))


def test_a_job():
    assert written(pipeline_json.job(JOB, PIPELINE, WIDGETS, ADA, SERVER)) == written(
        {
            "id": 501,
            "status": "pending",
            "stage": "test",
            "name": "unit",
            "ref": "main",
            "tag": False,
            "coverage": None,
            "allow_failure": False,
            "created_at": TIME,
            "started_at": None,
            "finished_at": None,
            "erased_at": None,
            "duration": None,
            "queued_duration": None,
            "user": ADA_FULL,
            "commit": COMMIT,
            "pipeline": PIPELINE_BASIC,
            "web_url": "https://ci.example.test/acme/tools/widgets/-/jobs/501",
            "project": {"ci_job_token_scope_enabled": False},
            "artifacts": [],
            "runner": None,
            "runner_manager": None,
            "artifacts_expire_at": None,
            "archived": False,
            "tag_list": ["arm", "linux"],
            "pullcord": {"when": "manual", "start_in": None},
        }
    )


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({"status": "failed", "failure_reason": "script_failure"}, {"failure_reason": "script_failure"}),
        ({"status": "failed"}, {"failure_reason": None}),
        ({"duration": 60.0, "queued_duration": 29.5}, {"duration": 60.0, "queued_duration": 29.5}),
        ({"coverage": 30.25}, {"coverage": 30.25}),
        ({"tag": True, "allow_failure": True}, {"tag": True, "allow_failure": True}),
        (
            {"started_at": TIME, "finished_at": LATER, "erased_at": LATER},
            {"started_at": TIME, "finished_at": LATER, "erased_at": LATER},
        ),
        (
            {"when": "delayed", "start_in": "5 minutes"},
            {"pullcord": {"when": "delayed", "start_in": "5 minutes"}},
        ),
    ],
)
def test_a_job_that_differs_differs_there_alone(changed, shown):
    usual = pipeline_json.job(JOB, PIPELINE, WIDGETS, ADA, SERVER)

    found = pipeline_json.job(JOB._replace(**changed), PIPELINE, WIDGETS, ADA, SERVER)

    status = {"status": "failed"} if changed.get("status") else {}
    assert written(found) == written({**usual, **status, **shown})


def test_only_a_failed_job_says_why():
    succeeded = JOB._replace(status="success", failure_reason="script_failure")

    assert "failure_reason" not in pipeline_json.job(succeeded, PIPELINE, WIDGETS, ADA, SERVER)


def test_a_job_of_a_user_who_is_gone_in_an_archived_project():
    project = replace(WIDGETS, archived=True, job_token_scope_enabled=True)
    shown = pipeline_json.job(JOB, PIPELINE, project, None, SERVER)

    assert (shown["user"], shown["archived"]) == (None, True)
    assert shown["project"] == {"ci_job_token_scope_enabled": True}


def test_a_commit():
    assert written(pipeline_json.commit_json(GIT_COMMIT, WIDGETS, SERVER)) == written(COMMIT)


def test_a_trigger():
    stored = Trigger(11, 7, 5, {"p": "digest"}, b"sealed", "0123", TIME, LATER, "nightly", "2026-12-24T00:00:00.000Z")

    assert written(pipeline_json.trigger(TriggerView(stored, "glptt-0123", LATER, ADA), SERVER)) == written(
        {
            "id": 11,
            "token": "glptt-0123",
            "description": "nightly",
            "created_at": TIME,
            "updated_at": LATER,
            "last_used": LATER,
            "expires_at": "2026-12-24T00:00:00.000Z",
            "owner": ADA_BASIC,
        }
    )


def test_a_trigger_that_was_never_used_and_whose_owner_is_gone():
    stored = Trigger(11, 7, 5, {}, b"sealed", "0123", TIME, TIME)

    assert written(pipeline_json.trigger(TriggerView(stored, "0123", None, None), SERVER)) == written(
        {
            "id": 11,
            "token": "0123",
            "description": None,
            "created_at": TIME,
            "updated_at": TIME,
            "last_used": None,
            "expires_at": None,
            "owner": None,
        }
    )


def test_a_variable_of_a_pipeline():
    assert written(pipeline_json.variable(PipelineVariable("TRIGGER_PAYLOAD", "{}", "file"))) == written(
        {"variable_type": "file", "key": "TRIGGER_PAYLOAD", "value": "{}", "raw": False}
    )
    assert written(pipeline_json.variable(PipelineVariable("A", "1", raw=True))) == written(
        {"variable_type": "env_var", "key": "A", "value": "1", "raw": True}
    )
