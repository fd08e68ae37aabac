"""Reasons why a job is included or excluded, in one line."""

from pullcord.config.plan import Clause, Decision, EvaluatedRule
from pullcord_local.explain.source_lines import SourceLines

MAX_LENGTH = 100
WITHOUT_RULES = {True: "no rules: in branch and tag pipelines", False: "no rules: not in merge request pipelines"}


def reason(decision: Decision, sources: SourceLines) -> str:
    """Describe the rule that decided, with file and line, or the default for a job without rules."""
    where = f"{sources.position(decision.location)} " if decision.location else ""
    if decision.error:
        return f"{where}{decision.error}"
    if decision.by == "default":
        return WITHOUT_RULES[decision.included] if decision.rules else "no rules: in every pipeline"
    matched = next((rule for rule in decision.rules if rule.matched), None)
    if decision.by in {"only", "except"}:
        return f"{where}{decision.by}: {policy(decision, last(decision))}".rstrip(": ")
    if matched is not None:
        position = f"{sources.position(matched.location)} " if matched.location else where
        description = clauses(matched)
        if decision.included:
            return position + (description or "rule without conditions")
        return position + "when: never" + (f", {description}" if description else "")
    if not decision.rules:
        return f"{where}no rules"
    return f"{where}no rule matches: {'; '.join(missed(rule) for rule in decision.rules)}"[: 2 * MAX_LENGTH]


def policy(decision: Decision, rule: EvaluatedRule | None) -> str:
    """Describe the keys of `only` or `except` that excluded a job; all keys for an included one."""
    if rule is None or decision.included:
        return clauses(rule)
    if decision.by == "only":
        return " and ".join(unmet(clause) for clause in rule.clauses if not clause.held)
    return " and ".join(clause_text(clause) for clause in rule.clauses if clause.held)


def last(decision: Decision) -> EvaluatedRule | None:
    """Return the rule that was evaluated last."""
    return decision.rules[-1] if decision.rules else None


def clauses(rule: EvaluatedRule | None) -> str:
    """Describe all clauses of a rule."""
    return " and ".join(clause_text(clause) for clause in rule.clauses) if rule is not None else ""


def missed(rule: EvaluatedRule) -> str:
    """Describe the false clause of a rule, with its variables."""
    failed = next((clause for clause in rule.clauses if not clause.held), None)
    if failed is None:
        return clauses(rule) or "not evaluated"
    return unmet(failed)


def unmet(clause: Clause) -> str:
    """Describe a false clause, with the values of its variables."""
    seen = ", ".join(
        f"{name} {'is undefined' if value is None else f'= {value!r}'}" for name, value in clause.seen.items()
    )
    return clause_text(clause) + (f" ({seen})" if seen else "")


def clause_text(clause: Clause) -> str:
    """Describe a clause, shortened: `if $A == "x"`."""
    text = " ".join(clause.text.split())
    return f"{clause.kind} {text if len(text) <= MAX_LENGTH else text[:MAX_LENGTH] + '…'}"
