"""`workflow`."""

import pytest

from pullcord.config.conditions.workflow import FILTERED


@pytest.mark.parametrize(
    ("rules", "outcome"),
    [
        ("[{if: $CI}]", "planned"),
        ("[{if: $NO}]", "filtered"),
        ("[{if: $CI, when: never}, {when: always}]", "filtered"),
        ("[{changes: {paths: [x], compare_to: nope}}, {when: always}]", "filtered"),
        ("[{if: $CI_JOB_NAME}]", "filtered"),
        ("null", "planned"),
    ],
)
def test_its_rules_decide_whether_there_is_a_pipeline(compiled, rules, outcome):
    plan = compiled(f"workflow: {{rules: {rules}}}\nj: {{script: s}}")

    assert plan.outcome == outcome
    assert plan.workflow.included is (outcome == "planned")
    assert [problem.message for problem in plan.errors] == ([FILTERED] if outcome == "filtered" else [])


@pytest.mark.parametrize(
    ("name", "shown"),
    [('" $N-${UNDEFINED}z "', "n main-z"), ('" $UNDEFINED "', None), ("plain", "plain"), ("$W", "w")],
)
def test_the_name_is_expanded_and_stripped(compiled, name, shown):
    text = f"""
        variables: {{N: "n $CI_COMMIT_BRANCH"}}
        workflow: {{name: {name}, rules: [{{if: $CI, variables: {{W: w}}}}]}}
        j: {{script: s}}
        """

    assert compiled(text).name == shown


def test_a_rule_overrides_auto_cancel_key_by_key(compiled):
    plan = compiled("""
        workflow:
          auto_cancel: {on_new_commit: interruptible, on_job_failure: all}
          rules: [{if: $CI, auto_cancel: {on_new_commit: none}}]
        j: {script: s}
        """)

    assert plan.auto_cancel == {"on_new_commit": "none", "on_job_failure": "all"}
