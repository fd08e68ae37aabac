"""`only`, `except`, and jobs that have neither."""

import pytest

BRANCH = {"ref": "feature/x"}
TAG = {"ref": "v1", "tag": True}
MERGE_REQUEST = {"ref": "feature/x", "source": "merge_request_event"}
OF_PARENT = {"source": "parent_pipeline", "predefined": {"CI_MERGE_REQUEST_IID": "1"}}


@pytest.mark.parametrize(
    ("job", "pipeline", "there"),
    [
        ("", BRANCH, True),
        ("", TAG, True),
        ("", MERGE_REQUEST, False),
        ("", OF_PARENT, False),
        ("rules: null", MERGE_REQUEST, True),
        ("only: [branches]", BRANCH, True),
        ("only: [branches]", TAG, False),
        ("only: [tags]", TAG, True),
        ("only: [branches]", MERGE_REQUEST, False),
        ("only: [merge_requests]", MERGE_REQUEST, True),
        ("only: [merge_request]", MERGE_REQUEST, True),
        ("only: [feature/x]", BRANCH, True),
        ("only: [feature/x]", MERGE_REQUEST, False),
        ("only: [/^fea/]", BRANCH, True),
        ("only: [/^FEA/]", BRANCH, False),
        ("only: [/^FEA/i]", BRANCH, True),
        ("only: [/^fea/]", MERGE_REQUEST, False),
        ("only: [pushes]", BRANCH, True),
        ("only: [push]", BRANCH, True),
        ("only: [apis]", BRANCH | {"source": "api"}, True),
        ("only: [webs]", BRANCH | {"source": "web"}, True),
        ("only: [triggers]", BRANCH | {"source": "trigger"}, True),
        ("only: [security_orchestration_policies]", BRANCH | {"source": "security_orchestration_policy"}, True),
        ("only: [branches@g/p]", BRANCH | {"project": "g/p"}, True),
        ("only: [branches@G/P]", BRANCH | {"project": "g/p"}, False),
        ("only: [/^fea/@g/p]", BRANCH | {"project": "g/p"}, True),
        ("only: []", BRANCH, False),
        ("only: {variables: [$NO, $CI]}", BRANCH, True),
        ("only: {variables: [$NO]}", BRANCH, False),
        ("only: {variables: [$CI]}", MERGE_REQUEST, False),
        ("only: {refs: [merge_requests], variables: [$CI]}", MERGE_REQUEST, True),
        ("only: {refs: [tags], variables: [$CI]}", BRANCH, False),
        ("only: {kubernetes: active}", BRANCH, False),
        ("except: [branches]", BRANCH, False),
        ("except: [main]", BRANCH, True),
        ("except: {variables: [$NO], refs: [/y$/]}", BRANCH, True),
        ("except: {variables: [$NO], refs: [/x$/i, feature/x]}", BRANCH, False),
        ("except: {changes: [docs/*]}", BRANCH, False),
        ("except: {kubernetes: active}", BRANCH, True),
        ("except: [tags]", MERGE_REQUEST, False),
        ("only: [branches], except: [/y$/]", BRANCH, True),
        ("only: [branches], except: [/e.x$/]", BRANCH, False),
    ],
)
def test_policies_choose_by_ref_source_project_and_variables(compiled, job, pipeline, there):
    given = {"predefined": {"CI": "true"}} | pipeline
    plan = compiled(
        f"a: {{script: s{job and ', '}{job}}}\nkeep: {{script: s, rules: [{{if: $CI}}, {{if: '!$CI'}}]}}", **given
    )

    assert ("a" in [found.name for found in plan.jobs]) is there


@pytest.mark.parametrize("rules", ["[{when: always}]", "null"])
def test_the_key_rules_of_the_workflow_switches_the_default_off(compiled, rules):
    text = f"workflow: {{rules: {rules}}}\na: {{script: s}}\nb: {{script: s, except: [tags]}}\nc: {{script: s, only: [tags]}}"

    assert [job.name for job in compiled(text, **MERGE_REQUEST).jobs] == ["a", "b"]


@pytest.mark.parametrize(
    ("changed", "there"), [({"src/a"}, ["only"]), ({"x"}, ["except", "keep"]), (set(), ["except", "keep"])]
)
def test_changes_of_policies_know_no_variables(compiled, repository, changed, there):
    text = """
        only: {script: s, only: {changes: [src/*]}}
        except: {script: s, except: {changes: [src/*]}}
        keep: {script: s, except: {changes: [src/*]}}
        variable: {script: s, variables: {D: src}, only: {changes: [$D/*]}}
        """

    assert [job.name for job in compiled(text, repository(changed=frozenset(changed))).jobs] == there


@pytest.mark.parametrize(
    ("job", "included", "by"),
    [
        ("", True, "default"),
        ("only: [tags]", False, "only"),
        ("only: [branches]", True, "only"),
        ("except: [branches]", False, "except"),
        ("except: [tags]", True, "except"),
        ("rules: [{if: $NO}]", False, "rules"),
    ],
)
def test_a_decision_says_who_decided(compiled, job, included, by):
    decision = compiled(f"a: {{script: s{job and ', '}{job}}}\nb: {{script: s}}").decisions[0]

    assert (decision.name, decision.included, decision.by) == ("a", included, by)
