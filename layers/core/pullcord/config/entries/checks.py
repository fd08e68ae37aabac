"""Reusable checks of GitLab, with its messages.

A check of an attribute accepts null, as most of GitLab's do. The attribute "config" is the node itself.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import TypeGuard

from pullcord.config import ruby
from pullcord.config.conditions import expressions
from pullcord.config.entries import durations
from pullcord.config.entries.entry import Entry
from pullcord.config.tree import Symbol

MAX_LEVELS = 10
"""Levels of nested lists in `script`, `rules` and `stages`."""

WEEK = 7 * 86_400
NEVER = "never"

_INTEGER = re.compile(r"[+-]?[0-9]{1,99}")


# What a value is, in Ruby's classes


def is_string(value: object) -> TypeGuard[str]:
    """Whether a value is a string. A symbol is not."""
    return isinstance(value, str) and not isinstance(value, Symbol)


def is_integer(value: object) -> TypeGuard[int]:
    """Whether a value is an integer. True and false are not."""
    return isinstance(value, int) and not isinstance(value, bool)


def is_strings(value: object) -> TypeGuard[list[str]]:
    """Whether a value is a list of strings or symbols."""
    if not isinstance(value, list):
        return False
    for item in value:  # noqa: SIM110 -- a generator costs more than the short lists that it is for
        if not isinstance(item, str):
            return False
    return True


def is_nested_strings(value: object, levels: int = MAX_LEVELS) -> bool:
    """Whether a value is a list of strings and such lists, no deeper than `levels`."""
    return isinstance(value, list) and all(
        isinstance(item, str) or (levels > 1 and is_nested_strings(item, levels - 1)) for item in value
    )


def is_nested_maps(value: object, levels: int = MAX_LEVELS) -> bool:
    """Whether a value is a list of maps and such lists, no deeper than `levels`."""
    if not isinstance(value, list):
        return False
    for item in value:  # noqa: SIM110 - as above
        if not (isinstance(item, dict) or (levels > 1 and is_nested_maps(item, levels - 1))):
            return False
    return True


# Keys


def allowed_keys(entry: Entry, allowed: Collection[object]) -> None:
    """Check that a map has no other keys."""
    known = frozenset(allowed)
    if not entry.map.keys() <= known:
        unknown = [key for key in entry.map if key not in known]
        entry.wrong("config", "contains unknown keys: " + ", ".join(map(ruby.to_s, unknown)), unknown[0])


def disallowed_keys(entry: Entry, disallowed: Collection[str]) -> None:
    """Check that a map has none of these keys."""
    if found := [str(key) for key in entry.map if key in disallowed]:
        entry.wrong("config", "contains disallowed keys: " + ", ".join(found), found[0])


def required_keys(entry: Entry, required: Iterable[str]) -> None:
    """Check that a map has all of these keys, even with null."""
    if missing := [key for key in required if not entry.has(key)]:
        entry.wrong("config", "missing required keys: " + ", ".join(missing))


def exclusive_keys(entry: Entry, exclusive: Collection[str]) -> None:
    """Check that a map has at most one of these keys."""
    if len([key for key in exclusive if key in entry.map]) > 1:
        found = [str(key) for key in entry.map if key in exclusive]
        entry.wrong("config", "these keys cannot be used together: " + ", ".join(found), found[1])


# Types


def map_(entry: Entry) -> bool:
    """Check that the node is a map."""
    if not isinstance(entry.value, dict):
        entry.wrong("config", "should be a hash")
        return False
    return True


def present(entry: Entry, attribute: str) -> None:
    """Check that an attribute is not blank."""
    if ruby.blank(_value(entry, attribute)):
        entry.wrong(attribute, "can't be blank")


def present_as(entry: Entry, attribute: str, value: object) -> None:
    """Check as `present`, where a string is short for a map with the key `attribute`."""
    if ruby.blank(value):
        entry.wrong(attribute, "can't be blank")


def string(entry: Entry, attribute: str) -> None:
    """Check a string."""
    if (value := _value(entry, attribute)) is not None and not is_string(value):
        entry.wrong(attribute, "should be a string")


def required_string(entry: Entry, attribute: str) -> None:
    """Check a string that is not blank."""
    if not is_string(_value(entry, attribute)):
        entry.wrong(attribute, "should be a string")
    present(entry, attribute)


def boolean(entry: Entry, attribute: str) -> None:
    """Check a boolean."""
    if (value := _value(entry, attribute)) is not None and not isinstance(value, bool):
        entry.wrong(attribute, "should be a boolean value")


def alphanumeric(entry: Entry, attribute: str) -> None:
    """Check a string or an integer."""
    if (value := _value(entry, attribute)) is not None and not (isinstance(value, str) or is_integer(value)):
        entry.wrong(attribute, "must be an alphanumeric string")


def strings(entry: Entry, attribute: str) -> None:
    """Check a list of strings."""
    if (value := _value(entry, attribute)) is not None and not is_strings(value):
        entry.wrong(attribute, "should be an array of strings")


def strings_or_string(entry: Entry, attribute: str) -> None:
    """Check a string or a list of strings."""
    value = _value(entry, attribute)
    if value is not None and not isinstance(value, str) and not is_strings(value):
        entry.wrong(attribute, "should be an array of strings or a string")


def integers_or_integer(entry: Entry, attribute: str) -> None:
    """Check an integer or a list of integers."""
    value = _value(entry, attribute)
    if value is None or is_integer(value) or (isinstance(value, list) and all(map(is_integer, value))):
        return
    entry.wrong(attribute, "should be an array of integers or an integer")


def map_or_boolean(entry: Entry, attribute: str) -> None:
    """Check a map or a boolean."""
    if (value := _value(entry, attribute)) is not None and not isinstance(value, (dict, bool)):
        entry.wrong(attribute, "should be a hash or a boolean value")


# Values


def one_of(entry: Entry, attribute: str, choice: Collection[str], message: str) -> None:
    """Check a string that is one of a choice."""
    string(entry, attribute)
    if (value := _value(entry, attribute)) is not None and not (isinstance(value, str) and value in choice):
        entry.wrong(attribute, message)


def known_items(entry: Entry, attribute: str, choice: Collection[str]) -> None:
    """Check that a list has items of a choice alone."""
    value = _value(entry, attribute)
    if isinstance(value, list) and (
        unknown := [item for item in value if not (isinstance(item, str) and item in choice)]
    ):
        entry.wrong(attribute, "contains unknown values: " + ", ".join(map(ruby.to_s, unknown)))


def max_length(entry: Entry, attribute: str, maximum: int, message: str = "") -> None:
    """Check the number of characters, items or keys; of other values that of their text."""
    value = _value(entry, attribute)
    if value is not None and length(value) > maximum:
        entry.wrong(attribute, message or f"is too long (maximum is {maximum} characters)")


def length(value: object) -> int:
    """Return Ruby's `length` of a value, or of its text."""
    return len(value if isinstance(value, (str, list, dict)) else ruby.to_s(value))


