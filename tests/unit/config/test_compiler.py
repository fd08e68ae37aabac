"""The whole compiler: outcomes, the trace, hostile texts, growth."""

import gc
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullcord.config import compile_pipeline
from pullcord.config.compiler import EMPTY
from pullcord.config.context import CompilerLimits, Context, Variable
from pullcord.config.jobs import matrix
from pullcord.config.plan import Clause, EvaluatedRule
from pullcord.config.problems import Location
from tests.counting import steps

JOB = "j: {script: s}"


@pytest.mark.parametrize(
    ("text", "given", "outcome", "message"),
    [
        (JOB, {}, "planned", None),
        ("j: {script: s, stage: .pre}", {}, "empty", EMPTY),
        ("j: {script: s, rules: [{if: $NO}]}", {}, "empty", EMPTY),
        ("", {}, "invalid", "Please provide content of .gitlab-ci.yml"),
        (JOB, {"commit_message": "x [skip ci]"}, "skipped", None),
        ("broken: [", {"commit_message": "x [CI_SKIP]"}, "skipped", None),
        (JOB, {"commit_message": "x [ci-skip]", "ignore_skip": True}, "planned", None),
        (JOB, {"commit_message": "x [skipci]"}, "planned", None),
        (JOB, {"variables": [Variable("A", "1")] * 2}, "invalid", "Duplicate variable name: A"),
        (JOB, {"variables": [Variable("A", "1"), Variable("B", "1")] * 2}, "invalid", "Duplicate variable names: A, B"),
        (
            "j: {script: s, parallel: 3, environment: e}",
            {"limits": CompilerLimits(deployments=2)},
            "invalid",
            "Pipeline has too many deployments! Requested 3, but the limit is 2.",
        ),
        (
            "j: {script: s, parallel: 3}",
            {"limits": CompilerLimits(jobs=2)},
            "invalid",
            matrix.too_many(2),
        ),
        ("j: {script: s, parallel: 3}", {"limits": CompilerLimits(jobs=3)}, "planned", None),
    ],
)
def test_every_text_has_an_outcome(compiled, text, given, outcome, message):
    plan = compiled(text, **given)

    assert (plan.outcome, plan.errors[0].message if plan.errors else None) == (outcome, message)


def test_jobs_are_ordered_by_stage_and_then_as_written(compiled):
    plan = compiled("""
        stages: [.post, one, two]
        d: {script: s, stage: .post}
        b: {script: s, stage: two}
        c: {script: s, stage: two}
        a: {script: s, stage: one}
        """)

    assert [job.name for job in plan.jobs] == ["a", "b", "c", "d"]
    assert plan.stages == ("one", "two", ".post")


def test_the_trace_tells_rule_by_rule_what_was_seen_and_where(compiled):
    text = 'a:\n  script: s\n  rules:\n    - if: $SECRET == "x" && $B\n    - if: $CI && $NO\n    - if: $CI\n      changes: [$D/x]\n'
    plan = compiled(text, variables=[Variable("SECRET", "hunter2", masked=True), Variable("D", "d")])

    [decision] = plan.decisions
    assert (decision.name, decision.included, decision.by, decision.location) == (
        "a",
        True,
        "rules",
        Location("", 6, 7),
    )
    assert decision.rules == (
        EvaluatedRule(
            Location("", 4, 7), False, (Clause("if", '$SECRET == "x" && $B', False, {"SECRET": "[MASKED]"}),)
        ),
        EvaluatedRule(Location("", 5, 7), False, (Clause("if", "$CI && $NO", False, {"CI": "true", "NO": None}),)),
        EvaluatedRule(
            Location("", 6, 7),
            True,
            (Clause("if", "$CI", True, {"CI": "true"}), Clause("changes", "$D/x", True, {"D": "d"})),
        ),
    )


@pytest.mark.parametrize(
    "text", ["j: {script: s, rules: [{if: $NO}]}", "workflow: {rules: [{if: $NO}]}\nj: {script: s}"]
)
def test_a_refusal_is_explained_as_well(compiled, text):
    plan = compiled(text)

    [clause] = (plan.decisions[0] if plan.decisions else plan.workflow).rules[0].clauses
    assert (clause.held, clause.seen) == (False, {"NO": None})


def test_without_a_trace_the_plan_is_the_same(repository):
    given = ("j: {script: s, rules: [{if: $NO}, {when: manual}]}", None, Context(), repository())
    with_trace, without = compile_pipeline(*given), compile_pipeline(*given, trace=False)

    assert (with_trace.jobs, without.decisions, without.workflow) == (without.jobs, (), None)


FRAGMENTS = [
    "a",
    "b: ",
    "script: s",
    "rules:",
    "- if: $A =~ '/(/'",
    "{",
    "}",
    "[",
    "]",
    "*x",
    "&x ",
    "\n",
    "\n  ",
    "\n    - ",
]
KEYS = [
    "needs: [a]",
    "parallel: {matrix: [{A: [x]}]}",
    "extends: a",
    "!reference [a, b]",
    "include: x.yml",
    "when: manual",
]


@settings(max_examples=50)  # a whole compilation each
@given(st.lists(st.sampled_from([*FRAGMENTS, *KEYS]), max_size=40).map("".join) | st.text(max_size=80))
def test_no_text_makes_the_compiler_fail(repository, text):
    plan = compile_pipeline(text, None, Context(), repository())

    assert (plan.outcome == "planned") is not bool(plan.errors)


def file_of(jobs: int) -> str:
    rules = "[{if: '$A == \"x\"'}, {if: $CI_COMMIT_TAG =~ /^v1/}, {if: '$B || $C', when: never}, {when: on_success}]"
    return "\n".join(f"j{index}: {{script: s, variables: {{I: {index}}}, rules: {rules}}}" for index in range(jobs))


def test_ten_times_the_jobs_take_no_more_than_ten_times_the_steps(compiled):
    few, many = (steps(partial(compiled, file_of(jobs))) for jobs in (100, 1000))

    assert few < many < 10 * few


def test_the_garbage_collector_works_again_afterwards(compiled):
    compiled(JOB)

    assert gc.isenabled()
