"""Declared parameters: present or not, and of the type that they should have, in GitLab's words."""

from collections.abc import Mapping
from datetime import datetime

from pullcord.errors import BadParameters, RecordNotFound
from pullcord.times import parsed
from pullcord.wire.call import Call

LARGEST = 2**63


def text(call: Call, name: str, *, required: bool = False) -> str | None:
    """A text parameter; numbers and booleans of a JSON body count as their text. Raises BadParameters."""
    value = call.parameters.get(name)
    if name not in call.parameters and required:
        raise BadParameters([f"{name} is missing"])
    if isinstance(value, dict | list):
        raise BadParameters([f"{name} is invalid"])
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def moment(call: Call, name: str) -> datetime | None:
    """A moment or date in ISO 8601. Raises BadParameters for anything else that is not empty."""
    value = text(call, name)
    if not value:
        return None
    found = parsed(value)
    if found is None:
        raise BadParameters([f"{name} is invalid"])
    return found


def identifier(segment: str, name: str) -> int:
    """A number in the path. Raises BadParameters for what is none, RecordNotFound for one that nothing can have."""
    digits = segment.removeprefix("-")
    if not (digits.isdecimal() and digits.isascii()):
        raise BadParameters([f"{name} is invalid"])
    number = int(segment[:25])
    if abs(number) >= LARGEST:
        raise RecordNotFound
    return number


def header_moment(headers: Mapping[str, str], name: str) -> datetime | None:
    """A moment in an HTTP header; one that cannot be read is ignored, as in GitLab."""
    from email.utils import parsedate_to_datetime

    try:
        found = parsedate_to_datetime(headers[name])
    except (KeyError, ValueError, TypeError, OverflowError):
        return parsed(headers.get(name, ""))
    return found if found.tzinfo else None
