"""Why a job is in or out, in one line."""

from pullcord.config.plan import Clause, Considered, Decision
from pullcord_local.explain.sources import Sources

LONGEST = 100
WITHOUT_RULES = {True: "no rules: in branch and tag pipelines", False: "no rules: not in merge request pipelines"}


def reason(decision: Decision, sources: Sources) -> str:
    """The rule that decided with file and line, or what there was instead of rules."""
    where = f"{sources.shown(decision.place)} " if decision.place else ""
    if decision.error:
        return f"{where}{decision.error}"
    if decision.by == "default":
        return WITHOUT_RULES[decision.included] if decision.rules else "no rules: in every pipeline"
    matched = next((rule for rule in decision.rules if rule.matched), None)
    if decision.by in {"only", "except"}:
        return f"{where}{decision.by}: {policy(decision, last(decision))}".rstrip(": ")
    if matched is not None:
        place = f"{sources.shown(matched.place)} " if matched.place else where
        said = clauses(matched)
        if decision.included:
            return place + (said or "rule without conditions")
        return place + "when: never" + (f", {said}" if said else "")
    if not decision.rules:
        return f"{where}no rules"
    return f"{where}no rule matches: {'; '.join(missed(rule) for rule in decision.rules)}"[: 2 * LONGEST]


def policy(decision: Decision, asked: Considered | None) -> str:
    """The keys of `only` that kept a job out, those of `except` that did; else all of them."""
    if asked is None or decision.included:
        return clauses(asked)
    if decision.by == "only":
        return " and ".join(unmet(clause) for clause in asked.clauses if not clause.held)
    return " and ".join(clause_text(clause) for clause in asked.clauses if clause.held)


def last(decision: Decision) -> Considered | None:
    """The rule that was looked at last."""
    return decision.rules[-1] if decision.rules else None


def clauses(rule: Considered | None) -> str:
    """All clauses of a rule."""
    return " and ".join(clause_text(clause) for clause in rule.clauses) if rule is not None else ""


def missed(rule: Considered) -> str:
    """The clause that did not hold, with what it saw."""
    failed = next((clause for clause in rule.clauses if not clause.held), None)
    if failed is None:
        return clauses(rule) or "nothing asked"
    return unmet(failed)


def unmet(clause: Clause) -> str:
    """A clause that did not hold, with the values that it saw."""
    seen = ", ".join(
        f"{name} {'is undefined' if value is None else f'= {value!r}'}" for name, value in clause.seen.items()
    )
    return clause_text(clause) + (f" ({seen})" if seen else "")


def clause_text(clause: Clause) -> str:
    """`if $A == "x"`, shortened."""
    text = " ".join(clause.text.split())
    return f"{clause.kind} {text if len(text) <= LONGEST else text[:LONGEST] + '…'}"
