"""`rules`: the first that matches decides.

Source: https://docs.gitlab.com/ci/yaml/#rules
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pullcord.config.checked import Rule
from pullcord.config.conditions import expressions
from pullcord.config.conditions.evaluator import Judge, RuleError
from pullcord.config.plan import Clause, Considered
from pullcord.config.problems import Place
from pullcord.config.variables.layers import Variables


class Verdict(NamedTuple):
    """What the rules say. rule: the one that matched; error: why one could not be answered, which means out."""

    included: bool
    rule: Rule | None
    considered: tuple[Considered, ...]
    error: str | None = None
    place: Place | None = None


def decide(rules: Sequence[Rule], variables: Variables, judge: Judge) -> Verdict:
    """The first rule whose every clause holds decides; `when: never` means out, and so does no match.

    rules:     in the order of the file
    variables: everything that is known before the rules' own `variables` apply
    """
    considered: list[Considered] = []
    for rule in rules:
        try:
            clauses = tuple(answers(rule, variables, judge))
        except RuleError as error:
            considered.append(Considered(rule.place, matched=False))
            return Verdict(included=False, rule=None, considered=tuple(considered), error=str(error), place=rule.place)
        matched = not clauses or clauses[-1].held
        considered.append(Considered(rule.place, matched, clauses))
        if matched:
            return Verdict(rule.when != "never", rule, tuple(considered), place=rule.place)
    return Verdict(included=False, rule=None, considered=tuple(considered))


class Verdicts:
    """Verdicts of one pipeline. Jobs share their rules, as `extends` and aliases leave them: those of one template that
    see the same values share the verdict, too.

    asked: by the identity of rules, the variables that they look at; None if they also look at files
    """

    __slots__ = ("asked", "judge", "known")

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.asked: dict[int, tuple[str, ...] | None] = {}
        self.known: dict[tuple[object, ...], Verdict] = {}

    def of(self, rules: tuple[Rule, ...], variables: Variables) -> Verdict:
        """What the rules say. They have to live as long as the pipeline's other rules."""
        identity = id(rules)
        if identity not in self.asked:
            self.asked[identity] = variables_of(rules)
        names = self.asked[identity]
        if names is None:
            return decide(rules, variables, self.judge)
        found = [variables.find(name) for name in names]
        key = (identity, *[None if variable is None else variable.value for variable in found])
        if key not in self.known:
            self.known[key] = decide(rules, variables, self.judge)
        return self.known[key]


def variables_of(rules: Sequence[Rule]) -> tuple[str, ...] | None:
    """The variables that rules look at, each once; None if they look at more than variables."""
    if any(rule.changes is not None or rule.exists is not None for rule in rules):
        return None
    conditions = [expressions.parse(rule.if_) for rule in rules if rule.if_ is not None]
    return tuple(dict.fromkeys(name for condition in conditions if condition for name in condition.variables))


def answers(rule: Rule, variables: Variables, judge: Judge) -> Iterator[Clause]:
    """The clauses up to the first that does not hold. Raises RuleError."""
    if rule.if_ is not None:
        clause = judge.if_(rule.if_, variables)
        yield clause
        if not clause.held:
            return
    if rule.changes is not None:
        clause = judge.changes(rule.changes, variables)
        yield clause
        if not clause.held:
            return
    if rule.exists is not None:
        yield judge.exists(rule.exists, variables)
