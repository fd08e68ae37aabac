"""Functions of an interpolation block: `$[[ inputs.x | truncate(0,8) | posix_escape ]]`.

Source: https://docs.gitlab.com/ci/inputs/#specify-functions-to-manipulate-input-values
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

from pullcord.config.tree import Seq
from pullcord.config.variables import expansion

MOST = 3
TRUNCATE = re.compile(r"truncate\(\s*(?P<offset>[0-9]{1,9})\s*,\s*(?P<length>[0-9]{1,9})\s*\)")
SPLIT = re.compile(r"split\(\s*(?P<quote>['\"])(?P<separator>.*)(?P=quote)\s*\)")
UNSAFE = re.compile(r"[^A-Za-z0-9_\-.,:+/@\n]")


class Failed(Exception):
    """A block cannot be evaluated; the text is GitLab's. block: as it was written."""

    block = ""


class Variables(NamedTuple):
    """What `expand_vars` may use, and the names whose values it must not reveal."""

    values: Mapping[str, str]
    masked: Collection[str]


type Function = Callable[[str], object]


def apply(value: object, calls: list[str], variables: Variables) -> object:
    """The value after all functions, left to right. Raises Failed; an unknown function fails before any is run."""
    if len(calls) > MOST:
        raise Failed("too many functions in interpolation block")
    functions = [(call.partition("(")[0].strip(), function(call, variables)) for call in calls]
    if any(name == "split" for name, _ in functions[:-1]):
        raise Failed("split() must be the last function in a chain (it returns an array, not a string)")
    for name, run in functions:
        if not isinstance(value, str):
            raise Failed(f"error in `{name}` function: invalid input type: {name} can only be used with string inputs")
        value = run(value)
    return value


def function(call: str, variables: Variables) -> Function:
    """What a call such as `truncate(0,8)` does to a text."""
    if call == "expand_vars":
        return lambda text: expanded(text, variables)
    if call == "posix_escape":
        return escaped
    if found := TRUNCATE.fullmatch(call):
        offset, length = int(found["offset"]), int(found["length"])
        return lambda text: text[offset : offset + length]
    if found := SPLIT.fullmatch(call):
        separator = found["separator"]
        return lambda text: parts(text, separator)
    raise Failed(f"no function matching `{call}`: check that the function name, arguments, and types are correct")


def expanded(text: str, variables: Variables) -> str:
    """Variables put in, undefined ones left as written."""
    if any(name in variables.masked for name in expansion.references(text)):
        raise Failed("error in `expand_vars` function: variable expansion error: masked variables cannot be expanded")
    return expansion.keep(text, variables.values)


def escaped(text: str) -> str:
    """One word for a POSIX shell: a backslash before everything unusual, line breaks in quotes."""
    return UNSAFE.sub(lambda found: f"\\{found[0]}", text).replace("\n", "'\n'") or "''"


def parts(text: str, separator: str) -> Seq:
    """The stripped pieces of a text, without empty ones."""
    if not separator:
        raise Failed("error in `split` function: invalid argument: separator cannot be empty")
    pieces = Seq()
    for piece in text.split(separator):
        if stripped := piece.strip():
            pieces.put(stripped, None)
    return pieces
