"""Interpolation block: the text between `$[[` and `]]`, and its value.

    block    = access ("|" function)* "|"*
    access   = context ("." part)+               at most five of both; the last one may hold more points
    part     = name | word ("[" digits "]")+     at most five indexes
    context  = "inputs" | "component" | "matrix"
    function = "expand_vars" | "posix_escape" | "truncate(OFFSET,LENGTH" [")"] | "split('SEPARATOR')"

Sources: https://docs.gitlab.com/ci/inputs/ and
https://docs.gitlab.com/ci/inputs/#specify-functions-to-manipulate-input-values
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from pullcord.config import lazy
from pullcord.config.tree import Seq
from pullcord.config.variables import expansion

MAX_LENGTH = 1024
MAX_PARTS = 5
MAX_INDEXES = 5
MAX_FUNCTIONS = 3
MAX_MESSAGES = 3
MAX_DIGITS = 18
MATRIX = "matrix"
"""Context of matrix values, which are interpolated when jobs are expanded."""

BLANKS = " \t\n\v\f\r\0"
"""Characters that Ruby strips."""

INDEXED = lazy.pattern(r"(?P<name>\w*)(?P<indexes>(?:\[\d+\])+)", re.ASCII)
DIGITS = lazy.pattern(r"[0-9]+")
TRUNCATE = lazy.pattern(r"truncate\(\s*(?P<offset>[0-9]+)\s*,\s*(?P<length>[0-9]+)\s*\)?", re.ASCII)
SPLIT = lazy.pattern(r"split\('(?P<separator>[^']*)'\)")
WHITE_SPACE = lazy.pattern(r"[ \t\n\v\f\r]+")
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
    access, *calls = [part.strip(BLANKS) for part in block.rstrip("|").split("|")]
    return apply(accessed(access, contexts), calls, variables)


def is_of_matrix(block: str) -> bool:
    """Whether a block is that of a matrix, which stays as written."""
    return block.partition("|")[0].partition(".")[0].strip(BLANKS) == MATRIX


def accessed(access: str, contexts: Mapping[str, Mapping[str, object]]) -> object:
    """Look up a path such as `inputs.a[0].key`. Raises BlockError."""
    parts = access.split(".", MAX_PARTS - 1)
    wrong = []
    if len(parts) < 2:
        wrong.append("invalid pattern used for interpolation. valid pattern is $[[ inputs.input ]]")
    if len(access.encode(errors="replace")) > MAX_LENGTH:
        wrong.append("maximum interpolation expression size exceeded")
    if wrong:
        raise BlockError(", ".join(wrong))
    value: object = contexts
    for part in parts:
        name, indexes = indexed(part, access) if "[" in part else (part, ())
        if not isinstance(value, Mapping) or name not in value:
            raise BlockError(f"unknown interpolation provided: `{name}` in `{access}`")
        value = value[name]
        for index in indexes:
            value = item(value, index, access)
    return value


def indexed(part: str, access: str) -> tuple[str, Sequence[int]]:
    """Split a part with brackets into its name and indexes. Raises BlockError."""
    found = INDEXED().fullmatch(part)
    if found is None:
        raise BlockError(fault(part, access))
    if not found["name"]:
        raise BlockError(f"invalid indexed access without a key in `{access}`")
    indexes = [int(digits) for digits in DIGITS().findall(found["indexes"])]
    if len(indexes) > MAX_INDEXES:
        raise BlockError(f"too many array indices in `{access}` (maximum depth: {MAX_INDEXES})")
    return found["name"], indexes


def fault(part: str, access: str) -> str:
    """Return what is wrong with a part whose brackets are no indexes of a word."""
    if part.count("[") != part.count("]"):
        return f"invalid array index in `{access}`: missing closing bracket"
    for index in bracketed(part):
        if not DIGITS().fullmatch(index):
            return f"invalid array index in `{access}`: `{index}` is not a valid index"
    return f"invalid array index syntax in `{access}`"


def bracketed(part: str) -> Iterator[str]:
    """Yield what is in brackets, from each opening bracket outside others to the next closing one."""
    start = part.find("[")
    while start >= 0 and (end := part.find("]", start)) >= 0:
        yield part[start + 1 : end]
        start = part.find("[", end)


def item(value: object, index: int, access: str) -> object:
    """Look up an item of a list. Raises BlockError."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise BlockError(f"cannot index into non-array value at [{index}] in `{access}`")
    if index >= len(value):
        raise BlockError(f"array index {index} out of bounds (size: {len(value)}) in `{access}`")
    return value[index]


def apply(value: object, calls: list[str], variables: BlockVariables) -> object:
    """Apply functions from left to right. Raises BlockError; unknown functions are reported before any is run."""
    if len(calls) > MAX_FUNCTIONS:
        raise BlockError("too many functions in interpolation block")
    functions = [(call.partition("(")[0], function(call, variables)) for call in calls]
    if wrong := [message for index in range(len(calls)) if (message := misplaced(index, calls, functions[index][1]))]:
        raise BlockError(", ".join(wrong[:MAX_MESSAGES]))
    for name, run in functions:
        if not isinstance(value, str):
            raise BlockError(
                f"error in `{name}` function: invalid input type: {name} can only be used with string inputs"
            )
        value = run(value) if run else value
    return value


def misplaced(index: int, calls: list[str], run: Function | None) -> str | None:
    """Return why a call cannot stand at its position; None if it can."""
    if run is None:
        return f"no function matching `{calls[index]}`: check that the function name, arguments, and types are correct"
    if index < len(calls) - 1 and SPLIT().fullmatch(calls[index]):
        return "split() must be the last function in a chain (it returns an array, not a string)"
    return None


def function(call: str, variables: BlockVariables) -> Function | None:
    """Return the function of a call such as `truncate(0,8)`; None for an unknown one."""
    if call == "expand_vars":
        return lambda text: expanded(text, variables)
    if call == "posix_escape":
        return escaped
    if found := TRUNCATE().fullmatch(call):
        offset, length = number(found["offset"]), number(found["length"])
        return lambda text: text[offset : offset + length]
    if found := SPLIT().fullmatch(call):
        separator = found["separator"]
        return lambda text: parts(text, separator)
    return None


def number(digits: str) -> int:
    """Return a number; of one that is larger than any text is long, so much as can be read."""
    return int(digits.lstrip("0")[:MAX_DIGITS] or 0)


def expanded(text: str, variables: BlockVariables) -> str:
    """Expand variables; undefined ones stay as written. Raises BlockError for a masked one."""
    if any(name in variables.masked for name in expansion.mentioned(text)):
        raise BlockError(
            "error in `expand_vars` function: variable expansion error: masked variables cannot be expanded"
        )
    return expansion.keep(text, variables.values)


def escaped(text: str) -> str:
    """Escape a text as one word of a POSIX shell."""
    return UNSAFE().sub(lambda found: f"\\{found[0]}", text).replace("\n", "'\n'") or "''"


def parts(text: str, separator: str) -> Seq:
    """Split a text into stripped, non-empty parts; one blank stands for any white space. Raises BlockError."""
    if not separator:
        raise BlockError("error in `split` function: invalid argument: separator cannot be empty")
    pieces = Seq()
    for piece in WHITE_SPACE().split(text) if separator == " " else text.split(separator):
        if stripped := piece.strip(BLANKS):
            pieces.put(stripped, None)
    return pieces
