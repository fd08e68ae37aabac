"""What a job may say, and what comes of it."""

import pytest

from pullcord.config.checked import AllowFailure

WARNING = "may allow multiple pipelines to run for a single action due to `rules:when` clause with no `workflow:rules`"
SCRIPT = "config should be a string or a nested array of strings up to 10 levels deep"
WHEN = "when should be one of: on_success, on_failure, always, manual, delayed"


@pytest.mark.parametrize(
    ("keyword", "expected"),
    [
        ("foo: 1, Bar: 2", ["config contains unknown keys: foo, bar"]),
        ("before_script: {a: b}", [f"before_script {SCRIPT}"]),
        ("after_script: [1]", [f"after_script {SCRIPT}"]),
        ("when: never", [WHEN]),
        ("when: 5", ["when should be a string", WHEN]),
        ("dependencies: x", ["dependencies should be an array of strings"]),
        ("needs: [b], dependencies: [b, c]", ["dependencies the c should be part of needs"]),
        (
            "needs: [{pipeline: $P, job: b}], dependencies: [b]",
            ["needs corresponding to dependencies must be from the same pipeline"],
        ),
        ("allow_failure: often", ["allow failure should be a hash or a boolean value"]),
        ("allow_failure: {codes: 1}", ["allow_failure config contains unknown keys: codes"]),
        ("allow_failure: {exit_codes: x}", ["allow_failure exit codes should be an array of integers or an integer"]),
        ("manual_confirmation: 5", ["manual confirmation should be a string"]),
        ("start_in: 1 day", ["start in must be blank"]),
        ("when: delayed", ["start in should be a duration", "start in should not exceed the limit"]),
        ("when: delayed, start_in: 8 days", ["start in should not exceed the limit"]),
        ("when: delayed, start_in: 1 day, rules: ", ["start in must be blank"]),
        ("only: [main], rules: [{if: $A}]", ["config key may not be used with `rules`: only"]),
        ("except: [a], only: [b], rules: [{if: $A}]", ["config key may not be used with `rules`: except, only"]),
        ("resource_group: 5", ["resource group should be a string"]),
        ("stage: [a]", ["stage config should be a string"]),
        ("interruptible: 1", ["interruptible config should be a boolean value"]),
        ("publish: x", ["publish can only be used within a `pages` job"]),
        ("run: []", ["config these keys cannot be used together: script, run"]),
        (
            "trigger: g/p",
            ["config these keys cannot be used together: script, trigger", "config contains unknown keys: trigger"],
        ),
    ],
)
def test_a_job_is_refused_in_these_words(wrong_with, keyword, expected):
    assert wrong_with(keyword) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {script: }", ["jobs:a script can't be blank"]),
        ("a: {script: []}", ["jobs:a script can't be blank"]),
        ("a: {script: [true]}", [f"jobs:a:script {SCRIPT}"]),
        ("a: {script: [[[[[[[[[[[x]]]]]]]]]]]}", [f"jobs:a:script {SCRIPT}"]),
        ("a: {run: x}", ["jobs:a run value at root is not an array"]),
        ("a: {run: [{name: x}]}", ["jobs:a run value at /0 should use only one of: name, step, script"]),
    ],
)
def test_a_job_needs_something_to_run(messages, text, expected):
    assert messages(text) == expected


def test_commands_within_lists_become_one_list(check, named):
    checked = check("a: {script: [[a, [b]], c], before_script: x, after_script: []}")

    assert named("a", checked).options == {"script": ["a", "b", "c"], "before_script": ["x"], "after_script": []}


def test_steps_take_the_place_of_a_script(check, named):
    assert named("a", check("a: {run: [{name: x, script: y}]}")).options["run"] == [{"name": "x", "script": "y"}]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("true", AllowFailure(allowed=True)),
        ("false", AllowFailure(allowed=False)),
        ("{exit_codes: 1}", AllowFailure(allowed=False, exit_codes=(1,))),
        ("{exit_codes: [1, 2]}", AllowFailure(allowed=False, exit_codes=(1, 2))),
        ("", None),
    ],
)
def test_some_exit_codes_are_no_failure_that_is_allowed_beforehand(job, written, expected):
    assert job(f"allow_failure: {written}").allow_failure == expected


def test_null_is_as_good_as_nothing(job):
    found = job("stage: , rules: , only: , needs: , variables: , tags: , retry: , environment: ")

    assert (found.stage, found.rules, found.only, found.needs, found.variables) == ("test", None, None, None, ())
    assert found.options == {"script": ["s"]}


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("a: {script: s, rules: [{when: always}]}", True),
        ("a: {script: s, rules: [{if: $A}, [{when: manual, changes: }]]}", True),
        ("a: {trigger: g/p, rules: [{when: always}]}", True),
        ("a: {script: s, rules: [{when: never}]}", False),
        ("a: {script: s, rules: [{if: $A, when: always}]}", False),
        ("workflow: {rules: }\na: {script: s, rules: [{when: always}]}", False),
    ],
)
def test_a_last_rule_for_everything_is_warned_of_unless_the_workflow_has_rules(check, text, warned):
    checked = check(text)

    assert not checked.errors
    assert [warning.message.startswith(f"jobs:a {WARNING}") for warning in checked.warnings] == [True] * warned
