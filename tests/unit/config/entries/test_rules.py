"""Rules of jobs, workflows and includes."""

import pytest

from pullcord.config.checked import Paths, Rule
from pullcord.config.entries.rules import check_rules

LIST = "should be an array containing hashes and arrays of hashes"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ("[]", ["rules config can't be blank"]),
        ("[{}]", ["rules:rule config can't be blank"]),
        ("[{foo: 1}]", ["rules:rule config contains unknown keys: foo"]),
        ("[{auto_cancel: {}}]", ["rules:rule config contains unknown keys: auto_cancel"]),
        ("[{when: x}]", ["rules:rule when unknown value: x"]),
        ("[{if: '$A == 5'}]", ["rules:rule if invalid expression syntax"]),
        ("[{if: true, when: x}]", ["rules:rule if invalid expression syntax", "rules:rule when unknown value: x"]),
        ("[{start_in: 1 day}]", ["rules:rule config contains disallowed keys: start_in"]),
        (
            "[{when: delayed}]",
            [
                "rules:rule start in can't be blank",
                "rules:rule start in should be a duration",
                "rules:rule start in should not exceed the limit",
            ],
        ),
        ("[{when: delayed, start_in: 1 week}]", []),
        ("[{when: delayed, start_in: 8 days}]", ["rules:rule start in should not exceed the limit"]),
        ("[{allow_failure: {exit_codes: 1}}]", ["rules:rule allow failure should be a boolean value"]),
        ("[{interruptible: 1}]", ["rules:rule interruptible should be a boolean value"]),
        ("[{changes: x}]", ["rules:rule:changes should be an array or a hash"]),
        ("[{changes: [1]}]", ["rules:rule:changes config should be an array of strings"]),
        (f"[{{changes: [{', '.join(['x'] * 51)}]}}]", ["rules:rule:changes config has too many entries (maximum 50)"]),
        (
            "[{changes: {compare_to: main}}]",
            [
                "rules:rule:changes config missing required keys: paths",
                "rules:rule:changes paths should be an array of strings",
                "rules:rule:changes paths has too many entries (maximum 50)",
            ],
        ),
        ("[{changes: {paths: [a], foo: 1}}]", ["rules:rule:changes config contains unknown keys: foo"]),
        ("[{changes: {paths: [a], compare_to: 1}}]", ["rules:rule:changes compare to should be a string"]),
        ("[{exists: 5}]", ["rules:rule:exists should be a string, an array of strings, or a hash"]),
        ("[{exists: {paths: [a], ref: x}}]", ["rules:rule:exists config missing required keys: project"]),
        ("[{exists: {project: g/p}}]", ["rules:rule:exists config missing required keys: paths"]),
        ("[{variables: {A: {value: x}}}]", ["rules:rule:variables:a config must be a string"]),
        ("[{variables: x}]", ["rules:rule:variables config should be a hash"]),
        ("[{needs: x}]", ["rules:rule:needs config can only be a hash or an array"]),
        ("[{needs: [{pipeline: $A, job: b}]}]", ["rules:rule:needs config uses invalid types: cross_dependency"]),
        ("[{if: $A}, [[{if: x}]]]", ["rules:rule if invalid expression syntax"]),
    ],
)
def test_rules_of_a_job_are_refused_in_these_words(wrong_with, rules, expected):
    assert wrong_with(f"rules: {rules}") == expected


@pytest.mark.parametrize("rules", ["x", "{if: $A}", "[x]", "[[x]]", f"{'[' * 11}{{if: $A}}{']' * 11}"])
def test_rules_of_a_job_are_maps_in_lists(wrong_with, rules):
    assert wrong_with(f"rules: {rules}") == [f"rules {LIST}"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([], ["include:rules config can't be blank"]),
        ([{"if": "foo"}], ["include:rule if invalid expression syntax"]),
        ([{"when": "manual"}], ["include:rule when unknown value: manual"]),
        ([{"variables": {}}], ["include:rule config contains unknown keys: variables"]),
        ([{"changes": "x"}], ["include:rule:changes should be an array or a hash"]),
        ([{"exists": ["x"] * 51}], []),
        (["x"], ["include:rule config should be a hash"] * 2),
    ],
)
def test_rules_of_an_include_are_refused_in_these_words(value, expected):
    assert [problem.message for problem in check_rules(value, "include", "include")[1]] == expected


def test_a_rule_says_what_is_written_and_nothing_else(job):
    rules = job("""rules: [
        [{if: $A, changes: {paths: [a], compare_to: main}, exists: b, when: manual, allow_failure: true}],
        {exists: {paths: [c], project: g/p, ref: x}, variables: {A: 1}, needs: [b], interruptible: false}]""").rules

    assert [rule.changes for rule in rules] == [Paths(("a",), compare_to="main"), None]
    assert [rule.exists for rule in rules] == [Paths(("b",)), Paths(("c",), project="g/p", ref="x")]
    assert (rules[0].if_, rules[0].when, rules[0].allow_failure.allowed, rules[0].needs) == ("$A", "manual", True, None)
    assert (rules[1].variables[0].value, rules[1].needs[0].name, rules[1].interruptible) == ("1", "b", False)


def test_a_pattern_may_stand_for_the_paths(job):
    rules = job("rules: [{changes: {regexp: '^a'}}, {exists: {regexp: b}}]").rules

    assert (rules[0].changes.regexp, rules[1].exists.regexp) == ("^a", "b")


def test_an_empty_rule_has_only_its_location(job):
    assert job("rules: [{if: }]").rules == (Rule(location=job("rules: [{if: }]").rules[0].location),)
