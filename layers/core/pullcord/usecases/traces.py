"""Why each job is in or out: the whole of it as it is stored, and what a refused caller is told at once.

A refused caller may be a script of somebody else that holds a trigger token and nothing more. It is shown the rules,
what it sent itself and what the configuration says, but no value of the settings, nor who the token's owner is.
"""

from collections.abc import Callable, Mapping

from pullcord.config.plan import Clause, Decision, EvaluatedRule, Plan
from pullcord.config.problems import Location
from pullcord.requests import Subject

Json = dict[str, object]
type Show = Callable[[Clause], Mapping[str, str | None]]
"""The values of a clause that may be shown."""

HIDDEN = "[HIDDEN]"
MOST_JOBS = 50
MOST_RULES = 20
LONGEST = 500
PREDEFINED = ("CI", "GITLAB_", "CHAT_", "KUBECONFIG")
PUBLIC = frozenset(
    {"CI", "CI_DEFAULT_BRANCH", "CI_PIPELINE_SOURCE", "CI_PROJECT_PATH"}
    | {f"CI_COMMIT_{name}" for name in ("BRANCH", "REF_NAME", "REF_PROTECTED", "REF_SLUG", "TAG")}
    | {"CI_ENVIRONMENT_NAME", "CI_JOB_NAME", "CI_JOB_STAGE", "CI_NODE_INDEX", "CI_NODE_TOTAL"}
)
"""Predefined variables that whoever pulls a trigger knows, or reads in the same trace."""


def whole(plan: Plan) -> Json:
    """All decisions with all clauses and the values that they saw; masked values are masked."""
    return {
        "workflow": decision(plan.workflow) if plan.workflow else None,
        "jobs": [decision(one) for one in plan.decisions],
    }


def told(plan: Plan, subject: Subject | None) -> Json:
    """As much of it as fits into an answer. Without a subject no value is shown at all."""
    show = visible(subject)
    return {
        "workflow": decision(shortened(plan.workflow), show) if plan.workflow else None,
        "jobs": [decision(shortened(one), show) for one in plan.decisions[:MOST_JOBS]],
    }


def visible(subject: Subject | None) -> Show:
    """What the caller may see. Masked values are masked before."""
    if subject is None:
        return lambda clause: dict.fromkeys(clause.seen, HIDDEN)
    sent = {variable.key for variable in subject.wish.variables}
    settings = {variable.key for variable in subject.settings}

    def may_see(name: str, kind: str) -> bool:
        if settings and kind not in {"if", "variables"}:
            return False  # values of paths are expanded, and a setting may be inside any of them
        known = name in PUBLIC or not name.startswith(PREDEFINED)
        return name in sent or (known and name not in settings)

    return lambda clause: {
        name: _cut(value) if may_see(name, clause.kind) else HIDDEN for name, value in clause.seen.items()
    }


def decision(one: Decision, show: Show | None = None) -> Json:
    """One decision in JSON."""
    return {**short(one), "rules": [considered(rule, show) for rule in one.rules]}


def short(one: Decision) -> Json:
    """A decision without the rules that led to it."""
    found: Json = {"name": one.name, "included": one.included, "by": one.by, "location": location(one.location)}
    return {**found, "error": one.error} if one.error else found


def considered(rule: EvaluatedRule, show: Show | None) -> Json:
    """One rule that was looked at."""
    clauses = [{**clause._asdict(), "seen": dict(show(clause) if show else clause.seen)} for clause in rule.clauses]
    return {"location": location(rule.location), "matched": rule.matched, "clauses": clauses}


def location(place: Location | None) -> Json | None:
    """A place in JSON."""
    return None if place is None else place._asdict()


def shortened(one: Decision) -> Decision:
    """The last rules, with texts of a length that can be read."""
    rules = tuple(
        rule._replace(clauses=tuple(clause._replace(text=clause.text[:LONGEST]) for clause in rule.clauses))
        for rule in one.rules[-MOST_RULES:]
    )
    return one._replace(rules=rules)


def _cut(value: str | None) -> str | None:
    return None if value is None else value[:LONGEST]
