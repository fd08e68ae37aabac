"""A plan as plain values for JSON: the fields that cases and machines read."""

import json
from collections.abc import Iterable, Mapping
from math import isfinite

from pullcord.config.plan import Decision, Job, Plan
from pullcord.config.problems import Place, Problem

PLANNED = "planned"
SKIPPED = "skipped"


def answer(plan: Plan) -> dict[str, object]:
    """Everything a plan says."""
    return {
        "outcome": plan.outcome,
        "jobs": [job(each) for each in plan.jobs],
        "error": plan.errors[0].message if plan.errors else None,
        "errors": problems(plan.errors),
        "warnings": problems(plan.warnings),
        "pipeline_name": plan.name,
        "auto_cancel": dict(plan.auto_cancel) or None,
        "skipped": plan.outcome == SKIPPED,
        "stages": list(plan.stages),
        "includes": list(plan.includes),
        "trace": {
            "workflow": decision(plan.workflow) if plan.workflow else None,
            "jobs": [decision(each) for each in plan.decisions],
        },
    }


def line(answer: Mapping[str, object]) -> str:
    """An answer as one line of JSON. Keys and numbers that JSON lacks are left out, or become text."""
    try:
        return json.dumps(answer, default=plain, skipkeys=True, allow_nan=False)
    except ValueError:
        return json.dumps(finite(answer), default=plain, skipkeys=True)


def finite(value: object) -> object:
    """A value with infinities and what is not a number as text."""
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, Mapping):
        return {key: finite(item) for key, item in value.items()}
    return [finite(item) for item in value] if isinstance(value, list | tuple) else value


def refused(message: str) -> dict[str, object]:
    """The answer to what never became a plan."""
    return answer(Plan("invalid", errors=(Problem(message),)))


def job(planned: Job) -> dict[str, object]:
    """A job; `needs` as names, `variables` as a mapping, everything else as it is recorded."""
    codes = list(planned.allow_failure_exit_codes)
    result: dict[str, object] = {
        "name": planned.name,
        "stage": planned.stage,
        "when": planned.when,
        "allow_failure": planned.allow_failure,
        "allow_failure_criteria": {"exit_codes": codes} if codes else None,
        "variables": {variable["key"]: variable["value"] for variable in planned.variables},
    }
    further = {
        "needs": None if planned.needs is None else [need["name"] for need in planned.needs],
        "start_in": planned.start_in,
        "tags": list(planned.tags) or None,
        "environment": planned.environment,
        "resource_group": planned.resource_group,
        "interruptible": planned.interruptible,
    }
    result |= {key: value for key, value in further.items() if value is not None}
    result |= {key: value for key, value in planned.options.items() if key not in result}
    return result | {"location": location(planned.place)}


def problems(found: Iterable[Problem]) -> list[dict[str, object]]:
    """Errors or warnings, each with where it is."""
    return [{"message": problem.message, "location": location(problem.place)} for problem in found]


def location(place: Place | None) -> dict[str, object] | None:
    """A place; a file without a name is the text itself."""
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}


def decision(made: Decision) -> dict[str, object]:
    """Why something is in or out, rule by rule."""
    return {
        "name": made.name,
        "included": made.included,
        "by": made.by,
        "location": location(made.place),
        "error": made.error,
        "rules": [
            {
                "location": location(rule.place),
                "matched": rule.matched,
                "clauses": [
                    {"kind": clause.kind, "text": clause.text, "held": clause.held, "seen": dict(clause.seen)}
                    for clause in rule.clauses
                ],
            }
            for rule in made.rules
        ],
    }


def plain(value: object) -> object:
    """What JSON cannot hold, as text or plain containers."""
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, Iterable) else str(value)
