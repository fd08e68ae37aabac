"""Jobs in their pipeline's item: what is stored today stays readable, whatever defaults jobs have later."""

from copy import deepcopy

import pytest

from pullcord.aws import inline_jobs
from pullcord.aws.inline_jobs import FORMATS, from_item, to_attributes
from pullcord.aws.items import attributes, values
from pullcord.jobs import Job, job_defaults, new_jobs
from pullcord.pipelines import Pipeline

TIME = "2026-03-01T10:20:30.456Z"
# The item of a pipeline with three jobs, as format 1 has stored it. It is data: never change it.
ITEM = {
    "pk": "project#7",
    "sk": "pipeline#0000000000009001",
    "id": 9001,
    "iid": 17,
    "project_id": 7,
    "user_id": 5,
    "sha": "3f786850e387550fdab836ed7e6dc881de23001b",
    "ref": "main",
    "tag": False,
    "source": "trigger",
    "status": "created",
    "created_at": "2026-03-01T10:20:30.456Z",
    "updated_at": "2026-03-01T10:20:30.456Z",
    "first_job": 9002,
    "job_count": 3,
    "stages": ["build", "deploy"],
    "jobs_format": 1,
    "jobs": [
        {"name": "compile", "stage": "build"},
        {
            "name": "release",
            "stage": "deploy",
            "stage_index": 1,
            "when": "delayed",
            "start_in": "5 minutes",
            "tags": ["linux", "arm"],
            "allow_failure": True,
        },
        {
            "name": "downstream",
            "stage": "deploy",
            "stage_index": 1,
            "bridge": True,
            "status": "failed",
            "failure_reason": "script_failure",
            "started_at": "2026-03-01T10:21:00.000Z",
            "finished_at": "2026-03-01T10:22:00.000Z",
            "duration": 60.5,
            "coverage": 30.25,
        },
    ],
}
COMPILE = Job(
    id=9002,
    project_id=7,
    pipeline_id=9001,
    user_id=5,
    name="compile",
    stage="build",
    stage_index=0,
    position=0,
    status="created",
    when="on_success",
    created_at=TIME,
    ref="main",
    tag=False,
    allow_failure=False,
    bridge=False,
    tags=(),
    start_in=None,
    failure_reason=None,
    started_at=None,
    finished_at=None,
    erased_at=None,
    duration=None,
    queued_duration=None,
    coverage=None,
)
RELEASE = COMPILE._replace(
    id=9003,
    name="release",
    stage="deploy",
    stage_index=1,
    position=1,
    when="delayed",
    start_in="5 minutes",
    tags=("linux", "arm"),
    allow_failure=True,
)
DOWNSTREAM = COMPILE._replace(
    id=9004,
    name="downstream",
    stage="deploy",
    stage_index=1,
    position=2,
    bridge=True,
    status="failed",
    failure_reason="script_failure",
    started_at="2026-03-01T10:21:00.000Z",
    finished_at="2026-03-01T10:22:00.000Z",
    duration=60.5,
    coverage=30.25,
)
JOBS = [COMPILE, RELEASE, DOWNSTREAM]
PIPELINE = Pipeline(9001, 17, 7, 5, ITEM["sha"], "main", False, "trigger", "created", TIME, TIME, first_job=9002)
FORMER = {name: value for name, value in ITEM.items() if name != "jobs_format"}


@pytest.mark.parametrize("item", [ITEM, FORMER], ids=["with its format", "without"])
def test_an_item_of_format_1_is_read_to_the_same_jobs(item):
    assert from_item(item) == JOBS
    assert from_item(values(attributes(item))) == JOBS


def test_the_defaults_of_format_1_never_change():
    assert FORMATS[1] == {
        "name": "",
        "stage": "",
        "stage_index": 0,
        "status": "created",
        "when": "on_success",
        "allow_failure": False,
        "bridge": False,
        "tags": (),
        "start_in": None,
        "failure_reason": None,
        "started_at": None,
        "finished_at": None,
        "erased_at": None,
        "duration": None,
        "queued_duration": None,
        "coverage": None,
    }


def test_other_defaults_of_jobs_do_not_change_what_is_read(monkeypatch):
    def other_defaults(pipeline, position):
        return job_defaults(pipeline, position)._replace(
            status="waiting_for_resource", when="manual", allow_failure=True, tags=("new",), coverage=1.0
        )

    monkeypatch.setattr(inline_jobs, "job_defaults", other_defaults)

    assert from_item(ITEM) == JOBS


def test_other_defaults_of_jobs_do_not_change_what_is_written(monkeypatch):
    monkeypatch.setattr(
        inline_jobs, "job_defaults", lambda *known: job_defaults(*known)._replace(status="waiting_for_resource")
    )

    assert to_attributes(PIPELINE, JOBS)["jobs"][0] == {"name": "compile", "stage": "build"}


def test_the_defaults_cover_every_field_that_does_not_follow_from_the_pipeline():
    of_pipeline = {"id", "project_id", "pipeline_id", "user_id", "position", "created_at", "ref", "tag"}

    assert set(FORMATS[inline_jobs.FORMAT]) == set(Job._fields) - of_pipeline


def test_jobs_are_written_as_the_item_has_them():
    written = to_attributes(PIPELINE, JOBS)

    assert values(attributes(written)) == {"jobs": ITEM["jobs"], "jobs_format": 1}


def test_new_jobs_are_read_as_they_were_written():
    planned = [
        {"name": "a", "stage": "build", "when": "on_success", "allow_failure": False, "bridge": False, "tags": ["x"]},
        {"name": "b", "stage": "deploy", "when": "manual", "allow_failure": True, "bridge": True, "tags": []},
    ]
    pipeline = PIPELINE._replace(stages=("build", "deploy"), job_count=2)
    jobs = new_jobs(pipeline, planned)
    item = values(attributes({**deepcopy(pipeline._asdict()), **to_attributes(pipeline, jobs)}))

    assert from_item(item) == jobs


def test_an_item_without_jobs_has_none():
    assert to_attributes(PIPELINE, []) == {}
    assert from_item(values(attributes(PIPELINE._asdict()))) == []


def test_an_unknown_format_is_a_fault():
    with pytest.raises(KeyError):
        from_item({**ITEM, "jobs_format": 99})
