"""The parameters of a template: values and defaults, validated as CloudFormation does."""

import re
from collections.abc import Mapping
from typing import Any

from pullcord_local.stack.scope import ParameterError

LISTS = {"CommaDelimitedList", "List<String>", "List<Number>"}
SCALARS = {"String", "Number"}


def values(declared: Mapping[str, Mapping[str, Any]], given: Mapping[str, str]) -> dict[str, Any]:
    """The values of all parameters, lists split.

    Raises ParameterError for a parameter that is unknown, missing, of an unsupported type or not allowed.
    """
    if unknown := sorted(set(given) - set(declared)):
        raise ParameterError(f"the template has no parameter {', '.join(unknown)}")
    return {name: value(name, declaration, given.get(name)) for name, declaration in declared.items()}


def value(name: str, declaration: Mapping[str, Any], given: str | None) -> Any:
    """The value of a parameter. Raises ParameterError as `values` does."""
    raw = declaration.get("Default") if given is None else given
    kind = declaration["Type"]
    if raw is None:
        raise ParameterError(f"parameter {name} has neither a value nor a default")
    if kind not in LISTS | SCALARS:
        raise ParameterError(f"parameter {name}: type {kind} is not supported")
    if kind in LISTS:
        return [part.strip() for part in str(raw).split(",")]
    check(name, declaration, str(raw))
    return raw


def check(name: str, declaration: Mapping[str, Any], raw: str) -> None:
    """Validate a parameter's value. Raises ParameterError if it is not allowed."""
    minimum, maximum = float(declaration.get("MinValue", "-inf")), float(declaration.get("MaxValue", "inf"))
    allowed = declaration.get("AllowedValues")
    if allowed is not None and raw not in {str(item) for item in allowed}:
        raise ParameterError(f"parameter {name}: {raw!r} is not one of {allowed}")
    pattern = declaration.get("AllowedPattern")
    if pattern is not None and not re.fullmatch(pattern, raw):
        raise ParameterError(f"parameter {name}: {raw!r} does not match {pattern}")
    if declaration["Type"] == "Number" and not re.fullmatch(r"[+-]?\d+(\.\d+)?", raw):
        raise ParameterError(f"parameter {name}: {raw!r} is not a number")
    if declaration["Type"] == "Number" and not minimum <= float(raw) <= maximum:
        raise ParameterError(f"parameter {name}: {raw} is not between {minimum:g} and {maximum:g}")
