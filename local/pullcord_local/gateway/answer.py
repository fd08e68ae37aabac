"""A function's answer as an HTTP response, payload format 2.0.

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

FAULT = json_message(500, "Internal Server Error")
NAME = re.compile(r"[-!#$%&'*+.^_`|~0-9a-z]+")
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# The gateway speaks for the connection itself.
NOT_TAKEN = {"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding", "upgrade"}


def response(outcome: Outcome) -> Response:
    """The response; a failed function or a malformed answer is the gateway's 500."""
    if outcome.failed:
        return with_id(FAULT)
    try:
        answer = json.loads(outcome.payload)
        return with_id(formatted(answer) if isinstance(answer, dict) and "statusCode" in answer else inferred(answer))
    except (ValueError, TypeError, AttributeError, binascii.Error):
        return with_id(FAULT)


def inferred(answer: Any) -> Response:
    """An answer without a status: 200, JSON; a string is the body as it stands."""
    text = answer if isinstance(answer, str) else json.dumps(answer, separators=(",", ":"), ensure_ascii=False)
    return Response(200, [("content-type", "application/json")], text.encode())


def formatted(answer: dict[str, Any]) -> Response:
    """An answer with a status."""
    status = int(answer["statusCode"])
    if not 200 <= status <= 599:
        raise ValueError(status)
    headers = [(name.lower(), text(value)) for name, value in (answer.get("headers") or {}).items()]
    headers = [(name, value) for name, value in headers if name not in NOT_TAKEN]
    if not any(name == "content-type" for name, _ in headers):
        headers.append(("content-type", "text/plain;charset=UTF-8"))
    headers += [("set-cookie", text(cookie)) for cookie in answer.get("cookies") or []]
    if not all(NAME.fullmatch(name) for name, _ in headers):
        raise ValueError(headers)
    body = answer.get("body")
    written = "" if body is None else body if isinstance(body, str) else json.dumps(body)
    encoded = answer.get("isBase64Encoded") is True
    return Response(status, headers, base64.b64decode(written, validate=True) if encoded else written.encode())


def text(value: Any) -> str:
    """A header's value; control characters, line breaks above all, make the answer malformed."""
    written = json.dumps(value) if isinstance(value, bool) else str(value).strip(" \t")
    if CONTROL.search(written):
        raise ValueError(written)
    return written


def with_id(answered: Response) -> Response:
    """The response with the gateway's own request id."""
    return Response(answered.status, [*answered.headers, ("apigw-requestid", uuid.uuid4().hex[:16])], answered.body)
