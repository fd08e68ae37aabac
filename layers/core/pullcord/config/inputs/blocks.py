"""One interpolation block: what stands between `$[[` and `]]`, and its value.

    block    = access ("|" function)*
    access   = context "." name index* ("." key index*)*
    context  = "inputs" | "component" | "matrix"

Source: https://docs.gitlab.com/ci/inputs/
"""

import re
from collections.abc import Mapping, Sequence

from pullcord.config.inputs.functions import Failed, Variables, apply

LONGEST = 1024
MOST_PARTS = 5
MOST_INDEXES = 5
LATER = "matrix."
"""Values of a matrix are put in when jobs are expanded."""

PART = re.compile(r"(?P<name>[^\[\]]*)(?P<indexes>(?:\[[^\[\]]*\])*)", re.DOTALL)
INDEX = re.compile(r"\[([^\[\]]*)\]")
DIGITS = re.compile(r"[0-9]{1,9}")


def evaluate(block: str, contexts: Mapping[str, Mapping[str, object]], variables: Variables) -> object:
    """The value of a block, of whatever type. Raises functions.Failed."""
    access, *calls = [part.strip() for part in block.split("|")]
    return apply(accessed(access, contexts), calls, variables)


def accessed(access: str, contexts: Mapping[str, Mapping[str, object]]) -> object:
    """The value that a path such as `inputs.a[0].key` leads to."""
    if len(access.encode(errors="replace")) > LONGEST:
        raise Failed("maximum interpolation expression size exceeded")
    parts = access.split(".", MOST_PARTS - 1)
    if len(parts) < 2:
        raise Failed("invalid pattern used for interpolation. valid pattern is $[[ inputs.input ]]")
    value: object = contexts
    for part in parts:
        found = PART.fullmatch(part)
        if found is None:
            raise Failed(f"invalid array index in `{access}`: `{part}` is not a valid index")
        name = found["name"]
        if not isinstance(value, Mapping) or name not in value:
            raise Failed(f"unknown interpolation provided: `{name}` in `{access}`")
        value = indexed(value[name], INDEX.findall(found["indexes"]), access)
    return value


def indexed(value: object, indexes: list[str], access: str) -> object:
    """An item of an item of a list."""
    if len(indexes) > MOST_INDEXES:
        raise Failed(f"too many array indexes in `{access}`: maximum is {MOST_INDEXES}")
    for index in indexes:
        if not DIGITS.fullmatch(index):
            raise Failed(f"invalid array index in `{access}`: `{index}` is not a valid index")
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise Failed(f"cannot index into non-array value at [{index}] in `{access}`")
        if int(index) >= len(value):
            raise Failed(f"array index {index} out of bounds (size: {len(value)}) in `{access}`")
        value = value[int(index)]
    return value
