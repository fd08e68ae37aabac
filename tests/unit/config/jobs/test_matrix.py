"""`parallel`, and what needs and depends on parallel jobs."""

import pytest

from pullcord.config.jobs import matrix


def shown(plan):
    return {job.name: [need["name"] for need in job.needs or ()] for job in plan.jobs}


def test_a_number_makes_numbered_jobs_that_know_their_number(compiled):
    plan = compiled("""
        p: {script: s, parallel: 3, rules: [{if: '$CI_NODE_INDEX != "2" && $CI_NODE_TOTAL == "3"'}]}
        one: {script: s, parallel: 1}
        none: {script: s, rules: [{if: '$CI_NODE_INDEX == null && $CI_NODE_TOTAL == "1"'}]}
        """)

    assert list(shown(plan)) == ["p 1/3", "p 3/3", "one 1/1", "none"]
    assert plan.jobs[1].options["parallel"] == {"index": 3, "total": 3}


def test_a_matrix_makes_a_job_for_each_combination_the_last_variable_fastest(compiled):
    plan = compiled("""
        p:
          script: s
          variables: {A: job, Z: z}
          parallel: {matrix: [{A: [x, y], B: [1, 2]}, {C: only}]}
          rules: [{if: '$A != "y" || $B == "2"'}]
        """)

    assert list(shown(plan)) == ["p: [x, 1]", "p: [x, 2]", "p: [y, 2]", "p: [only]"]
    assert {row["key"]: row["value"] for row in plan.jobs[1].variables} == {"A": "x", "B": "2", "Z": "z"}


def test_of_two_instances_with_one_name_the_later_takes_the_place_of_the_earlier(compiled):
    plan = compiled("p: {script: s, parallel: {matrix: [{A: x}, {A: y}, {B: x}]}}")

    assert list(shown(plan)) == ["p: [x]", "p: [y]"]
    assert plan.jobs[0].variables == ({"key": "B", "value": "x", "raw": False},)


def test_whoever_needs_a_parallel_job_needs_all_of_it(compiled):
    plan = compiled("""
        p: {script: s, stage: build, parallel: 2}
        m: {script: s, stage: build, parallel: {matrix: [{A: [x, y], B: [1, 2]}]}}
        all: {script: s, needs: [p]}
        one: {script: s, needs: ["p 2/2", {job: m, parallel: {matrix: [{A: x, B: [2, 1]}]}}]}
        own: {script: s, parallel: {matrix: [{W: [x, y]}]}, needs: [{job: m, parallel: {matrix: [{A: "$[[ matrix.W ]]", B: 1}]}}]}
        rule: {script: s, rules: [{if: $CI, needs: [p]}]}
        """)

    assert shown(plan) | {"p 1/2": [], "p 2/2": []} == shown(plan)
    assert shown(plan)["all"] == shown(plan)["rule"] == ["p 1/2", "p 2/2"]
    assert shown(plan)["one"] == ["p 2/2", "m: [x, 2]", "m: [x, 1]"]
    assert shown(plan)["own: [y]"] == ["m: [y, 1]"]


def test_dependencies_on_a_parallel_job_are_expanded_too(compiled):
    plan = compiled("p: {script: s, stage: build, parallel: 2}\nt: {script: s, dependencies: [p]}")

    assert plan.jobs[-1].options["dependencies"] == ["p 1/2", "p 2/2"]


@pytest.mark.parametrize("empty", ["[]", "[{A: []}]"])
def test_an_empty_matrix_removes_the_job_and_the_needs_of_it(compiled, empty):
    plan = compiled(f"p: {{script: s, stage: build, parallel: {{matrix: {empty}}}}}\nt: {{script: s, needs: [p]}}")

    assert shown(plan) == {"t": []}


@pytest.mark.parametrize(
    ("need", "message"),
    [
        ('{A: "$[[ matrix.Z ]]"}', "t job: 'Z' does not exist in matrix configuration"),
        ("{A: z}", "t: [x] job: undefined need: p: [z]"),
    ],
)
def test_a_need_of_an_instance_that_does_not_exist_is_refused(compiled, need, message):
    plan = compiled(f"""
        p: {{script: s, stage: build, parallel: {{matrix: [{{A: [x, y]}}]}}}}
        t: {{script: s, parallel: {{matrix: [{{A: [x]}}]}}, needs: [{{job: p, parallel: {{matrix: [{need}]}}}}]}}
        """)

    assert [problem.message for problem in plan.errors] == [message]


def test_a_file_that_asks_for_too_many_jobs_is_refused_before_they_are_made(compiled):
    text = "\n".join(f"j{index}: {{script: s, parallel: 200}}" for index in range(300))

    assert compiled(text).errors[0].message == matrix.too_many(matrix.MAX_JOBS)
