"""Triggering a pipeline with inputs for a configuration that declares some."""

import json

import pytest

CONFIGURATION = """\
spec:
  inputs:
    deploy_strategy: {options: [blue-green, rolling, manual-later]}
    job_stage:
    test_script: {type: array}
    parallel_jobs: {type: number, default: 1}
    allow_failure: {type: boolean, default: false}
    test_rules: {type: array, default: [{when: on_success}]}
---
stages: [build, test, deploy]
my-job-build:
  stage: build
  script: echo build
  parallel: $[[ inputs.parallel_jobs ]]
my-job-test:
  stage: $[[ inputs.job_stage ]]
  script: $[[ inputs.test_script ]]
  allow_failure: $[[ inputs.allow_failure ]]
  rules: $[[ inputs.test_rules ]]
my-job-deploy:
  stage: deploy
  script: echo $[[ inputs.deploy_strategy ]]
"""
INPUTS = {
    "deploy_strategy": "blue-green",
    "job_stage": "test",
    "test_script": ["echo testing", "echo more"],
    "parallel_jobs": 3,
    "allow_failure": True,
    "test_rules": [{"if": '$CI_PIPELINE_SOURCE == "trigger"'}],
}
JOBS = [f"my-job-build {number}/3" for number in (1, 2, 3)] + ["my-job-test", "my-job-deploy"]


@pytest.fixture(scope="module")
def configurable(make_project):
    return make_project(CONFIGURATION)


def as_form(inputs):
    """Texts stay, all else becomes JSON."""
    return {f"inputs[{name}]": one if isinstance(one, str) else json.dumps(one) for name, one in inputs.items()}


def complaint(project, inputs):
    status, reported = project.refused(inputs=inputs)
    assert status == 422
    (phrase,) = reported["message"]["base"]
    return phrase


def test_typed_inputs_of_json_reach_the_configuration(configurable):
    jobs = {job["name"]: job for job in configurable.jobs(configurable.triggered(inputs=INPUTS))}

    assert sorted(jobs) == sorted(JOBS)
    assert jobs["my-job-test"]["allow_failure"] is True
    assert jobs["my-job-deploy"]["allow_failure"] is False


@pytest.mark.parametrize("place", ["form", "query"])
def test_inputs_of_a_form_or_query_are_the_same(configurable, place):
    sent = {"token": configurable.token, "ref": "main", **as_form(INPUTS)}

    reply = configurable.post_trigger(**{place: sent})

    assert reply.status == 201, reply.body
    jobs = {job["name"]: job for job in configurable.jobs(reply.json())}
    assert sorted(jobs) == sorted(JOBS)
    assert jobs["my-job-test"]["allow_failure"] is True


def test_inputs_may_be_json_text_in_json(configurable):
    inputs = {name: value if isinstance(value, str) else json.dumps(value) for name, value in INPUTS.items()}

    assert len(configurable.jobs(configurable.triggered(inputs=inputs))) == 5


def test_all_inputs_that_are_missing_are_named(configurable):
    phrase = complaint(configurable, {})

    for name in ("deploy_strategy", "job_stage", "test_script"):
        assert f"`{name}` input: required value has not been provided" in phrase


def test_wrong_values_are_named(configurable):
    phrase = complaint(configurable, INPUTS | {"deploy_strategy": "manual", "test_script": "echo"})

    wanted = "`deploy_strategy` input: `manual` cannot be used because it is not in the list of allowed options"
    assert wanted in phrase
    assert "`test_script` input: provided value is not an array" in phrase


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("parallel_jobs", "many", "is not a number"),
        ("allow_failure", "perhaps", "is not a boolean"),
        ("test_script", {"a": 1}, "is not an array"),
    ],
)
def test_a_value_of_another_type_is_named(configurable, name, value, problem):
    assert f"`{name}` input: provided value {problem}" in complaint(configurable, INPUTS | {name: value})


def test_an_unknown_input_is_named(configurable):
    assert "unknown input arguments: foo" in complaint(configurable, INPUTS | {"foo": 1})


def test_of_many_problems_the_first_three_are_named(configurable):
    wrong = {"deploy_strategy": "x", "test_script": "x", "parallel_jobs": "x", "allow_failure": "x"}

    phrase = complaint(configurable, INPUTS | wrong)

    assert phrase.count(" input: ") == 3
    assert phrase.count(", `") == 2
    assert "`allow_failure`" not in phrase


def test_inputs_for_a_configuration_without_any_are_refused(widgets):
    phrase = complaint(widgets, {"a": "1"})

    assert "Given inputs not defined in the `spec` section of the included configuration file" in phrase


def test_what_is_wrong_with_inputs_is_stored(configurable):
    phrase = complaint(configurable, INPUTS | {"foo": 1})

    newest = configurable.read("/pipelines")[0]
    assert newest["status"] == "failed"
    assert configurable.read(f"/pipelines/{newest['id']}")["yaml_errors"] == phrase


def test_inputs_are_part_of_the_payload_and_no_variables(configurable):
    (payload,) = configurable.variables(configurable.triggered(inputs=INPUTS))

    assert json.loads(payload["value"])["inputs"] == INPUTS
