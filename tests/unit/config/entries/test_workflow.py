"""`workflow`."""

import pytest


@pytest.mark.parametrize(
    ("workflow", "expected"),
    [
        ("x", [" config should be a hash"] * 2),
        ("{rule: []}", [" config contains unknown keys: rule"]),
        (f"{{name: {'x' * 256}}}", [" name is too long (maximum is 255 characters)"]),
        ("{rules: []}", [":rules config can't be blank"]),
        ("{rules: x}", [":rules config should be an array"]),
        ("{rules: [x]}", [":rules:rule config should be a hash"] * 2),
        ("{rules: [{when: manual}]}", [":rules:rule when unknown value: manual"]),
        ("{rules: [{interruptible: true}]}", [":rules:rule config contains unknown keys: interruptible"]),
        ("{rules: [{if: $A, allow_failure: true}]}", []),
        ("{auto_cancel: x}", [":auto_cancel config should be a hash"]),
        ("{auto_cancel: {foo: 1}}", [":auto_cancel config contains unknown keys: foo"]),
        (
            "{auto_cancel: {on_new_commit: x, on_job_failure: 5}}",
            [
                ":auto_cancel on new commit must be one of: conservative, interruptible, none",
                ":auto_cancel on job failure should be a string",
                ":auto_cancel on job failure must be one of: none, all",
            ],
        ),
        (
            "{rules: [{auto_cancel: {on_new_commit: x}}]}",
            [":rules:rule:auto_cancel on new commit must be one of: conservative, interruptible, none"],
        ),
    ],
)
def test_a_workflow_is_refused_in_these_words(messages, workflow, expected):
    assert messages(f"workflow: {workflow}\na: {{script: s}}") == [f"workflow{message}" for message in expected]


@pytest.mark.parametrize(
    ("written", "rules", "has_rules"),
    [
        ("", None, False),
        ("workflow:", None, False),
        ("workflow: {rules: }", None, True),
        ("workflow: {name: x}", None, False),
    ],
)
def test_a_key_for_rules_counts_even_without_any(check, written, rules, has_rules):
    workflow = check(f"{written}\na: {{script: s}}").workflow

    assert (workflow.rules, workflow.has_rules) == (rules, has_rules)


def test_a_workflow_says_what_is_written(check):
    workflow = check("""
        workflow: {name: n, auto_cancel: {on_new_commit: none}, rules: [{if: $A, auto_cancel: {on_job_failure: all}}]}
        a: {script: s}
    """).workflow

    assert (workflow.name, workflow.auto_cancel) == ("n", {"on_new_commit": "none"})
    assert [(rule.if_, rule.auto_cancel) for rule in workflow.rules] == [("$A", {"on_job_failure": "all"})]
