"""What jobs say about each other."""

import pytest

BUILD = "a: {script: s, stage: build}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "A: {script: s, stage: Nope}",
            "A job: chosen stage Nope does not exist; available stages are .pre, build, test, deploy, .post",
        ),
        ("A: {script: s, needs: [B]}", "A job: undefined need: B"),
        ("A: {script: s, dependencies: [B]}", "A job: undefined dependency: B"),
        (
            "b: {script: s, stage: build, needs: [t]}\nt: {script: s}",
            "b job: need t is not defined in current or prior stages",
        ),
        (
            "b: {script: s, stage: build, dependencies: [t]}\nt: {script: s}",
            "b job: dependency t is not defined in current or prior stages",
        ),
        (BUILD + "b: {script: s, needs: [a, {job: a, artifacts: false}]}", "b has the following needs duplicated: a."),
        ("b: {script: s, rules: [{if: $NO, needs: [z]}]}", "b job: undefined need: z"),
        ("a: {trigger: {include: [{artifact: c.yml, job: gen}]}}", "a job: undefined dependency: gen"),
        (
            "b: {script: s, environment: {name: x, on_stop: a}}\na: {script: s, environment: {name: x}}",
            "b job: on_stop job a needs to have action stop defined",
        ),
        (
            "b: {script: s, environment: {name: x, on_stop: a}}\na: {script: s, environment: {name: y, action: stop}}",
            "b job: on_stop job a have different environment name",
        ),
        (
            "b: {script: s, environment: {name: x, on_stop: a}}\na: {script: s}",
            "b job: on_stop job a does not have environment defined",
        ),
        ("b: {script: s, environment: {name: x, on_stop: a}}", "b job: on_stop job a is not defined"),
        ("A: {script: s, needs: [A]}", "The pipeline has circular dependencies: self-dependency: A"),
        (
            "a: {script: s, needs: [c]}\nb: {script: s, needs: [a]}\nc: {script: s, needs: [b]}",
            'The pipeline has circular dependencies: topological sort failed: ["a", "c", "b"]',
        ),
    ],
)
def test_a_false_statement_is_refused_in_gitlabs_words(compiled, text, message):
    plan = compiled(text)

    assert (plan.outcome, plan.errors[0].message) == ("invalid", message)


@pytest.mark.parametrize(
    "text",
    [
        BUILD + "b: {script: s, needs: [a], dependencies: [a]}",
        BUILD + "b: {script: s, stage: build, needs: [a]}",
        BUILD + "b: {script: s, needs: [{job: z, optional: true}]}",
        "b: {script: s, needs: []}",
        "b: {script: s, environment: {name: x, on_stop: a}}\na: {script: s, environment: {name: x, action: stop}}",
    ],
)
def test_a_true_statement_is_not(compiled, text):
    assert compiled(text).outcome == "planned"


def test_every_invalid_job_is_reported_with_its_location(compiled):
    plan = compiled("a: {script: s, stage: x}\nb:\n  script: s\n  needs: [y]")

    assert [problem.location.line for problem in plan.errors] == [1, 4]
