"""A request as the event of payload format 2.0.

Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import time
import uuid
from typing import Any
from urllib.parse import parse_qsl

from pullcord_local.account import ACCOUNT
from pullcord_local.gateway.routes import Match
from pullcord_local.http_server import Request

# Bodies of these types reach the function as text; all others base64-encoded, forms and bodies without a type included.
# AWS does not write the list down; this is what was seen: https://github.com/ministackorg/ministack/pull/766
TEXTUAL = {"application/json", "application/xml", "application/javascript"}
# Between client and gateway only, so functions never see them.
HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade", "expect"}


def event(request: Request, match: Match, path: str, api_id: str) -> dict[str, Any]:
    """The event of a request that matched a route.

    path: as the function is to see it, see `Front`
    """
    query = request.target.partition("?")[2]
    found: dict[str, Any] = {
        "version": "2.0",
        "routeKey": match.route.key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers(request),
        "requestContext": context(request, match, path, api_id),
    }
    if cookies := [
        cookie.strip() for name, value in request.headers if name == "cookie" for cookie in value.split(";")
    ]:
        found["cookies"] = cookies
    if query:
        found["queryStringParameters"] = joined(parse_qsl(query, keep_blank_values=True))
    if match.variables:
        found["pathParameters"] = dict(match.variables)
    if request.body:
        found["body"], found["isBase64Encoded"] = body(request)
    else:
        found["isBase64Encoded"] = False
    return found


def headers(request: Request) -> dict[str, str]:
    """The header fields, repeated ones joined by commas; cookies travel on their own."""
    pairs = [(name, value) for name, value in request.headers if name not in HOP_BY_HOP and name != "cookie"]
    port = request.header("host").rpartition(":")[2]
    added = {
        "x-forwarded-for": request.peer,
        "x-forwarded-port": port if port.isdigit() else "80",
        "x-forwarded-proto": "http",
        "x-amzn-trace-id": f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]}",
        "content-length": str(len(request.body)),
    }
    found = joined(pairs) | {name: value for name, value in added.items() if name != "content-length"}
    if request.body or "content-length" in found:
        found["content-length"] = added["content-length"]
    return found


def joined(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Pairs as a mapping, the values of a repeated name joined by commas."""
    found: dict[str, str] = {}
    for name, value in pairs:
        found[name] = f"{found[name]},{value}" if name in found else value
    return found


def context(request: Request, match: Match, path: str, api_id: str) -> dict[str, Any]:
    """What the gateway knows beside the request."""
    host = request.header("host", "127.0.0.1")
    now = time.time()
    return {
        "accountId": ACCOUNT,
        "apiId": api_id,
        "domainName": host,
        "domainPrefix": host.partition(".")[0],
        "http": {
            "method": request.method,
            "path": path,
            "protocol": request.protocol,
            "sourceIp": request.peer,
            "userAgent": request.header("user-agent"),
        },
        "requestId": base64.b64encode(uuid.uuid4().bytes[:11]).decode(),
        "routeKey": match.route.key,
        "stage": "$default",
        "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
        "timeEpoch": int(now * 1000),
    }


def body(request: Request) -> tuple[str, bool]:
    """The body and whether it is base64-encoded: text as it is, if it is text; everything else encoded."""
    kind = request.header("content-type").partition(";")[0].strip().lower()
    if kind in TEXTUAL or kind.startswith("text/"):
        try:
            return request.body.decode("utf-8"), False
        except UnicodeDecodeError:
            pass
    return base64.b64encode(request.body).decode("ascii"), True
