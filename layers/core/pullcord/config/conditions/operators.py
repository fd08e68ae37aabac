"""What the words of the expression language compute: values, comparisons, and their combinations.

A node is a function of the scope; `&&` and `||` leave their right side alone when the left one decides.

Source: https://docs.gitlab.com/ci/jobs/job_rules/#cicd-variable-expressions
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pullcord.config.conditions import patterns
from pullcord.config.conditions.patterns import Pattern

type Value = object
"""str, bool, None (undefined, or the word `null`), Pattern, or whatever type an input has."""


class Scope(NamedTuple):
    """What an expression can see."""

    variables: Mapping[str, str]
    inputs: Mapping[str, object]


type Node = Callable[[Scope], Value]


def present(value: Value) -> bool:
    """Whether a rule whose `if` has this value is satisfied: not null, not false, not empty, not only white space."""
    if isinstance(value, str):
        return bool(value) and not value.isspace()
    return value is not None and value is not False and value not in ([], {})


def decisive(value: Value) -> bool:
    """Whether `||` stops here. Unlike `present`, an empty text counts as true."""
    return value is not None and value is not False


def text(value: Value) -> str:
    """The text of a value: nothing for null, lower-case words for booleans."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.text if isinstance(value, Pattern) else str(value)


def equal(left: Value, right: Value) -> bool:
    """Strict, except that a text and a boolean are compared as texts."""
    if isinstance(left, bool) != isinstance(right, bool):
        words = (left, right)
        return all(isinstance(word, (str, bool)) for word in words) and text(left) == text(right)
    return left == right


def matches(left: Value, right: Value) -> bool:
    """`=~`: the pattern on the right is found on the left.

    A text on the right that does not stand for a pattern is searched for the left side instead, and null finds nothing.
    """
    if not decisive(right):
        return False
    pattern = right if isinstance(right, Pattern) else patterns.from_literal(text(right))
    return text(left) in text(right) if pattern is None else pattern.found_in(text(left))


COMPARISONS: dict[str, Callable[[Value, Value], bool]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "=~": matches,
    "!~": lambda left, right: not matches(left, right),
}


def constant(value: Value) -> Node:
    """A literal."""
    return lambda _: value


def variable(name: str) -> Node:
    """The value of a variable as it is, unexpanded; null when undefined."""
    return lambda scope: scope.variables.get(name)


def input_(name: str) -> Node:
    """The value of an input, typed; null when undefined."""
    return lambda scope: scope.inputs.get(name)


def negation(operand: Node) -> Node:
    """`!`"""
    return lambda scope: not present(operand(scope))


def binary(operator: str, left: Node, right: Node) -> Node:
    """A comparison, or `&&` and `||`, which answer with one of their operands."""
    if operator == "&&":
        return lambda scope: right(scope) if decisive(value := left(scope)) else value
    if operator == "||":
        return lambda scope: value if decisive(value := left(scope)) else right(scope)
    compare = COMPARISONS[operator]
    return lambda scope: compare(left(scope), right(scope))
