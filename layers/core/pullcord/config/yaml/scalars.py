"""Scalars and tags as GitLab reads them with Psych 4, Ruby's YAML loader: close to YAML 1.1, with exceptions.

Sources: https://yaml.org/type/ and https://github.com/ruby/psych (behaviour of its scalar scanner)
"""

import math
import re
from typing import Any

from pullcord.config import lazy
from pullcord.config.tree import Reference, Symbol

WORDS = (
    {"~": None, "null": None}
    | dict.fromkeys(("yes", "true", "on"), True)
    | dict.fromkeys(("no", "false", "off"), False)
)
NUMERIC_START = frozenset("0123456789+-.:")
"""First characters of scalars that can be anything but a string or a word."""

WORD_INITIALS = frozenset("~nNyYtToOfF")
MAX_WORD_LENGTH = 5
MAX_SIMPLE_LENGTH = 20
MAX_NUMBER_LENGTH = 4000
"""Longer numbers, which Python refuses to convert, stay strings."""

STANDARD = "tag:yaml.org,2002:"
REFUSED = {
    "!set": "Psych::Set",
    f"{STANDARD}set": "Psych::Set",
    "!omap": "Psych::Omap",
    f"{STANDARD}omap": "Psych::Omap",
    "!ruby/regexp": "Regexp",
    "!ruby/range": "Range",
    "!ruby/object:BigDecimal": "BigDecimal",
    "!ruby/object:DateTime": "DateTime",
    "!ruby/object:Complex": "Complex",
    "!ruby/object:Rational": "Rational",
}
TEXT_TAGS = ("!str", "!ruby/string", f"{STANDARD}str")

OBJECT = lazy.pattern(r"!ruby/(?:object|struct|hash|hash-with-ivars|exception|array|class|module)(?::(?P<name>.*))?")
TIME = lazy.pattern(
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
LEADING = lazy.pattern(r"(?P<whole>[-+]?[0-9]+(?:_[0-9]+)*)(?P<fraction>\.[0-9]+(?:_[0-9]+)*)?")
"""What Ruby's `to_i` and `to_f` read of a text: they stop at two underscores in a row, and at one without a digit."""


class UnspecifiedClass(ValueError):
    """Raised for a value of a Ruby class that configurations may not use: dates, times and tagged objects."""


def plain(text: str) -> object:
    """Read a scalar without quotes and tag. Raises UnspecifiedClass, and ValueError for an invalid number."""
    if not text:
        return None
    first = text[0]
    if first in NUMERIC_START:
        simple = "0" < first <= "9" and len(text) < MAX_SIMPLE_LENGTH and text.isdecimal() and text.isascii()
        return int(text) if simple else numeric(text)
    if first in WORD_INITIALS and len(text) <= MAX_WORD_LENGTH:
        return word_in_lines(text) if "\n" in text else WORDS.get(text.lower(), text)
    return text


def word_in_lines(text: str) -> object:
    """Read a short scalar of several lines. Psych compares line by line: null first, then true, then false."""
    lines = text.lower().split("\n")
    if not all(line[:1] in WORD_INITIALS for line in lines):
        return text
    found = [WORDS[line] for line in lines if line in WORDS and line != "~"]
    return next((value for value in (None, True, False) if value in found), text)


def numeric(text: str) -> object:
    """Read a scalar that begins with a digit, a sign, a point or a colon."""
    if len(text) > MAX_NUMBER_LENGTH or "\n" in text:
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
    """Read a symbol, `:word` or `:"some words"`, without colon and quotes. What follows the last quote is dropped."""
    name = text[1:]
    if name[0] in {'"', "'"} and (end := name.rfind(name[0])) > 0:
        return Symbol(name[1:end].removeprefix(":"))
    return Symbol(name)


def refuse_dates(text: str) -> None:
    """Refuse dates and times, which GitLab does not load. Impossible dates are strings. Raises UnspecifiedClass."""
    if "-" not in text[1:]:
        return
    if TIME().fullmatch(text):
        raise UnspecifiedClass("Time")
    if DATE().fullmatch(text):
        raise UnspecifiedClass("Date")


def sexagesimal(text: str, *, fractional: bool) -> int | float:
    """Convert `12:30` (hours and minutes) or `1:2:3` (and seconds) to seconds; a sign belongs to the first part."""
    weights = (3600, 60, 1)
    number = leading_float if fractional else leading_integer
    return sum(number(part) * weight for part, weight in zip(text.split(":"), weights, strict=False))


def leading_integer(text: str) -> int:
    """Read the integer at the beginning of a text, as Ruby's `to_i`."""
    found = LEADING().match(text)
    return int(found["whole"]) if found else 0


def leading_float(text: str) -> float:
    """Read the number at the beginning of a text, as Ruby's `to_f`."""
    found = LEADING().match(text)
    return float(found[0]) if found else 0.0


def integer(found: re.Match[str]) -> int:
    """Convert an integer. Underscores and commas are dropped, wherever they stand. Raises ValueError without digits."""
    bases = {"binary": 2, "octal": 8, "hexadecimal": 16, "decimal": 10}
    name, digits = next((name, digits) for name in bases if (digits := found[name]) is not None)
    bare = digits.replace(",", "").replace("_", "")
    value = int(f"0{bare}" if name == "octal" else bare, bases[name])
    return -value if found["sign"] == "-" else value


def tagged(event: Any) -> object:
    """Read a libyaml scalar event with a tag. Raises UnspecifiedClass, and ValueError for an invalid number."""
    tag, text = event.tag, event.value
    if tag == "!reference":
        return Reference(text, event.start_mark)
    refuse_tag(tag, objects=False)
    if tag in {"!binary", f"{STANDARD}binary"}:
        return decode_binary(text)
    if tag.startswith(TEXT_TAGS):
        return text
    if tag.startswith("!ruby/sym"):
        return Symbol(text)
    value = plain(text)  # also in quotes: with a tag Psych does not look at them
    return to_float(value) if tag in {"!float", f"{STANDARD}float"} else value


def to_float(value: object) -> float:
    """Convert a scalar to a float, as Ruby's `Float`. Raises ValueError."""
    words = isinstance(value, str) and value.strip().lstrip("+-")[:1].isalpha()  # Python knows "nan" and "infinity"
    if words or isinstance(value, bool | Symbol) or not isinstance(value, int | float | str):
        raise ValueError
    return float(value)


def decode_binary(text: str) -> str:
    """Decode `!!binary` as Ruby does: up to the first `=`, without padding, whatever is no digit of it is left out.

    Bytes that are no UTF-8 are replaced, since a configuration is text.
    """
    import base64  # hardly any file has this tag

    digits = re.sub("[^A-Za-z0-9+/]", "", text.partition("=")[0])
    whole = digits[:-1] if len(digits) % 4 == 1 else digits
    return base64.b64decode(whole + "=" * (-len(whole) % 4)).decode(errors="replace")


def refuse_tag(tag: str, *, objects: bool) -> None:
    """Refuse tags that would make Ruby objects. Raises UnspecifiedClass."""
    if tag in REFUSED:
        raise UnspecifiedClass(REFUSED[tag])
    if objects and (found := OBJECT().fullmatch(tag)):
        raise UnspecifiedClass(found["name"] or "Object")
