"""What only shows when it is known which jobs are in."""

import pytest

MISSING = (
    "'{0}' job needs '{1}' job, but '{1}' does not exist in the pipeline. "
    "This might be because of the only, except, or rules keywords. "
    "To need a job that sometimes does not exist in the pipeline, use needs:optional."
)


def test_needed_jobs_must_be_in_the_pipeline(compiled):
    plan = compiled("""
        a: {script: s, stage: build, rules: [{when: never}]}
        b: {script: s, needs: [a]}
        c: {script: s, needs: [{job: a, optional: true}]}
        d: {script: s, needs: [a], rules: [{when: never}]}
        e: {script: s, needs: [a]}
        """)

    assert [problem.message for problem in plan.errors] == [MISSING.format("b", "a") + "\n" + MISSING.format("e", "a")]


def test_more_than_50_needs_are_too_many(compiled):
    plan = compiled("p: {script: s, stage: build, parallel: 51}\nb: {script: s, needs: [p]}")

    assert plan.errors[0].message == (
        "b: one job can only need 50 others, but you have listed 51. See needs keyword documentation for more details"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('variables: {A: "$B", B: "$A"}\nj: {script: s}', 'j: circular variable reference detected: ["A", "B"]'),
        (
            'variables: {A: "$B"}\nj: {script: s, variables: {B: "x$C", C: "$A"}}',
            'j: circular variable reference detected: ["A", "B", "C"]',
        ),
        ('variables: {A: "$B", B: "$A"}\nj: {script: s, variables: {A: a}}', None),
        ('j: {script: s, variables: {A: "x$A"}}', None),
        ('j: {script: s, variables: {A: "$B", B: {value: "$A", expand: false}}}', None),
        ('variables: {A: "$B", B: "$A"}\nj: {script: s, inherit: {variables: false}}', None),
        (
            'variables: {A: "$B", B: "$A"}\nj: {script: s, rules: [{when: never}]}\nk: {script: s, inherit: {variables: [A]}}',
            None,
        ),
    ],
)
def test_variables_of_jobs_in_the_pipeline_must_not_be_circular(compiled, text, message):
    plan = compiled(text)

    assert (plan.errors[0].message if plan.errors else None) == message


def test_a_setting_does_not_break_a_cycle_of_the_file(compiled):
    text = 'j: {script: s, variables: {A: "$B", B: "$A"}}'

    assert compiled(text, project_variables={"A": "a"}).errors[0].message == (
        'j: circular variable reference detected: ["A", "B"]'
    )
