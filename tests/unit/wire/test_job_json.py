"""Jobs as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/jobs
"""

from copy import replace

import pytest

from pullcord.jobs import Job
from pullcord.wire import job_json
from tests.unit.wire.examples import ADA, PIPELINE, WIDGETS
from tests.unit.wire.literals import ADA_FULL, COMMIT, LATER, PIPELINE_BASIC, SERVER, TIME, json_text

JOB = Job(501, 7, 9001, 5, "unit", "test", 1, 3, "pending", "manual", TIME, "main", tags=("linux", "arm"))


def test_a_job():
    assert json_text(job_json.job(JOB, PIPELINE, WIDGETS, ADA, SERVER)) == json_text(
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
    ("changed", "expected"),
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
def test_a_field_changes_its_own_keys_alone(changed, expected):
    usual = job_json.job(JOB, PIPELINE, WIDGETS, ADA, SERVER)

    answer = job_json.job(JOB._replace(**changed), PIPELINE, WIDGETS, ADA, SERVER)

    status = {"status": "failed"} if changed.get("status") else {}
    assert json_text(answer) == json_text({**usual, **status, **expected})


def test_only_a_failed_job_has_a_failure_reason():
    succeeded = JOB._replace(status="success", failure_reason="script_failure")

    assert "failure_reason" not in job_json.job(succeeded, PIPELINE, WIDGETS, ADA, SERVER)


def test_a_job_of_a_deleted_user_in_an_archived_project():
    project = replace(WIDGETS, archived=True, job_token_scope_enabled=True)
    answer = job_json.job(JOB, PIPELINE, project, None, SERVER)

    assert (answer["user"], answer["archived"]) == (None, True)
    assert answer["project"] == {"ci_job_token_scope_enabled": True}
