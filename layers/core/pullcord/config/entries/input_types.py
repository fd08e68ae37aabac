"""The types of inputs: how a given value becomes one of the type, and what is wrong with one that is not.

Source: https://docs.gitlab.com/ci/inputs/#input-types
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pullcord.config.conditions import patterns
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Seq, Spot

DEEPEST = 100
"""Levels that Ruby's JSON parser goes down."""


class Type(NamedTuple):
    """`name` as messages have it, with its article; `fits` tells a value of the type."""

    name: str
    fits: Callable[[object], bool]


def is_number(value: object) -> bool:
    """Integers and floats; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


TYPES: Mapping[str, Type] = {
    "array": Type("an array", lambda value: isinstance(value, Seq)),
    "boolean": Type("a boolean", lambda value: isinstance(value, bool)),
    "number": Type("a number", is_number),
    "string": Type("a string", lambda value: isinstance(value, str)),
}


def coerced(value: object, type_name: str) -> object:
    """A value as the type would have it: its text, or what its text says in JSON, if it is JSON at all."""
    if type_name == "string":
        return to_s(value)
    if not isinstance(value, str):
        return value
    try:
        return tree(json.loads(value, parse_constant=refuse_constant), None)
    except (ValueError, RecursionError):
        return value


def refuse_constant(name: str) -> object:
    """NaN and infinities are no JSON."""
    raise ValueError(name)


def tree(value: object, spot: Spot, depth: int = 0) -> object:
    """Lists and maps from elsewhere as sequences and mappings. Raises ValueError when they nest too deep."""
    if isinstance(value, Map | Seq | str) or not isinstance(value, Mapping | Sequence):
        return value
    if depth == DEEPEST:
        raise ValueError("nesting too deep")
    if isinstance(value, Mapping):
        mapping = Map(spot)
        for key, item in value.items():
            mapping.put(to_s(key), tree(item, spot, depth + 1), spot)
        return mapping
    sequence = Seq(spot)
    for item in value:
        sequence.put(tree(item, spot, depth + 1), spot)
    return sequence


def faults(value: object, type_name: str, options: object, regex: object, *, default: bool) -> Iterator[str]:
    """Everything that is wrong with a value or a default, in GitLab's order: type, options, pattern."""
    what = "default" if default else "provided"
    if not TYPES[type_name].fits(value):
        yield f"{what} value is not {TYPES[type_name].name}"
    if isinstance(options, Sequence):
        yield from option_faults(value, type_name, options)
    if isinstance(regex, str):
        if type_name != "string":
            yield "RegEx validation can only be used with string inputs"
        elif (pattern := patterns.from_source(regex)) is None:
            yield "invalid regular expression"
        elif not pattern.found_in(to_s(value)):
            yield f"{what} value does not match required RegEx pattern"


def option_faults(value: object, type_name: str, options: Sequence[object]) -> Iterator[str]:
    """A text is compared as text, a number as number, a list item by item."""
    if type_name == "string":
        if to_s(value) not in map(to_s, options):
            yield f"`{to_s(value)}` cannot be used because it is not in the list of allowed options"
    elif type_name == "number":
        if value not in options:
            yield f"`{to_s(value)}` cannot be used because it is not in the list of the allowed options"
    elif type_name == "array":
        outside = [item for item in value if item not in options] if isinstance(value, Seq) else []
        if outside:
            yield f"`{to_s(outside[0])}` cannot be used because it is not in the list of allowed options"
    else:
        yield "Options can only be used with string and number inputs"
