"""Plain scalars as Psych 4 reads them, Ruby's YAML loader: close to YAML 1.1, with corners of its own.

Source: https://github.com/ruby/psych (behaviour of its scalar scanner)
"""

import math
import re

from pullcord.config import lazy
from pullcord.config.tree import Symbol

WORDS = (
    {"~": None, "null": None}
    | dict.fromkeys(("yes", "true", "on"), True)
    | dict.fromkeys(("no", "false", "off"), False)
)
NUMERIC_START = frozenset("0123456789+-.:")
"""Only a scalar that begins like this can be anything but text or one of the words."""

WORD_INITIALS = frozenset("~nNyYtToOfF")
LONGEST_WORD = 5
SHORT = 20
LONGEST_NUMBER = 4000
"""Python refuses longer ones; nobody means them, and their text is the same."""

MOMENT = lazy.pattern(
    r"-?\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d\d:\d\d(?:\.\d*)?(?:\s*(?:Z|[-+]\d{1,2}:?(?:\d\d)?))?", re.ASCII
)
DATE = lazy.pattern(r"\d{4}-(?:1[012]|0\d|\d)-(?:[12]\d|3[01]|0\d|\d)", re.ASCII)
SEXAGESIMAL = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9]){1,2}(?P<fraction>\.[0-9_]*)?")
FLOAT = re.compile(r"[-+]?(?:[0-9][0-9_,]*)?\.[0-9]*(?:[eE][+-][0-9]+)?")
INTEGER = re.compile(
    r"(?P<sign>[-+]?)(?:0b(?P<binary>[01_,]+)|0(?P<octal>[0-7_,]+)|0x(?P<hexadecimal>[0-9a-fA-F_,]+)"
    r"|(?P<decimal>0|[1-9](?:[0-9]|,[0-9]|_[0-9])*))"
)
INFINITY = re.compile(r"(?P<sign>[-+]?)\.inf", re.IGNORECASE)


class UnspecifiedClass(ValueError):
    """A value of a Ruby class that configurations may not use: dates, times and tagged objects."""


def plain(text: str) -> object:
    """The value of a scalar without quotes and tag. Raises UnspecifiedClass, and ValueError for a broken number."""
    if not text:
        return None
    first = text[0]
    if first in NUMERIC_START:
        usual = "0" < first <= "9" and len(text) < SHORT and text.isdecimal() and text.isascii()
        return int(text) if usual else numeric(text)
    if first in WORD_INITIALS and len(text) <= LONGEST_WORD:
        return WORDS.get(text.lower(), text)
    return text


def numeric(text: str) -> object:
    """A scalar that begins with a digit, a sign, a point or a colon."""
    if len(text) > LONGEST_NUMBER or "\n" in text:
        return text
    if text[0] == ":":
        return symbol(text) if len(text) > 1 else text
    refuse_dates(text)
    if infinity := INFINITY.fullmatch(text):
        return -math.inf if infinity["sign"] == "-" else math.inf
    if text.lower() == ".nan":
        return math.nan
    if found := SEXAGESIMAL.fullmatch(text):
        return sexagesimal(text, fractional=found["fraction"] is not None)
    if FLOAT.fullmatch(text):
        return text if text in {".", "+.", "-."} else float(text.replace(",", "").replace("_", ""))
    if found := INTEGER.fullmatch(text):
        return integer(found)
    return text


def symbol(text: str) -> Symbol:
    """`:word` and `:"some words"` without colon and quotes."""
    name = text[1:]
    return Symbol(name[1:-1] if len(name) > 1 and name[0] in {'"', "'"} and name[-1] == name[0] else name)


def refuse_dates(text: str) -> None:
    """GitLab loads neither dates nor times. Those that no calendar could have are text."""
    if "-" not in text[1:]:
        return
    if MOMENT().fullmatch(text):
        raise UnspecifiedClass("Time")
    if DATE().fullmatch(text):
        raise UnspecifiedClass("Date")


def sexagesimal(text: str, *, fractional: bool) -> int | float:
    """`12:30` is hours and minutes in seconds, `1:2:3` hours, minutes and seconds; signs belong to the first part."""
    weights = (3600, 60, 1)
    number = float if fractional else int
    return sum(number(part) * weight for part, weight in zip(text.replace("_", "").split(":"), weights, strict=False))


def integer(found: re.Match[str]) -> int:
    """Underscores and commas separate digits; Ruby refuses a number that begins or ends with an underscore."""
    bases = {"binary": 2, "octal": 8, "hexadecimal": 16, "decimal": 10}
    name, digits = next((name, digits) for name in bases if (digits := found[name]) is not None)
    value = int(digits.replace(",", "").removeprefix("_") if name == "octal" else digits.replace(",", ""), bases[name])
    return -value if found["sign"] == "-" else value
