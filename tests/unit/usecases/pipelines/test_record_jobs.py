"""From a plan to a recorded pipeline."""

import pytest

from pullcord.ids import IdTaken, pipeline_of_job
from pullcord.usecases.pipelines.evaluate_rules import evaluate_rules
from pullcord.usecases.pipelines.record_jobs import RecordDeps, record_jobs
from tests.unit.usecases.fakes import NOW, Pipelines, Time
from tests.unit.usecases.hosts import IDS, Repository, evaluate_deps, request_context

TASK = {"request": "42", "project": "7", "iid": "3"}


@pytest.fixture
def pipelines():
    return Pipelines()


@pytest.fixture
def record(pipelines):
    def evaluate_and_record(text, task=TASK):
        deps = evaluate_deps(request_context(), Repository({".gitlab-ci.yml": text}))
        evaluate_rules(IDS, deps)
        return record_jobs(task, RecordDeps(deps.results, pipelines, Time().runtime))

    return evaluate_and_record


def test_jobs_are_recorded_with_consecutive_ids(record, pipelines):
    outcome = record(
        "stages: [b, a]\none: {stage: a, script: x}\ntwo: {stage: b, script: x, tags: [t], when: manual}\n"
    )

    pipeline, jobs = pipelines.stored[42], pipelines.all_jobs
    assert outcome["outcome"] == "recorded"
    assert (pipeline.iid, pipeline.trigger_id, pipeline.status, pipeline.job_count) == (3, 11, "created", 2)
    assert [job.id for job in jobs] == [pipeline.first_job, pipeline.first_job + 1]
    assert {(job.pipeline_id, job.project_id, job.user_id, job.status) for job in jobs} == {(42, 7, 5, "created")}
    by_name = {job.name: job for job in jobs}
    assert by_name["two"].stage_index < by_name["one"].stage_index
    assert (by_name["two"].tags, by_name["two"].when) == (("t",), "manual")


def test_the_outcome_has_public_fields_alone(record):
    outcome = record("job: {script: x}\n")

    assert outcome["pipeline"]["iid"] == 3
    assert outcome["pipeline"]["created_at"] == NOW
    assert set(outcome["user"]) == {"id", "username", "name", "state", "public_email"}


def test_a_wrong_configuration_is_recorded_as_failed(record, pipelines):
    outcome = record("job: {}\n")

    pipeline, jobs = pipelines.stored[42], pipelines.all_jobs
    assert outcome == {"outcome": "invalid", "code": "config_error"}
    assert (pipeline.status, pipeline.failure_reason, jobs) == ("failed", "config_error", [])
    assert pipeline.yaml_errors.startswith("jobs job config should implement")


def test_a_pipeline_has_the_count_with_which_its_rules_were_evaluated(pipelines):
    deps = evaluate_deps(request_context(iid=2), Repository({".gitlab-ci.yml": "job: {script: x}\n"}))
    evaluate_rules(IDS, deps)

    record_jobs(TASK, RecordDeps(deps.results, pipelines, Time().runtime))

    assert pipelines.stored[42].iid == 2


def test_a_repeated_task_returns_the_recorded_pipeline(record):
    first = record("job: {script: x}\n")

    assert record("job: {script: x}\n", {**TASK, "iid": "4"}) == first


def test_taken_ids_of_jobs_are_replaced_by_others():
    class Busy(Pipelines):
        attempts = 0

        def record(self, pipeline, jobs, now):
            self.attempts += 1
            if self.attempts < 3:
                raise IdTaken
            return super().record(pipeline, jobs, now)

    evaluation, pipelines = (
        evaluate_deps(request_context(), Repository({".gitlab-ci.yml": "job: {script: x}\n"})),
        Busy(),
    )
    evaluate_rules(IDS, evaluation)
    time = Time()

    record_jobs(TASK, RecordDeps(evaluation.results, pipelines, time.runtime))

    pipeline, (job,) = pipelines.stored[42], pipelines.all_jobs
    assert job.id == pipeline.first_job != 43
    assert pipeline_of_job(job.id) is None
