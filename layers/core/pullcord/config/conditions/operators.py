"""Operators and operands of expressions.

A node is a function of the scope; `&&` and `||` do not compute their right side when the left one decides.

Source: https://docs.gitlab.com/ci/jobs/job_rules/#cicd-variable-expressions
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from pullcord.config.conditions import patterns
from pullcord.config.conditions.patterns import Pattern

type Value = object
"""str, bool, None (undefined, or the word `null`), Pattern, or any type of an input."""


class ExpressionScope(NamedTuple):
    """Variables and inputs of an expression."""

    variables: Mapping[str, str]
    inputs: Mapping[str, object]


type Node = Callable[[ExpressionScope], Value]


def present(value: Value) -> bool:
    """Whether a rule whose `if` has this value matches: not null, not false, not empty, not only white space."""
    if isinstance(value, str):
        return bool(value) and not value.isspace()
    return value is not None and value is not False and value not in ([], {})


def decisive(value: Value) -> bool:
    """Whether `||` stops at this value. Unlike in `present`, an empty string counts as true."""
    return value is not None and value is not False


def text(value: Value) -> str:
    """Convert a value to text: "" for null, lower-case words for booleans."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.text if isinstance(value, Pattern) else str(value)


def equal(left: Value, right: Value) -> bool:
    """Compare two values strictly, except that a string and a boolean are compared as text."""
    if isinstance(left, bool) != isinstance(right, bool):
        words = (left, right)
        return all(isinstance(word, (str, bool)) for word in words) and text(left) == text(right)
    return left == right


def matches(left: Value, right: Value) -> bool:
    """Evaluate `=~`: whether the pattern on the right matches the left.

    If the right is a string but no pattern, the left is searched in it instead; with null on the right nothing matches.
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
    """Make the node of a literal."""
    return lambda _: value


def variable(name: str) -> Node:
    """Make the node of a variable: its unexpanded value, null when undefined."""
    return lambda scope: scope.variables.get(name)


def input_(name: str) -> Node:
    """Make the node of an input: its typed value, null when undefined."""
    return lambda scope: scope.inputs.get(name)


def negation(operand: Node) -> Node:
    """Make the node of `!`."""
    return lambda scope: not present(operand(scope))


def binary(operator: str, left: Node, right: Node) -> Node:
    """Make the node of a comparison, or of `&&` or `||`, whose value is one of their operands."""
    if operator == "&&":
        return lambda scope: right(scope) if decisive(value := left(scope)) else value
    if operator == "||":
        return lambda scope: value if decisive(value := left(scope)) else right(scope)
    compare = COMPARISONS[operator]
    return lambda scope: compare(left(scope), right(scope))
