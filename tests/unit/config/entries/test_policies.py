"""`only` and `except`."""

import pytest

from pullcord.config.checked import RefPolicy

REFS = "should be an array of strings or regular expressions using re2 syntax"


@pytest.mark.parametrize("key", ["only", "except"])
@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("x", "has to be either an array of conditions or a hash"),
        ("5", "has to be either an array of conditions or a hash"),
        ("[1]", f"config {REFS}"),
        ("['/(?=a)b/']", f"config {REFS}"),
        ("{}", "config can't be blank"),
        ("{foo: 1}", "config contains unknown keys: foo"),
        ("{refs: x}", f"refs {REFS}"),
        ("{refs: ['/(/']}", f"refs {REFS}"),
        ("{kubernetes: idle}", "kubernetes unknown value: idle"),
        ("{variables: $A}", "variables should be an array of strings"),
        ("{variables: [$A ==]}", "variables invalid expression syntax"),
        ("{changes: [1]}", "changes should be an array of strings"),
    ],
)
def test_a_policy_is_refused_in_these_words(wrong_with, key, policy, expected):
    assert wrong_with(f"{key}: {policy}") == [f"{key} {expected}"]


def test_every_invalid_condition_is_reported(wrong_with):
    assert wrong_with("only: {variables: [foo, $A, bar]}") == ["only variables invalid expression syntax"] * 2


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("[main, /^x/i, '/a/@g/p']", RefPolicy(refs=("main", "/^x/i", "/a/@g/p"))),
        ("[]", RefPolicy(refs=())),
        ("{variables: [$A], changes: [b]}", RefPolicy(variables=("$A",), changes=("b",))),
        ("{refs: [a], kubernetes: active}", RefPolicy(refs=("a",), kubernetes="active")),
    ],
)
def test_a_policy_is_what_is_written(job, written, expected):
    policy = job(f"only: {written}").only

    assert (policy.refs, policy.variables, policy.changes, policy.kubernetes) == (
        expected.refs,
        expected.variables,
        expected.changes,
        expected.kubernetes,
    )
