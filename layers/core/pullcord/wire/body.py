"""Parameters out of query string and body, in every encoding that GitLab reads, merged as Rack and Grape merge them."""

import base64
import json
import re
from collections.abc import Mapping
from math import isfinite
from typing import Any

from pullcord.errors import BadParameters, BadRequest, UnsupportedFormat, UnsupportedType
from pullcord.wire import multipart
from pullcord.wire.forms import MAX_DEPTH, nested, pairs

Parameters = dict[str, Any]

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data", "multipart/related", "multipart/mixed"})
"""Media types that Rack reads, whatever the method."""
WITH_BODY = frozenset({"POST", "PUT", "PATCH", "DELETE"})
"""Methods whose bodies Grape reads."""
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def parameters(event: Mapping[str, Any], extension: str | None = None) -> Parameters:
    """Query and body of an API Gateway event (payload 2.0) as one mapping; the body wins over the query.

    extension: the format in the path, which wins over both. Raises UnsupportedFormat and UnsupportedType, in this
    order, BadParameters and BadRequest for what cannot be read.
    """
    query = nested(pairs(str(event.get("rawQueryString") or ""), "&;"))
    if extension != "json" and query.get("format") not in (None, "json"):
        raise UnsupportedFormat(query["format"])
    sent = {**query, **from_body(event)} | ({} if extension is None else {"format": extension})
    check(sent, MAX_DEPTH)
    return sent


def from_body(event: Mapping[str, Any]) -> Parameters:
    """The body's parameters alone. Raises UnsupportedType for a body that is not read."""
    raw = body(event)
    method = event["requestContext"]["http"]["method"]
    header = str((event.get("headers") or {}).get("content-type", ""))
    media = media_type(header)
    if raw and media in FORMS:
        return from_form(raw, header)
    if not raw or method not in WITH_BODY:
        return {}
    if media is None and raw.lstrip()[:1] not in (b"{", b"["):
        # HTTP libraries of several languages send forms without a type. JSON without one is refused, as by GitLab.
        return from_form(raw, header)
    if media == "application/json":
        return from_json(raw)
    raise UnsupportedType(media or "")


def media_type(header: str) -> str | None:
    """The type and subtype of a `Content-Type` header, in lower case; None without one."""
    return re.split("[;,]", header, maxsplit=1)[0].strip().lower() if header.strip() else None


def body(event: Mapping[str, Any]) -> bytes:
    """The bytes that were sent."""
    content = event.get("body") or ""
    return base64.b64decode(content) if event.get("isBase64Encoded") else content.encode("utf-8", "surrogatepass")


def from_form(raw: bytes, header: str) -> Parameters:
    """A multipart form, or an urlencoded one if the header names no boundary."""
    if boundary := multipart.boundary(header):
        return nested(multipart.parts(raw, boundary))
    try:
        return nested(pairs(raw.removesuffix(b"\0").decode(), "&"))
    except UnicodeDecodeError as error:
        raise BadRequest("400 Bad request - invalid byte sequence in UTF-8") from error


def from_json(raw: bytes) -> Parameters:
    """A JSON object's members; other JSON has none, as in GitLab."""
    try:
        value = decoded(raw.decode())
    except ValueError as error:
        raise BadParameters(["message body does not match declared format"]) from error
    return value if isinstance(value, dict) else {}


def decoded(text: str) -> Any:
    """The value of a JSON text. Raises ValueError, also for numbers that JSON cannot express: NaN and infinity."""
    try:
        return json.loads(text, parse_constant=_finite, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _finite(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number


def check(value: object, depth: int) -> None:
    """Refuse texts that no database stores (lone surrogates, NUL) and values that are nested beyond reason."""
    if depth == 0:
        raise BadParameters(["Parameters nested too deeply"])
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