def expression(entry: Entry, attribute: str) -> None:
    """Check an expression."""
    if (value := _value(entry, attribute)) is not None and not expressions.valid(value):
        entry.wrong(attribute, "invalid expression syntax")


def duration(entry: Entry, attribute: str, limit: int | None = None, *, never: bool = False) -> None:
    """Check a duration of up to `limit` seconds; with `never` that word in any case is valid, too. Null is not."""
    value = _value(entry, attribute)
    if never and isinstance(value, str) and value.lower() == NEVER:
        return
    found = seconds(value)
    if found is None:
        entry.wrong(attribute, "should be a duration")
    if limit is not None and (found is None or found > limit):
        entry.wrong(attribute, "should not exceed the limit")


def seconds(value: object) -> int | float | None:
    """Convert a duration to seconds. Files repeat the same few, so results are cached."""
    return _seconds(value) if isinstance(value, str) and len(value) < 64 else durations.seconds(value)


_seconds = lru_cache(maxsize=1024)(durations.seconds)


def integer_between(entry: Entry, attribute: str, lowest: int, highest: int) -> None:
    """Check an integer within bounds, also written as a string."""
    value = _value(entry, attribute)
    if value is None:
        return
    if not is_integer(value) and not (is_string(value) and _INTEGER.fullmatch(value)):
        numeric = isinstance(value, float) or (is_string(value) and _is_number(value))
        entry.wrong(attribute, "must be an integer" if numeric else "is not a number")
    elif int(value) < lowest:
        entry.wrong(attribute, f"must be greater than or equal to {lowest}")
    elif int(value) > highest:
        entry.wrong(attribute, f"must be less than or equal to {highest}")


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\s*[+-]?[0-9]+(_?[0-9]+)*(\.[0-9]+)?([eE][+-]?[0-9]+)?\s*", text) is not None


def _value(entry: Entry, attribute: str) -> object:
    return entry.value if attribute == "config" else entry.map.get(attribute)
