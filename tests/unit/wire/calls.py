"""Events of API Gateway and calls, made by hand."""

import base64
import json

from pullcord.wire.call import Call


def event(
    body=b"", content_type=None, *, query="", path="/api/v4/projects/7/trigger/pipeline", method="POST", **headers
):
    """The event of a request; its body as API Gateway hands over what may be binary."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if content_type is not None:
        named["content-type"] = content_type
    raw = body.encode() if isinstance(body, str) else body
    return {
        "version": "2.0",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"host": "ci.example.test", **named},
        "requestContext": {
            "requestId": "a-request",
            "domainName": "gateway",
            "stage": "$default",
            "http": {"method": method, "path": path},
        },
        "body": base64.b64encode(raw).decode(),
        "isBase64Encoded": True,
    }


def call(*arguments, external_url="", **options):
    return Call(event(*arguments, **options), external_url)


def json_call(**parameters):
    """A call with a JSON body."""
    return call(json.dumps(parameters), JSON)


def query_call(query, path="/api/v4/projects/7/pipelines"):
    """A GET request with a query string."""
    return call(query=query, method="GET", path=path)


FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
BOUNDARY = "limit"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


def multipart(*parts):
    """The body of a form: (name, value), or (name, value, file name)."""
    lines = []
    for name, value, *filename in parts:
        file = f'; filename="{filename[0]}"' if filename else ""
        lines += [f"--{BOUNDARY}", f'Content-Disposition: form-data; name="{name}"{file}', "", value]
    return "\r\n".join([*lines, f"--{BOUNDARY}--", ""])
