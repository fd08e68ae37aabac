"""Traces: in full as they are stored, and without other people's values as a refused caller sees them."""

import json

import pytest

from pullcord.config.plan import Clause, Decision, EvaluatedRule, Plan
from pullcord.config.problems import Location
from pullcord.usecases.pipelines import traces
from pullcord.usecases.pipelines.traces import HIDDEN, MAX_JOBS, MAX_LENGTH, MAX_RULES, MAX_TRACE_LENGTH
from pullcord.variables import SettingsVariable
from tests.unit.usecases.hosts import request_context

HERE = Location(".gitlab-ci.yml", 3, 5)
HERE_JSON = {"file": ".gitlab-ci.yml", "line": 3, "column": 5}
SEEN = {
    "SENT": "by the caller",
    "SETTING": "a secret",
    "CI_COMMIT_REF_NAME": "main",
    "CI_SERVER_URL": "x",
    "OTHER": "y",
}
CLAUSE = Clause("if", '$SENT == "x"', False, SEEN)
RULE = EvaluatedRule(HERE, False, (CLAUSE,))
JOB = Decision("build", True, "rules", HERE, (RULE,))
WORKFLOW = Decision("workflow", True, "workflow", HERE, (RULE,))
PLAN = Plan("planned", workflow=WORKFLOW, decisions=(JOB,))
SETTING = SettingsVariable("SETTING", "a secret")


def context(*settings):
    return request_context(variables={"SENT": "by the caller"}, settings=settings)


def seen_by_the_caller(clause, *settings):
    """The values of a clause in the answer to a caller whose project has these settings."""
    plan = Plan("filtered", decisions=(JOB._replace(rules=(RULE._replace(clauses=(clause,)),)),))
    (decision,) = traces.public(plan, context(*settings))["jobs"]
    return decision["rules"][0]["clauses"][0]["seen"]


def test_a_stored_trace_has_everything():
    clause = {"kind": "if", "text": '$SENT == "x"', "held": False, "seen": SEEN}
    decision = {
        "name": "build",
        "included": True,
        "by": "rules",
        "location": HERE_JSON,
        "rules": [{"location": HERE_JSON, "matched": False, "clauses": [clause]}],
    }

    assert traces.stored(PLAN) == {
        "workflow": {**decision, "name": "workflow", "by": "workflow"},
        "jobs": [decision],
    }


def test_a_plan_without_decisions_has_an_empty_trace():
    assert traces.stored(Plan("empty")) == {"workflow": None, "jobs": []}
    assert traces.public(Plan("empty"), context()) == {"workflow": None, "jobs": []}


def test_a_job_without_location_and_with_an_error():
    (decision,) = traces.stored(Plan("invalid", decisions=(Decision("x", False, "default", error="too deep"),)))["jobs"]

    assert decision == {
        "name": "x",
        "included": False,
        "by": "default",
        "location": None,
        "error": "too deep",
        "rules": [],
    }


def test_the_caller_sees_their_own_variables_and_public_ones():
    assert seen_by_the_caller(CLAUSE, SETTING) == {
        "SENT": "by the caller",
        "SETTING": HIDDEN,
        "CI_COMMIT_REF_NAME": "main",
        "CI_SERVER_URL": HIDDEN,
        "OTHER": "y",
    }


def test_a_setting_that_the_caller_overrides_has_the_callers_value():
    assert seen_by_the_caller(CLAUSE, SettingsVariable("SENT", "of the project"))["SENT"] == "by the caller"


def test_a_setting_with_the_name_of_a_public_variable_is_hidden():
    assert seen_by_the_caller(CLAUSE, SettingsVariable("CI_COMMIT_REF_NAME", "x"))["CI_COMMIT_REF_NAME"] == HIDDEN


@pytest.mark.parametrize("kind", ["changes", "exists", "refs"])
def test_expanded_paths_are_hidden_if_a_setting_may_be_inside(kind):
    clause = CLAUSE._replace(kind=kind)

    assert set(seen_by_the_caller(clause, SETTING).values()) == {HIDDEN}
    assert seen_by_the_caller(clause)["SENT"] == "by the caller"


def test_without_a_context_all_values_are_hidden():
    trace = traces.public(PLAN, None)

    for decision in (trace["workflow"], *trace["jobs"]):
        assert set(decision["rules"][0]["clauses"][0]["seen"].values()) == {HIDDEN}
    assert "a secret" not in repr(trace)


def test_undefined_variables_are_shown_as_none():
    assert seen_by_the_caller(CLAUSE._replace(seen={"OTHER": None}), SETTING) == {"OTHER": None}


def test_a_public_trace_is_short():
    long = CLAUSE._replace(text="x" * (MAX_LENGTH + 1), seen={"OTHER": "y" * (MAX_LENGTH + 1)})
    rules = tuple(EvaluatedRule(None, False, (long._replace(kind=f"if {number}"),)) for number in range(MAX_RULES + 5))
    plan = Plan("filtered", decisions=(JOB._replace(rules=rules),) * (MAX_JOBS + 5))

    jobs = traces.public(plan, context())["jobs"]

    assert (len(jobs), len(jobs[0]["rules"])) == (MAX_JOBS, MAX_RULES)
    (first,), (last,) = jobs[0]["rules"][0]["clauses"], jobs[0]["rules"][-1]["clauses"]
    assert (first["kind"], last["kind"]) == ("if 5", f"if {MAX_RULES + 4}")
    assert (len(last["text"]), last["seen"]["OTHER"]) == (MAX_LENGTH, "y" * MAX_LENGTH + "…")
    assert len(traces.stored(plan)["jobs"]) == MAX_JOBS + 5


@pytest.mark.parametrize(
    "write", [traces.stored, lambda plan: traces.public(plan, context())], ids=["stored", "public"]
)
def test_a_trace_can_be_read_again_whatever_its_rules_saw(write):
    seen = {f"V{number}": "\x01" * 10_000 for number in range(40)}
    decision = JOB._replace(rules=(EvaluatedRule(None, False, (CLAUSE._replace(seen=seen),) * 3),))
    plan = Plan("filtered", workflow=decision, decisions=(decision,) * 50)

    trace = write(plan)

    assert len(json.dumps(trace)) < MAX_TRACE_LENGTH + 100
    assert trace["shortened"] is True
    assert trace["workflow"]["rules"]
    assert trace["jobs"][0]["rules"]
    assert trace["jobs"][-1] == {**traces.short(decision), "rules": []}
    assert len(trace["jobs"]) == 50


def test_a_trace_with_too_many_jobs_ends_early():
    plan = Plan("planned", decisions=(JOB._replace(name="j" * 255),) * 10_000)

    trace = traces.stored(plan)

    assert 1_000 < len(trace["jobs"]) < 10_000
    assert len(json.dumps(trace)) < MAX_TRACE_LENGTH + 100_000
    assert trace["shortened"] is True


def test_a_long_error_of_a_job_is_cut():
    (decision,) = traces.stored(Plan("invalid", decisions=(JOB._replace(error="e" * 10**7),)))["jobs"]

    assert len(decision["error"]) == MAX_LENGTH + 1
