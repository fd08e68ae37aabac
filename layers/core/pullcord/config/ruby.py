"""Ruby's text forms and `blank?` of plain values, which show in GitLab's variables, inputs and messages.

Source: https://docs.ruby-lang.org/en/3.2/ (`to_s` and `inspect`) and Rails' `blank?`.
"""

import math
from collections.abc import Mapping

from pullcord.config.tree import Reference, Symbol

_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\f": "\\f",
    "\v": "\\v",
    "\b": "\\b",
    "\a": "\\a",
    "\x1b": "\\e",
    "\x7f": "\\x7F",
}


def to_s(value: object) -> str:
    """Convert a value to text as Ruby's `to_s`: "" for null, `true`, `1.0`, `["a", 1]`."""
    if isinstance(value, str):
        return str(value)
    return "" if value is None else inspect(value)


def inspect(value: object) -> str:
    """Convert a value to Ruby source; keys of maps are symbols, as everywhere in GitLab's configuration."""
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Symbol):
        return _symbol(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, Reference):
        return "!reference " + inspect(value.data)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}=>{inspect(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(inspect, value)) + "]"
    return _integer(value) if isinstance(value, int) else str(value)


def blank(value: object) -> bool:
    """Whether a value is null, false, white space or an empty container. Numbers are never blank."""
    if isinstance(value, Symbol):
        return not value
    if isinstance(value, str):
        return not value or value.isspace()
    return value is None or value is False or (not value and isinstance(value, (list, tuple, Mapping)))


def _key(key: object) -> str:
    return _symbol(key) if isinstance(key, str) else inspect(key)


def _symbol(name: str) -> str:
    bare = name.removesuffix("?") if name.endswith("?") else name.removesuffix("!")
    return f":{name}" if bare.isidentifier() else ":" + _quoted(name)


def _quoted(text: str) -> str:
    return '"' + "".join(map(_escaped, text, text[1:] + " ")) + '"'


def _escaped(character: str, following: str) -> str:
    if character == "#" and following in "{$@":
        return "\\#"
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04X}" if code < 0x10000 else f"\\u{{{code:X}}}"


def _integer(value: int) -> str:
    """Write a decimal number; in hexadecimal if it has thousands of digits, which Python refuses to convert."""
    return str(value) if value.bit_length() < 12_000 else hex(value)


def _float(value: float) -> str:
    """Write the shortest digits that read back, with an exponent from 1e15 up and below 1e-4."""
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    if value == 0 or 1e-4 <= abs(value) < 1e15:  # repr is positional up to 1e16 and down to 1e-4
        return repr(value)
    mantissa, _, exponent = repr(value).partition("e")
    if not exponent:
        digits = mantissa.removesuffix(".0").lstrip("-")
        sign = "-" if value < 0 else ""
        mantissa, exponent = f"{sign}{digits[0]}.{digits[1:].rstrip('0') or '0'}", str(len(digits) - 1)
    if "." not in mantissa:
        mantissa += ".0"
    return f"{mantissa}e{int(exponent):+03d}"
