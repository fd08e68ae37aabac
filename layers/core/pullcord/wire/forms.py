"""Query strings and urlencoded forms, and the notation of nested names: read as Rack 2.2 reads them.

Source: https://github.com/rack/rack/blob/2-2-stable/lib/rack/query_parser.rb
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from pullcord.errors import BadParameters, BadRequest, TooLarge

MAX_PARAMETERS = 10_000
MAX_DEPTH = 32
BRACKET = re.compile(r"[\[\]]")
BRACKETS = re.compile(r"[\[\]]+")
NOT_ENCODED = re.compile(r"%(?![0-9A-Fa-f]{2})")


def pairs(text: str, separators: str) -> Iterator[tuple[str, object]]:
    """Names and values, decoded; a name without `=` has no value. Raises BadRequest for what is no encoded UTF-8.

    separators: "&" in a form, "&;" in a query string. Spaces after a separator do not belong to the name.
    """
    chunks = re.split(f"[{separators}]", text)
    if len(chunks) > MAX_PARAMETERS:
        raise TooLarge(f"more than {MAX_PARAMETERS} parameters")
    for index, chunk in enumerate(chunks):
        name, equals, value = (chunk.lstrip(" ") if index else chunk).partition("=")
        if name or equals:
            yield _decoded(name), _decoded(value) if equals else None


def nested(flat: Iterable[tuple[str, object]]) -> dict[str, Any]:
    """`a[b]=1` → {"a": {"b": 1}}, `a[]=1` → {"a": [1]}, `a[][k]=1&a[][l]=2` → {"a": [{"k": 1, "l": 2}]}.

    A name that is there twice has the value of its last place. Raises BadParameters for one that changes its kind.
    """
    result: dict[str, Any] = {}
    for name, value in flat:
        try:
            _place(result, name, value, MAX_DEPTH)
        except _WrongName as wrong:
            raise BadParameters([f"{BRACKET.split(name.lstrip('[]'), maxsplit=1)[0]} is {wrong}"]) from wrong
    return result


class _WrongName(Exception):
    """A name whose values are of two kinds, or with too many brackets."""


def _place(target: dict[str, Any], name: str, value: object, depth: int) -> object:
    """Put a value where its name says; the mapping that now has it, or what stands in its place for a name of brackets.

    A bracket too many is ignored, and one that is never closed counts as closed: `a[b` is `a[b]`.
    """
    if depth == 0:
        raise _WrongName("nested too deeply")
    key = BRACKET.split(stripped := name.lstrip("[]"), maxsplit=1)[0]
    if not key:
        return [value] if name == "[]" and value is not None else None
    after = stripped[len(key) :].lstrip("]")
    if after in ("", "["):
        target[key if after == "" else name] = value
    elif after == "[]":
        _list(target, key).append(value)
    elif after.startswith("[]"):
        _append(_list(target, key), after[2:], value, depth - 1)
    else:
        inner = target.get(key)
        if inner is not None and not isinstance(inner, dict):
            raise _WrongName("invalid")
        target[key] = _place({} if inner is None else inner, after, value, depth - 1)
    return target


def _list(target: dict[str, Any], key: str) -> list[Any]:
    found = target.get(key)
    if found is None:
        found = target[key] = []
    if not isinstance(found, list):
        raise _WrongName("invalid")
    return found


def _append(elements: list[Any], name: str, value: object, depth: int) -> None:
    """Add to the last element of a list, or begin another one if it has this name already."""
    last = elements[-1] if elements else None
    if isinstance(last, dict) and not _taken(last, name):
        _place(last, name, value, depth)
    else:
        elements.append(_place({}, name, value, depth))


def _taken(element: object, name: str) -> bool:
    if "[]" in name:
        return False
    for part in filter(None, BRACKETS.split(name)):
        if not isinstance(element, dict) or part not in element:
            return False
        element = element[part]
    return True


def _decoded(text: str) -> str:
    if NOT_ENCODED.search(text):
        raise BadRequest("400 Bad request - invalid %-encoding")
    try:
        return unquote_to_bytes(text.replace("+", " ")).decode()
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        raise BadRequest("400 Bad request - invalid %-encoding") from error
