"""Keyword `rules`: the first rule that matches decides.

Source: https://docs.gitlab.com/ci/yaml/#rules
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pullcord.config.checked import Rule
from pullcord.config.conditions import expressions
from pullcord.config.conditions.evaluator import RuleError, RuleEvaluator
from pullcord.config.lazy import IdentityMemo
from pullcord.config.plan import Clause, EvaluatedRule
from pullcord.config.problems import Location
from pullcord.config.variables.layers import Variables


class RuleResult(NamedTuple):
    """Result of rules.

    rule:  the one that matched
    error: why a rule could not be evaluated, which excludes the job; limit: because it is too large
    """

    included: bool
    rule: Rule | None
    evaluated: tuple[EvaluatedRule, ...]
    error: str | None = None
    location: Location | None = None
    limit: bool = False


def decide(rules: Sequence[Rule], variables: Variables, evaluator: RuleEvaluator) -> RuleResult:
    """Evaluate rules until one matches. `when: never` excludes, and so does no match.

    rules:     in the order of the file
    variables: all variables but the rules' own `variables`
    """
    evaluated: list[EvaluatedRule] = []
    for rule in rules:
        try:
            clauses = tuple(evaluate(rule, variables, evaluator))
        except RuleError as error:
            evaluated.append(EvaluatedRule(rule.location, matched=False))
            return RuleResult(
                included=False,
                rule=None,
                evaluated=tuple(evaluated),
                error=str(error),
                location=rule.location,
                limit=error.limit,
            )
        matched = not clauses or clauses[-1].held
        evaluated.append(EvaluatedRule(rule.location, matched, clauses))
        if matched:
            return RuleResult(rule.when != "never", rule, tuple(evaluated), location=rule.location)
    return RuleResult(included=False, rule=None, evaluated=tuple(evaluated))


class RuleResults:
    """Results of the rules of one pipeline. Jobs that share the very same rules, as `extends` and aliases leave them,
    and whose variables have the same values, share the result.

    names: for each list of rules the variables in it; None if it also depends on files
    """

    __slots__ = ("evaluator", "names", "results")

    def __init__(self, evaluator: RuleEvaluator) -> None:
        self.evaluator = evaluator
        self.names: IdentityMemo[tuple[str, ...] | None] = IdentityMemo()
        self.results: IdentityMemo[RuleResult] = IdentityMemo()

    def of(self, rules: tuple[Rule, ...], variables: Variables) -> RuleResult:
        """Return the result of rules, evaluated now or for another job."""
        names = self.names.compute(rules, variables_of)
        if names is None:
            return decide(rules, variables, self.evaluator)
        found = [variables.find(name) for name in names]
        values = tuple([None if variable is None else variable.value for variable in found])
        return self.results.compute(rules, lambda rules: decide(rules, variables, self.evaluator), values)


def variables_of(rules: Sequence[Rule]) -> tuple[str, ...] | None:
    """Return the variables in rules, each once; None if the rules depend on more than variables."""
    if any(rule.changes is not None or rule.exists is not None for rule in rules):
        return None
    conditions = [expressions.parse(rule.if_) for rule in rules if rule.if_ is not None]
    return tuple(dict.fromkeys(name for condition in conditions if condition for name in condition.variables))


def evaluate(rule: Rule, variables: Variables, evaluator: RuleEvaluator) -> Iterator[Clause]:
    """Evaluate the clauses up to the first that is false. Raises RuleError."""
    if rule.if_ is not None:
        clause = evaluator.if_(rule.if_, variables)
        yield clause
        if not clause.held:
            return
    if rule.changes is not None:
        clause = evaluator.changes(rule.changes, variables)
        yield clause
        if not clause.held:
            return
    if rule.exists is not None:
        yield evaluator.exists(rule.exists, variables)
