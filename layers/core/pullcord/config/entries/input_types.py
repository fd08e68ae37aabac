"""Types of inputs: conversion of given values, and problems of values.

Source: https://docs.gitlab.com/ci/inputs/#input-types
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pullcord.config.conditions import patterns
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, RawLocation, Seq

MAX_DEPTH = 100
"""Levels that Ruby's JSON parser reads."""


class Type(NamedTuple):
    """Type of inputs. name: with its article, for messages; fits: whether a value is of the type."""

    name: str
    fits: Callable[[object], bool]


def is_number(value: object) -> bool:
    """Whether a value is an integer or a float. True and false are not."""
    return isinstance(value, int | float) and not isinstance(value, bool)


TYPES: Mapping[str, Type] = {
    "array": Type("an array", lambda value: isinstance(value, Seq)),
    "boolean": Type("a boolean", lambda value: isinstance(value, bool)),
    "number": Type("a number", is_number),
    "string": Type("a string", lambda value: isinstance(value, str)),
}


def coerced(value: object, type_name: str) -> object:
    """Convert a value to a type: to a string, or from JSON if it is a string that is valid JSON."""
    if type_name == "string":
        return to_s(value)
    if not isinstance(value, str):
        return value
    try:
        return tree(json.loads(value, parse_constant=refuse_constant), None)
    except (ValueError, RecursionError):
        return value


def refuse_constant(name: str) -> object:
    """Refuse NaN and infinities, which are no JSON. Raises ValueError."""
    raise ValueError(name)


def tree(value: object, raw_location: RawLocation, depth: int = 0) -> object:
    """Convert plain lists and maps to Seq and Map. Raises ValueError if they nest too deep."""
    if isinstance(value, Map | Seq | str) or not isinstance(value, Mapping | Sequence):
        return value
    if depth == MAX_DEPTH:
        raise ValueError("nesting too deep")
    if isinstance(value, Mapping):
        mapping = Map(raw_location)
        for key, item in value.items():
            mapping.put(to_s(key), tree(item, raw_location, depth + 1), raw_location)
        return mapping
    sequence = Seq(raw_location)
    for item in value:
        sequence.put(tree(item, raw_location, depth + 1), raw_location)
    return sequence


def faults(value: object, type_name: str, options: object, regex: object, *, default: bool) -> Iterator[str]:
    """Yield the problems of a value or a default, in GitLab's order: type, options, pattern."""
    role = "default" if default else "provided"
    if not TYPES[type_name].fits(value):
        yield f"{role} value is not {TYPES[type_name].name}"
    if isinstance(options, Sequence):
        yield from option_faults(value, type_name, options)
    if isinstance(regex, str):
        if type_name != "string":
            yield "RegEx validation can only be used with string inputs"
        elif (pattern := patterns.from_source(regex)) is None:
            yield "invalid regular expression"
        elif not pattern.found_in(to_s(value)):
            yield f"{role} value does not match required RegEx pattern"


def option_faults(value: object, type_name: str, options: Sequence[object]) -> Iterator[str]:
    """Yield the problem of a value that is not among the options. Items of a list are compared one by one."""
    if type_name == "string":
        if to_s(value) not in map(to_s, options):
            yield f"`{to_s(value)}` cannot be used because it is not in the list of allowed options"
    elif type_name == "number":
        if value not in options:
            yield f"`{to_s(value)}` cannot be used because it is not in the list of the allowed options"
    elif type_name == "array":
        rejected = [item for item in value if item not in options] if isinstance(value, Seq) else []
        if rejected:
            yield f"`{to_s(rejected[0])}` cannot be used because it is not in the list of allowed options"
    else:
        yield "Options can only be used with string and number inputs"
