"""Single parameters: presence and type are checked in GitLab's words, without pydantic, for functions on the hot path."""

from collections.abc import Mapping
from datetime import datetime

from pullcord.errors import BadParameters, RecordNotFound
from pullcord.times import parsed
from pullcord.wire.call import Call

MAX_NUMBER = 2**63
"""Numbers below this one fit into GitLab's columns."""

TRUE, FALSE = frozenset({"true", "t", "yes", "y", "on", "1"}), frozenset({"false", "f", "no", "n", "off", "0"})


def text(call: Call, name: str, *, required: bool = False) -> str | None:
    """A text parameter; numbers and booleans of a JSON body count as their text. Raises BadParameters."""
    value = call.parameters.get(name)
    if name not in call.parameters and required:
        raise BadParameters([f"{name} is missing"])
    if isinstance(value, dict | list):
        raise BadParameters([f"{name} is invalid"])
    return None if value is None else as_text(value)


def as_text(value: object) -> str:
    """A value of a JSON body as the text that it counts as; null as an empty one."""
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def timestamp(call: Call, name: str) -> datetime | None:
    """A time or date in ISO 8601. Raises BadParameters for anything else that is not empty."""
    value = text(call, name)
    if not value:
        return None
    found = parsed(value)
    if found is None:
        raise BadParameters([f"{name} is invalid"])
    return found


def identifier(segment: str, name: str) -> int:
    """An id in the path. Raises BadParameters for other text, RecordNotFound for a number too large for an id."""
    digits = segment.removeprefix("-")
    if not (digits.isdecimal() and digits.isascii()):
        raise BadParameters([f"{name} is invalid"])
    number = int(segment[:25])
    if abs(number) >= MAX_NUMBER:
        raise RecordNotFound
    return number


def http_date(headers: Mapping[str, str], name: str) -> datetime | None:
    """The time in an HTTP header; None for one that cannot be read, as in GitLab."""
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(headers[name])
    except (KeyError, ValueError, TypeError, OverflowError):
        return parsed(headers.get(name, ""))
    return found if found.tzinfo else None


def choice(call: Call, name: str, values: tuple[str, ...]) -> str | None:
    """A parameter with a list of values. Raises BadParameters for any other."""
    sent = text(call, name)
    if not sent:
        return None
    if sent not in values:
        raise BadParameters([f"{name} does not have a valid value"])
    return sent


def boolean(call: Call, name: str) -> bool | None:
    """A boolean in any spelling that Grape accepts. Raises BadParameters for other text."""
    sent = text(call, name)
    if not sent:
        return None
    if (word := sent.lower()) in TRUE | FALSE:
        return word in TRUE
    raise BadParameters([f"{name} is invalid"])
