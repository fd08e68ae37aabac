"""Whether statements allow an action on a resource.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

import functools
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Statement = Mapping[str, Any]
Context = Mapping[str, tuple[str, ...]]
"""Condition keys of one request, each with its values."""


@dataclass(frozen=True, slots=True)
class Need:
    """One permission that a call needs."""

    action: str
    resource: str
    context: Context = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one need; `statement` is the one that decided, None when none spoke."""

    allowed: bool
    statement: Statement | None = None


def judge(statements: Iterable[Statement], need: Need) -> Verdict:
    """A matching Deny wins; else a matching Allow; else no."""
    allowing: Statement | None = None
    for statement in statements:
        if not applies(statement, need):
            continue
        if statement["Effect"] == "Deny":
            return Verdict(allowed=False, statement=statement)
        allowing = allowing or statement
    return Verdict(allowed=allowing is not None, statement=allowing)


def applies(statement: Statement, need: Need) -> bool:
    """Whether a statement speaks of this action, resource and situation."""
    return (
        named(statement, "Action", need.action.lower(), lower=True)
        and named(statement, "Resource", need.resource)
        and all(met(operator, keys, need.context) for operator, keys in statement.get("Condition", {}).items())
    )


def named(statement: Statement, element: str, value: str, *, lower: bool = False) -> bool:
    """Whether an element, or the absence of it in its Not… form, covers a value."""
    negated = element not in statement
    patterns = listed(statement[f"Not{element}" if negated else element])
    found = any(like(pattern.lower() if lower else pattern, value) for pattern in patterns)
    return found is not negated


def met(operator: str, keys: Mapping[str, Any], context: Context) -> bool:
    """Whether one operator of a condition block holds for all of its keys."""
    quantifier, _, name = operator.rpartition(":")
    optional = name.endswith("IfExists")
    name = name.removesuffix("IfExists")
    if name == "Null":
        return all((key not in context) == (str(wanted).lower() == "true") for key, wanted in keys.items())
    return all(
        holds(quantifier, COMPARISONS[name], context.get(key), listed(wanted), optional=optional)
        for key, wanted in keys.items()
    )


def holds(
    quantifier: str, comparison: "Comparison", values: tuple[str, ...] | None, wanted: list[str], *, optional: bool
) -> bool:
    """Whether a key's values satisfy a comparison under its quantifier.

    A key that is not in the request satisfies ForAllValues and …IfExists, nothing else; for negated
    operators AWS says the same of a missing key as of a different one.
    """
    if values is None:
        return optional or quantifier == "ForAllValues" or (comparison.negated and quantifier != "ForAnyValue")
    hits = [any(comparison.test(want, value) for want in wanted) is not comparison.negated for value in values]
    return any(hits) if quantifier == "ForAnyValue" else all(hits)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an operator compares: (wanted, value) → match; negated operators want no match."""

    test: Callable[[str, str], bool]
    negated: bool = False


def equal(wanted: str, value: str) -> bool:
    """Exact comparison."""
    return wanted == value


def equal_ignoring_case(wanted: str, value: str) -> bool:
    """Comparison of texts and booleans whatever their case."""
    return wanted.lower() == value.lower()


def like(pattern: str, value: str) -> bool:
    """`*` stands for any characters, `?` for one; nothing else is special."""
    return expression(pattern).fullmatch(value) is not None


@functools.lru_cache(maxsize=4096)
def expression(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression."""
    return re.compile(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), re.DOTALL)


def listed(value: Any) -> list[str]:
    """One or several values, as texts."""
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


COMPARISONS: dict[str, Comparison] = {
    "ArnEquals": Comparison(like),
    "ArnLike": Comparison(like),
    "ArnNotEquals": Comparison(like, negated=True),
    "ArnNotLike": Comparison(like, negated=True),
    "Bool": Comparison(equal_ignoring_case),
    "StringEquals": Comparison(equal),
    "StringEqualsIgnoreCase": Comparison(equal_ignoring_case),
    "StringLike": Comparison(like),
    "StringNotEquals": Comparison(equal, negated=True),
    "StringNotEqualsIgnoreCase": Comparison(equal_ignoring_case, negated=True),
    "StringNotLike": Comparison(like, negated=True),
}


def unsupported(statement: Statement) -> list[str]:
    """The condition operators of a statement that cannot be evaluated here."""
    operators = (operator.rpartition(":")[2].removesuffix("IfExists") for operator in statement.get("Condition", {}))
    return [operator for operator in operators if operator not in COMPARISONS and operator != "Null"]
