"""From a plan to a recorded pipeline."""

import pytest

from pullcord.usecases.pipelines.evaluate_rules import evaluate_rules
from pullcord.usecases.pipelines.record_jobs import RecordDeps, record_jobs
from tests.unit.usecases.fakes import IDS, NOW, Repository, Results, Time, evaluation, subject

RECORD = {"request": "42", "project": "7", "iid": "3"}


class Pipelines:
    """Recorded pipelines; the first one of an id stays."""

    def __init__(self):
        self.stored = {}

    def record(self, pipeline, jobs, _now):
        return self.stored.setdefault(pipeline.id, (pipeline, list(jobs)))[0]


@pytest.fixture
def pipelines():
    return Pipelines()


@pytest.fixture
def recorded(pipelines):
    def record(text, ids=RECORD):
        results, runtime = Results(), Time().runtime
        repository = Repository({".gitlab-ci.yml": text})
        evaluate_rules(IDS, evaluation(subject(), repository, results))
        return record_jobs(ids, RecordDeps(results, pipelines, runtime))

    return record


def test_jobs_are_recorded_with_consecutive_numbers(recorded, pipelines):
    outcome = recorded(
        "stages: [b, a]\none: {stage: a, script: x}\ntwo: {stage: b, script: x, tags: [t], when: manual}\n"
    )

    pipeline, jobs = pipelines.stored[42]
    assert outcome["outcome"] == "recorded"
    assert (pipeline.iid, pipeline.trigger_id, pipeline.status, pipeline.job_count) == (3, 11, "created", 2)
    assert [job.id for job in jobs] == [pipeline.first_job, pipeline.first_job + 1]
    assert {(job.pipeline_id, job.project_id, job.user_id, job.status) for job in jobs} == {(42, 7, 5, "created")}
    by_name = {job.name: job for job in jobs}
    assert by_name["two"].stage_index < by_name["one"].stage_index
    assert (by_name["two"].tags, by_name["two"].when) == (("t",), "manual")


def test_the_caller_is_told_what_everybody_may_know(recorded):
    outcome = recorded("job: {script: x}\n")

    assert outcome["pipeline"]["iid"] == 3
    assert outcome["pipeline"]["created_at"] == NOW
    assert set(outcome["user"]) == {"id", "username", "name", "state", "public_email"}


def test_a_wrong_configuration_is_recorded_as_failed(recorded, pipelines):
    outcome = recorded("job: {}\n")

    pipeline, jobs = pipelines.stored[42]
    assert outcome == {"outcome": "invalid", "code": "config_error"}
    assert (pipeline.status, pipeline.failure_reason, jobs) == ("failed", "config_error", [])
    assert pipeline.yaml_errors.startswith("jobs job config should implement")


def test_recording_again_answers_what_was_recorded_first(recorded):
    first = recorded("job: {script: x}\n")

    assert recorded("job: {script: x}\n", {**RECORD, "iid": "4"}) == first
