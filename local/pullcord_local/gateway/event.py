"""The event for a request, payload format 2.0.

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
# AWS does not document the list; this is what was observed: https://github.com/ministackorg/ministack/pull/766
TEXTUAL = {"application/json", "application/xml", "application/javascript"}
# Headers between client and gateway only, which functions never see.
HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade", "expect"}


def event(request: Request, match: Match, path: str, api_id: str) -> dict[str, Any]:
    """The event of a request that matched a route.

    path: as the function is to see it, see `HttpApi`
    """
    query = request.target.partition("?")[2]
    created: dict[str, Any] = {
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
        created["cookies"] = cookies
    if query:
        created["queryStringParameters"] = joined(parse_qsl(query, keep_blank_values=True))
    if match.variables:
        created["pathParameters"] = dict(match.variables)
    if request.body:
        created["body"], created["isBase64Encoded"] = body(request)
    else:
        created["isBase64Encoded"] = False
    return created


def headers(request: Request) -> dict[str, str]:
    """The header fields without cookies, which the event lists separately; repeated fields are joined by commas."""
    pairs = [(name, value) for name, value in request.headers if name not in HOP_BY_HOP and name != "cookie"]
    port = request.header("host").rpartition(":")[2]
    added = {
        "x-forwarded-for": request.peer,
        "x-forwarded-port": port if port.isdigit() else "80",
        "x-forwarded-proto": "http",
        "x-amzn-trace-id": f"Root=1-{int(time.time()):08x}-{uuid.uuid4().hex[:24]}",
        "content-length": str(len(request.body)),
    }
    fields = joined(pairs) | {name: value for name, value in added.items() if name != "content-length"}
    if request.body or "content-length" in fields:
        fields["content-length"] = added["content-length"]
    return fields


def joined(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Pairs as a mapping, the values of a repeated name joined by commas."""
    values: dict[str, str] = {}
    for name, value in pairs:
        values[name] = f"{values[name]},{value}" if name in values else value
    return values


def context(request: Request, match: Match, path: str, api_id: str) -> dict[str, Any]:
    """The request context: what the gateway adds to the request."""
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
    """The body and whether it is base64-encoded, as everything is that is not text by its type and in UTF-8."""
    kind = request.header("content-type").partition(";")[0].strip().lower()
    if kind in TEXTUAL or kind.startswith("text/"):
        try:
            return request.body.decode("utf-8"), False
        except UnicodeDecodeError:
            pass
    return base64.b64encode(request.body).decode("ascii"), True
