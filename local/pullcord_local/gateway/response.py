"""The HTTP response for a function's result, payload format 2.0.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import binascii
import json
import re
import uuid
from typing import Any

from pullcord_local.http_server import Response, json_message
from pullcord_local.lambdas.invocation import Outcome

INTERNAL_ERROR = json_message(500, "Internal Server Error")
NAME = re.compile(r"[-!#$%&'*+.^_`|~0-9a-z]+")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# Headers that the gateway sets itself.
IGNORED = {"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding", "upgrade"}


def response(outcome: Outcome) -> Response:
    """The HTTP response for an invocation's outcome: 500 for a failed function and for a malformed result."""
    if outcome.failed:
        return with_id(INTERNAL_ERROR)
    try:
        result = json.loads(outcome.payload)
        return with_id(formatted(result) if isinstance(result, dict) and "statusCode" in result else inferred(result))
    except (ValueError, TypeError, AttributeError, binascii.Error):
        return with_id(INTERNAL_ERROR)


def inferred(result: Any) -> Response:
    """The response for a result without a status: 200 with the result as JSON, or with a string as it is."""
    body = result if isinstance(result, str) else json.dumps(result, separators=(",", ":"), ensure_ascii=False)
    return Response(200, [("content-type", "application/json")], body.encode())


def formatted(result: dict[str, Any]) -> Response:
    """The response for a result with a status. Raises ValueError, TypeError or AttributeError if it is malformed."""
    status = int(result["statusCode"])
    if not 200 <= status <= 599:
        raise ValueError(status)
    headers = [(name.lower(), text(value)) for name, value in (result.get("headers") or {}).items()]
    headers = [(name, value) for name, value in headers if name not in IGNORED]
    if not any(name == "content-type" for name, _ in headers):
        headers.append(("content-type", "text/plain;charset=UTF-8"))
    headers += [("set-cookie", text(cookie)) for cookie in result.get("cookies") or []]
    if not all(NAME.fullmatch(name) for name, _ in headers):
        raise ValueError(headers)
    body = result.get("body")
    written = "" if body is None else body if isinstance(body, str) else json.dumps(body)
    encoded = result.get("isBase64Encoded") is True
    return Response(status, headers, base64.b64decode(written, validate=True) if encoded else written.encode())


def text(value: Any) -> str:
    """A header's value as text. Raises ValueError for control characters, which could add headers."""
    written = json.dumps(value) if isinstance(value, bool) else str(value).strip(" \t")
    if CONTROL.search(written):
        raise ValueError(written)
    return written


def with_id(plain: Response) -> Response:
    """The response with the gateway's request id as a header."""
    return Response(plain.status, [*plain.headers, ("apigw-requestid", uuid.uuid4().hex[:16])], plain.body)
