"""Trigger jobs."""

import pytest

NOTHING = " config should contain either a trigger or a needs:pipeline"
TOO_MANY = ":trigger:include config is too long (maximum is 3)"
BLANK_PROJECT = [":trigger project should be a string", ":trigger project can't be blank"]
FILE = ":trigger:include:include config must specify the"


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        ("trigger: 5", [":trigger has to be either a string or a hash"]),
        ('trigger: ""', [":trigger config can't be blank"]),
        ("trigger: {}", [":trigger config can't be blank", *BLANK_PROJECT]),
        ("trigger: {branch: main}", BLANK_PROJECT),
        ("trigger: {project: g/p, foo: 1}", [":trigger config contains unknown keys: foo"]),
        ("trigger: {project: g/p, branch: 5}", [":trigger branch should be a string"]),
        ("trigger: {project: g/p, strategy: x}", [":trigger strategy should be depend or mirror"]),
        ("trigger: {project: g/p, forward: {x: 1}}", [":trigger:forward config contains unknown keys: x"]),
        (
            "trigger: {project: g/p, forward: {yaml_variables: 1}}",
            [":trigger:forward yaml variables should be a boolean value"],
        ),
        ("trigger: {project: g/p, include: a.yml}", [":trigger config contains unknown keys: project"]),
        ("trigger: {include: {local: a.yml}}", [":trigger:include config should be an array or a string"]),
        ("trigger: {include: [a, b, c, d]}", [TOO_MANY]),
        ("trigger: {include: [5]}", [":trigger:include:include config should be a hash or a string"]),
        ("trigger: {include: [{artifact: a.yml}]}", [f"{FILE} job where to fetch the artifact from"]),
        ("trigger: {include: [{project: g/p}]}", [f"{FILE} file where to fetch the config from"]),
        ("trigger: {include: [{path: a}]}", [":trigger:include:include config contains unknown keys: path"]),
        ("trigger: {include: [{local: a, rules: x}]}", [":trigger:include:include rules should be an array of hashes"]),
        ("trigger: g/p, parallel: 2", [':parallel config cannot use "parallel: <number>".']),
        ("trigger: g/p, needs: [{pipeline: $P, job: b}]", [":needs config uses invalid types: cross_dependency"]),
        ("trigger: g/p, image: x, tags: [y]", [" config contains unknown keys: image, tags", NOTHING]),
        ("trigger: g/p, allow_failure: {exit_codes: 1}", [" allow failure should be a boolean value", NOTHING]),
        ("trigger: g/p, when: delayed", [" when should be one of: on_success, on_failure, always, manual", NOTHING]),
        ("needs: [b]", [NOTHING]),
        ("needs: [{pipeline: g/p}, {pipeline: g/q}]", [" config should contain at most one bridge need"]),
        ("needs: x", [NOTHING, ":needs config can only be a hash or an array"]),
        ("trigger: , needs: [b]", [NOTHING]),
    ],
)
def test_a_trigger_job_is_refused_in_these_words(messages, job, expected):
    assert messages(f"a: {{{job}}}") == [f"jobs:a{message}" for message in expected]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("g/p", {"project": "g/p"}),
        ("{project: g/p, branch: , strategy: mirror}", {"project": "g/p", "strategy": "mirror"}),
        ("{project: g/p, inputs: {a: 1}}", {"project": "g/p", "inputs": {"a": 1}}),
        ("{include: a.yml}", {"include": "a.yml"}),
        (
            "{include: [{artifact: a.yml, job: b}], forward: {pipeline_variables: true}}",
            {"include": [{"artifact": "a.yml", "job": "b"}], "forward": {"pipeline_variables": True}},
        ),
    ],
)
def test_a_trigger_is_what_is_written(check, named, written, expected):
    assert named("a", check(f"a: {{trigger: {written}}}")).options == {"trigger": expected}


def test_a_trigger_job_takes_only_interruptible_from_the_defaults(check, named):
    checked = check("default: {interruptible: true, image: x, tags: [y]}\na: {trigger: g/p}")

    assert named("a", checked).options == {"interruptible": True, "trigger": {"project": "g/p"}}


def test_a_job_may_follow_one_pipeline_of_elsewhere(check, named):
    assert named("a", check("a: {needs: [{pipeline: g/p}]}")).needs[0].pipeline == "g/p"
