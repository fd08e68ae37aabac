"""The evaluation of policy statements: whether they allow an action on a resource.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Statement = Mapping[str, Any]
Context = Mapping[str, tuple[str, ...]]
"""Condition keys of a request, each with its values."""


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission that a call requires: an action on a resource, under the condition keys of the request."""

    action: str
    resource: str
    context: Context = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a permission is given; `statement` is the statement that decided, None when none applied."""

    allowed: bool
    statement: Statement | None = None


def evaluate(statements: Iterable[Statement], permission: Permission) -> Decision:
    """Decide about a permission: a Deny that applies wins, else an Allow that applies, else it is denied."""
    allowing: Statement | None = None
    for statement in statements:
        if not applies(statement, permission):
            continue
        if statement["Effect"] == "Deny":
            return Decision(allowed=False, statement=statement)
        allowing = allowing or statement
    return Decision(allowed=allowing is not None, statement=allowing)


def applies(statement: Statement, permission: Permission) -> bool:
    """Whether a statement covers this action and resource and its conditions hold."""
    return (
        element_covers(statement, "Action", permission.action.lower(), lower=True)
        and element_covers(statement, "Resource", permission.resource)
        and all(
            condition_holds(operator, keys, permission.context)
            for operator, keys in statement.get("Condition", {}).items()
        )
    )


def element_covers(statement: Statement, element: str, value: str, *, lower: bool = False) -> bool:
    """Whether a statement's element, such as `Action` or in its negated form `NotAction`, covers a value."""
    negated = element not in statement
    patterns = as_list(statement[f"Not{element}" if negated else element])
    matching = any(matches(pattern.lower() if lower else pattern, value) for pattern in patterns)
    return matching is not negated


def condition_holds(operator: str, keys: Mapping[str, Any], context: Context) -> bool:
    """Whether one operator of a condition block holds for all of its keys."""
    quantifier, _, name = operator.rpartition(":")
    optional = name.endswith("IfExists")
    name = name.removesuffix("IfExists")
    if name == "Null":
        return all((key not in context) == (str(expected).lower() == "true") for key, expected in keys.items())
    return all(
        values_hold(quantifier, COMPARISONS[name], context.get(key), as_list(expected), optional=optional)
        for key, expected in keys.items()
    )


def values_hold(
    quantifier: str, comparison: "Comparison", values: tuple[str, ...] | None, expected: list[str], *, optional: bool
) -> bool:
    """Whether a key's values satisfy a comparison under its quantifier.

    A key that is not in the request satisfies ForAllValues and …IfExists, nothing else; for negated
    operators AWS says the same of a missing key as of a different one.
    """
    if values is None:
        return optional or quantifier == "ForAllValues" or (comparison.negated and quantifier != "ForAnyValue")
    hits = [any(comparison.test(item, value) for item in expected) is not comparison.negated for value in values]
    return any(hits) if quantifier == "ForAnyValue" else all(hits)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison of a condition operator: (expected, value) → match. A negated operator requires no match."""

    test: Callable[[str, str], bool]
    negated: bool = False


def equal(expected: str, value: str) -> bool:
    """Whether the texts are the same."""
    return expected == value


def equal_ignoring_case(expected: str, value: str) -> bool:
    """Whether the texts are the same but for upper and lower case; booleans are compared like this, too."""
    return expected.lower() == value.lower()


def matches(pattern: str, value: str) -> bool:
    """Whether a value matches a pattern: `*` for any characters, `?` for one, nothing else is special."""
    return expression(pattern).fullmatch(value) is not None


@functools.lru_cache(maxsize=4096)
def expression(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression."""
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def as_list(value: Any) -> list[str]:
    """The values as texts, of an element that is either a single value or a list."""
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


COMPARISONS: dict[str, Comparison] = {
    "ArnEquals": Comparison(matches),
    "ArnLike": Comparison(matches),
    "ArnNotEquals": Comparison(matches, negated=True),
    "ArnNotLike": Comparison(matches, negated=True),
    "Bool": Comparison(equal_ignoring_case),
    "StringEquals": Comparison(equal),
    "StringEqualsIgnoreCase": Comparison(equal_ignoring_case),
    "StringLike": Comparison(matches),
    "StringNotEquals": Comparison(equal, negated=True),
    "StringNotEqualsIgnoreCase": Comparison(equal_ignoring_case, negated=True),
    "StringNotLike": Comparison(matches, negated=True),
}


def unsupported(statement: Statement) -> list[str]:
    """The condition operators of a statement that this evaluation does not know."""
    operators = (operator.rpartition(":")[2].removesuffix("IfExists") for operator in statement.get("Condition", {}))
    return [operator for operator in operators if operator not in COMPARISONS and operator != "Null"]
