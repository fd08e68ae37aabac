"""Traces: why each job is in or out, in full as they are stored, and as far as a refused caller may see them.

A refused caller may be somebody else's script that has a trigger token and nothing more. It may see the rules, its own
variables and the configuration, but neither values of the settings nor the token's owner.
"""

import json
from collections.abc import Callable, Iterable, Mapping

from pullcord.config.plan import Clause, Decision, EvaluatedRule, Plan
from pullcord.config.problems import Location
from pullcord.requests import RequestContext

Json = dict[str, object]
type Show = Callable[[Clause], Mapping[str, str | None]]
"""The values of a clause that may be shown."""

HIDDEN = "[HIDDEN]"
MAX_JOBS = 50
MAX_RULES = 20
MAX_LENGTH = 500
MAX_TRACE_LENGTH = 1_000_000
"""Length of the JSON of a trace's decisions in ASCII. Whoever reads the trace gets it in one answer of at most 6 MB."""
PREDEFINED = ("CI", "GITLAB_", "CHAT_", "KUBECONFIG")
PUBLIC = frozenset(
    {"CI", "CI_DEFAULT_BRANCH", "CI_PIPELINE_SOURCE", "CI_PROJECT_PATH"}
    | {f"CI_COMMIT_{name}" for name in ("BRANCH", "REF_NAME", "REF_PROTECTED", "REF_SLUG", "TAG")}
    | {"CI_ENVIRONMENT_NAME", "CI_JOB_NAME", "CI_JOB_STAGE", "CI_NODE_INDEX", "CI_NODE_TOTAL"}
)
"""Predefined variables that a caller knows, or reads in the same trace."""


def stored(plan: Plan) -> Json:
    """All decisions with all clauses and the values that they saw, shortened; masked values are masked.

    Beyond `MAX_TRACE_LENGTH`, decisions are without their rules, and then left out; `shortened` says so.
    """
    return _fitting(plan.workflow, plan.decisions, _cut_values)


def public(plan: Plan, context: RequestContext | None) -> Json:
    """The decisions as an answer shows them, shortened. Without a context all values are hidden."""
    show = visible(context)
    workflow = shortened(plan.workflow) if plan.workflow else None
    return _fitting(workflow, map(shortened, plan.decisions[:MAX_JOBS]), show)


def _fitting(workflow: Decision | None, decisions: Iterable[Decision], show: Show) -> Json:
    """The decisions in JSON, as far as they fit into `MAX_TRACE_LENGTH`."""
    room = MAX_TRACE_LENGTH
    fitting: list[Json] = []
    cut = False
    for decision in filter(None, (workflow, *decisions)):
        entry = decision_json(decision, show)
        length = len(json.dumps(entry))
        if length > room:
            cut, entry = True, {**short(decision), "rules": []}
            length = len(json.dumps(entry))
        if length > room:
            break
        fitting.append(entry)
        room -= length
    trace: Json = {"workflow": fitting.pop(0) if workflow and fitting else None, "jobs": fitting}
    return {**trace, "shortened": True} if cut else trace


def _cut_values(clause: Clause) -> dict[str, str | None]:
    return {name: _cut(value) for name, value in clause.seen.items()}


def visible(context: RequestContext | None) -> Show:
    """A function that gives the values a caller may see. Masked values are masked before."""
    if context is None:
        return lambda clause: dict.fromkeys(clause.seen, HIDDEN)
    sent = {variable.key for variable in context.params.variables}
    settings = {variable.key for variable in context.settings}

    def may_see(name: str, kind: str) -> bool:
        if settings and kind not in {"if", "variables"}:
            return False  # values of paths are expanded, and a setting may be inside any of them
        known = name in PUBLIC or not name.startswith(PREDEFINED)
        return name in sent or (known and name not in settings)

    return lambda clause: {
        name: _cut(value) if may_see(name, clause.kind) else HIDDEN for name, value in clause.seen.items()
    }


def decision_json(decision: Decision, show: Show) -> Json:
    """A decision in JSON."""
    return {**short(decision), "rules": [rule_json(rule, show) for rule in decision.rules]}


def short(decision: Decision) -> Json:
    """A decision without the rules that led to it."""
    found: Json = {
        "name": decision.name,
        "included": decision.included,
        "by": decision.by,
        "location": location(decision.location),
    }
    return {**found, "error": _cut(decision.error)} if decision.error else found


def rule_json(rule: EvaluatedRule, show: Show) -> Json:
    """An evaluated rule in JSON."""
    clauses = [{**clause._asdict(), "seen": dict(show(clause))} for clause in rule.clauses]
    return {"location": location(rule.location), "matched": rule.matched, "clauses": clauses}


def location(place: Location | None) -> Json | None:
    """A location in JSON."""
    return None if place is None else place._asdict()


def shortened(decision: Decision) -> Decision:
    """A decision with its last rules only, and with shortened texts."""
    rules = tuple(
        rule._replace(clauses=tuple(clause._replace(text=clause.text[:MAX_LENGTH]) for clause in rule.clauses))
        for rule in decision.rules[-MAX_RULES:]
    )
    return decision._replace(rules=rules)


def cut(text: str, length: int) -> str:
    """The beginning of a text, with an ellipsis if it is longer."""
    return text if len(text) <= length else f"{text[:length]}…"


def _cut(value: str | None) -> str | None:
    return None if value is None else cut(value, MAX_LENGTH)
