"""Interpolation block: the text between `$[[` and `]]`, and its value.

    block    = access ("|" function)*
    access   = context "." name index* ("." key index*)*
    context  = "inputs" | "component" | "matrix"
    function = "expand_vars" | "posix_escape" | "truncate(OFFSET,LENGTH)" | "split('SEPARATOR')"

Sources: https://docs.gitlab.com/ci/inputs/ and
https://docs.gitlab.com/ci/inputs/#specify-functions-to-manipulate-input-values
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from pullcord.config import lazy
from pullcord.config.tree import Seq
from pullcord.config.variables import expansion

MAX_LENGTH = 1024
MAX_PARTS = 5
MAX_INDEXES = 5
MATRIX_PREFIX = "matrix."
"""Prefix of matrix values, which are interpolated when jobs are expanded."""

MAX_FUNCTIONS = 3
PART = re.compile(r"(?P<name>[^\[\]]*)(?P<indexes>(?:\[[^\[\]]*\])*)", re.DOTALL)
INDEX = re.compile(r"\[([^\[\]]*)\]")
DIGITS = re.compile(r"[0-9]{1,9}")
TRUNCATE = lazy.pattern(r"truncate\(\s*(?P<offset>[0-9]{1,9})\s*,\s*(?P<length>[0-9]{1,9})\s*\)")
SPLIT = lazy.pattern(r"split\(\s*(?P<quote>['\"])(?P<separator>.*)(?P=quote)\s*\)")
UNSAFE = lazy.pattern(r"[^A-Za-z0-9_\-.,:+/@\n]")


class BlockError(Exception):
    """Raised for a block that cannot be evaluated; the text is GitLab's. block: the block as written."""

    block = ""


class BlockVariables(NamedTuple):
    """Variables of `expand_vars`: values by name, and the names of masked variables, which it must not reveal."""

    values: Mapping[str, str]
    masked: Collection[str]


type Function = Callable[[str], object]


def evaluate(block: str, contexts: Mapping[str, Mapping[str, object]], variables: BlockVariables) -> object:
    """Evaluate a block; the value may have any type. Raises BlockError."""
    access, *calls = [part.strip() for part in block.split("|")]
    return apply(accessed(access, contexts), calls, variables)


def accessed(access: str, contexts: Mapping[str, Mapping[str, object]]) -> object:
    """Look up a path such as `inputs.a[0].key`. Raises BlockError."""
    if len(access.encode(errors="replace")) > MAX_LENGTH:
        raise BlockError("maximum interpolation expression size exceeded")
    parts = access.split(".", MAX_PARTS - 1)
    if len(parts) < 2:
        raise BlockError("invalid pattern used for interpolation. valid pattern is $[[ inputs.input ]]")
    value: object = contexts
    for part in parts:
        found = PART.fullmatch(part)
        if found is None:
            raise BlockError(f"invalid array index in `{access}`: `{part}` is not a valid index")
        name = found["name"]
        if not isinstance(value, Mapping) or name not in value:
            raise BlockError(f"unknown interpolation provided: `{name}` in `{access}`")
        value = indexed(value[name], INDEX.findall(found["indexes"]), access)
    return value


def indexed(value: object, indexes: list[str], access: str) -> object:
    """Look up an item of a list, or of a list in a list. Raises BlockError."""
    if len(indexes) > MAX_INDEXES:
        raise BlockError(f"too many array indexes in `{access}`: maximum is {MAX_INDEXES}")
    for index in indexes:
        if not DIGITS.fullmatch(index):
            raise BlockError(f"invalid array index in `{access}`: `{index}` is not a valid index")
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise BlockError(f"cannot index into non-array value at [{index}] in `{access}`")
        if int(index) >= len(value):
            raise BlockError(f"array index {index} out of bounds (size: {len(value)}) in `{access}`")
        value = value[int(index)]
    return value


def apply(value: object, calls: list[str], variables: BlockVariables) -> object:
    """Apply functions from left to right. Raises BlockError; an unknown function is reported before any is run."""
    if len(calls) > MAX_FUNCTIONS:
        raise BlockError("too many functions in interpolation block")
    functions = [(call.partition("(")[0].strip(), function(call, variables)) for call in calls]
    if any(name == "split" for name, _ in functions[:-1]):
        raise BlockError("split() must be the last function in a chain (it returns an array, not a string)")
    for name, run in functions:
        if not isinstance(value, str):
            raise BlockError(
                f"error in `{name}` function: invalid input type: {name} can only be used with string inputs"
            )
        value = run(value)
    return value


def function(call: str, variables: BlockVariables) -> Function:
    """Return the function of a call such as `truncate(0,8)`. Raises BlockError."""
    if call == "expand_vars":
        return lambda text: expanded(text, variables)
    if call == "posix_escape":
        return escaped
    if found := TRUNCATE().fullmatch(call):
        offset, length = int(found["offset"]), int(found["length"])
        return lambda text: text[offset : offset + length]
    if found := SPLIT().fullmatch(call):
        separator = found["separator"]
        return lambda text: parts(text, separator)
    raise BlockError(f"no function matching `{call}`: check that the function name, arguments, and types are correct")


def expanded(text: str, variables: BlockVariables) -> str:
    """Expand variables; undefined ones stay as written. Raises BlockError for a masked one."""
    if any(name in variables.masked for name in expansion.references(text)):
        raise BlockError(
            "error in `expand_vars` function: variable expansion error: masked variables cannot be expanded"
        )
    return expansion.keep(text, variables.values)


def escaped(text: str) -> str:
    """Escape a text as one word of a POSIX shell."""
    return UNSAFE().sub(lambda found: f"\\{found[0]}", text).replace("\n", "'\n'") or "''"


def parts(text: str, separator: str) -> Seq:
    """Split a text into stripped, non-empty parts. Raises BlockError."""
    if not separator:
        raise BlockError("error in `split` function: invalid argument: separator cannot be empty")
    pieces = Seq()
    for piece in text.split(separator):
        if stripped := piece.strip():
            pieces.put(stripped, None)
    return pieces
