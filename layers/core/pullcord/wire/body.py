"""Parameters out of query string and body, in every encoding that GitLab's clients use, merged as Rack merges them."""

import base64
import json
import re
from collections.abc import Iterable, Mapping
from io import BytesIO
from math import isfinite
from typing import Any
from urllib.parse import unquote_plus

from pullcord.errors import BadParameters, BadRequest, TooLarge

Parameters = dict[str, Any]

MAX_PARAMETERS = 10_000
MAX_DEPTH = 32
KEY = re.compile(r"\[([^\[\]]*)\]")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def parameters(event: Mapping[str, Any]) -> Parameters:
    """Query and body of an API Gateway event (payload 2.0) as one mapping; the body wins over the query.

    Raises BadParameters for what cannot be read.
    """
    query = nested(pairs(str(event.get("rawQueryString") or "")))
    sent = {**query, **from_body(event)}
    check(sent, MAX_DEPTH)
    return sent


def from_body(event: Mapping[str, Any]) -> Parameters:
    """The body's parameters alone; a body that is not a form and not a JSON object has none."""
    raw = body(event)
    header = str((event.get("headers") or {}).get("content-type", ""))
    media = header.partition(";")[0].strip().lower()
    if not raw or not media:
        return {}
    if media == "application/json" or media.endswith("+json"):
        return from_json(raw)
    if media == "application/x-www-form-urlencoded":
        return nested(pairs(_text(raw)))
    if media == "multipart/form-data":
        return nested(from_multipart(raw, header))
    return {}


def body(event: Mapping[str, Any]) -> bytes:
    """The bytes that were sent."""
    content = event.get("body") or ""
    return base64.b64decode(content) if event.get("isBase64Encoded") else content.encode("utf-8", "surrogatepass")


def from_json(raw: bytes) -> Parameters:
    """A JSON object's members; other JSON has none, as in GitLab."""
    try:
        value = decoded(raw)
    except ValueError as error:
        raise BadParameters(["message body does not match declared format"]) from error
    return value if isinstance(value, dict) else {}


def decoded(text: bytes | str) -> Any:
    """The value of a JSON text. Raises ValueError, also for numbers that JSON cannot express: NaN and infinity."""
    try:
        return json.loads(text, parse_constant=_finite, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def from_multipart(raw: bytes, header: str) -> Iterable[tuple[str, object]]:
    """Names and values of multipart/form-data; an uploaded file is a mapping and thereby never a text."""
    from multipart import MultipartError, MultipartParser, parse_options_header

    boundary = parse_options_header(header)[1].get("boundary", "")
    try:
        limits = {"part_limit": MAX_PARAMETERS, "memory_limit": len(raw) + 1, "buffer_size": 65536}
        parts = list(MultipartParser(BytesIO(raw), boundary, len(raw), **limits))
        return [(part.name, {"filename": part.filename} if part.filename else _text(part.raw)) for part in parts]
    except (MultipartError, ValueError) as error:
        raise BadParameters(["message body does not match declared format"]) from error


def pairs(text: str) -> Iterable[tuple[str, object]]:
    """Names and values of a query string or an urlencoded form, decoded; a name without `=` has no value."""
    chunks = [chunk for chunk in text.split("&") if chunk]
    if len(chunks) > MAX_PARAMETERS:
        raise TooLarge(f"more than {MAX_PARAMETERS} parameters")
    for chunk in chunks:
        name, equals, value = chunk.partition("=")
        yield _unquoted(name), _unquoted(value) if equals else None


def nested(flat: Iterable[tuple[str, object]]) -> Parameters:
    """`a[b]=1` → {"a": {"b": 1}}, `a[]=1` → {"a": [1]}, `a[][k]=1&a[][l]=2` → {"a": [{"k": 1, "l": 2}]}.

    A name that stands there twice has the value of its last place; one that changes its kind is refused, as by Rack.
    """
    result: Parameters = {}
    for name, value in flat:
        head, bracket, rest = name.partition("[")
        steps = KEY.findall(bracket + rest) if bracket else []
        if len(steps) > MAX_DEPTH:
            raise BadParameters([f"{head} is nested too deeply"])
        if head or not steps:
            _place(result, [head, *steps], value, head)
    return result


def _place(target: Any, steps: list[str], value: object, name: str) -> None:
    for index, step in enumerate(steps[:-1]):
        following = steps[index + 1]
        empty: Any = [] if following == "" else {}
        if isinstance(target, list):
            if not target or not isinstance(target[-1], dict) or _taken(target[-1], steps[index + 1 :]):
                target.append(empty)
            target = target[-1]
        else:
            target = target.setdefault(step, empty)
        if not isinstance(target, type(empty)):
            raise BadParameters([f"{name} is invalid"])
    if isinstance(target, list):
        target.append(value)
    else:
        target[steps[-1]] = value


def _taken(element: object, steps: list[str]) -> bool:
    """Whether an element of a list has this place already, so that its second value begins another element."""
    if "" in steps:
        return False
    for step in steps:
        if not isinstance(element, dict) or step not in element:
            return False
        element = element[step]
    return True


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise BadRequest("400 Bad request - invalid byte sequence in UTF-8") from error


def _unquoted(text: str) -> str:
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError as error:
        raise BadRequest("400 Bad request - invalid %-encoding") from error


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def check(value: object, depth: int) -> None:
    """Refuse texts that no database stores (lone surrogates, NUL) and values that are nested beyond reason."""
    if depth == 0:
        raise BadParameters(["parameters are nested too deeply"])
    if isinstance(value, str):
        if UNSTORABLE.search(value):
            raise BadRequest("400 Bad request - invalid character in a parameter")
    elif isinstance(value, dict):
        for name, item in value.items():
            check(name, depth - 1)
            check(item, depth - 1)
    elif isinstance(value, list):
        for item in value:
            check(item, depth - 1)
