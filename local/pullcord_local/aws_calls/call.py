"""A call to an AWS service and the service's answer, independent of how they are transported."""

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from pullcord_local.account import REGION

CREDENTIAL = re.compile(r"Credential=([^/,\s]+)/\d{8}/[^/]*/([^/]+)/aws4_request")
INVOKE = re.compile(r"/2015-03-31/functions/([^/]+)/invocations$")


@dataclass(frozen=True)
class Call:
    """A request to an AWS service, its parts parsed when asked for.

    target:  path and query, percent-encoding untouched
    headers: names in lower case
    """

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def credential(self) -> tuple[str, str]:
        """The access key and the service of the signature, from the header or, for a presigned URL, from the query."""
        match = CREDENTIAL.search(self.headers.get("authorization", ""))
        if match is None:
            signed = self.query.get("X-Amz-Credential", "")
            match = CREDENTIAL.search(f"Credential={signed}")
        return (match[1], match[2]) if match else ("", "")

    @property
    def access_key(self) -> str:
        """The access key that signed the call; empty for an unsigned one."""
        return self.credential[0]

    @property
    def service(self) -> str:
        """The service's signing name, as in `dynamodb`, `s3`, `states`."""
        return self.credential[1]

    @cached_property
    def path(self) -> str:
        """The path, percent-encoding untouched."""
        return self.target.partition("?")[0]

    @cached_property
    def query(self) -> Mapping[str, str]:
        """The query's parameters, decoded; the last value of a repeated parameter."""
        parsed = parse_qs(urlsplit(self.target).query, keep_blank_values=True)
        return {name: values[-1] for name, values in parsed.items()}

    @cached_property
    def operation(self) -> str:
        """The operation's name where the protocol sends it, `Invoke` for an invocation of a function; else empty."""
        if "x-amz-target" in self.headers:
            return self.headers["x-amz-target"].rpartition(".")[2]
        if self.service == "lambda":
            return "Invoke" if INVOKE.search(self.path) else ""
        if self.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return parse_qs(self.body.decode("utf-8", "replace")).get("Action", [""])[0]
        return ""

    @cached_property
    def parameters(self) -> dict[str, Any]:
        """The parameters of a JSON protocol; empty when the body is something else."""
        try:
            parsed = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return parsed if isinstance(parsed, dict) else {}

    @cached_property
    def invoked_function(self) -> str:
        """The name of the function that the call invokes, whether the call gives a name or an ARN; else empty."""
        match = INVOKE.search(self.path)
        if match is None:
            return ""
        return function_and_alias(unquote(match[1]))[0]

    @cached_property
    def invoked_alias(self) -> str:
        """The alias or version of the invoked function; empty if the call names none."""
        match = INVOKE.search(self.path)
        return self.query.get("Qualifier") or (function_and_alias(unquote(match[1]))[1] if match else "")


@dataclass(frozen=True, slots=True)
class Answer:
    """A service's answer; header names in lower case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def json(self) -> dict[str, Any]:
        """The body of a JSON protocol."""
        parsed: dict[str, Any] = json.loads(self.body or b"{}")
        return parsed


def function_and_alias(reference: str) -> tuple[str, str]:
    """A function's name and alias, from an ARN or from `name:alias`; the alias may be empty."""
    parts = reference.split(":")[6:] if reference.startswith("arn:") else reference.split(":")
    return parts[0], ":".join(parts[1:])


def json_call(service: str, target: str, parameters: Mapping[str, Any], access_key: str = "local") -> Call:
    """A call of a JSON protocol; `target` as in `DynamoDB_20120810.GetItem`."""
    headers = {
        "authorization": f"AWS4-HMAC-SHA256 Credential={access_key}/20260101/{REGION}/{service}/aws4_request",
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": target,
        "host": f"{service}.amazonaws.com",
    }
    return Call("POST", "/", headers, json.dumps(parameters).encode())


def json_answer(result: Mapping[str, Any], status: int = 200) -> Answer:
    """A successful answer of a JSON protocol."""
    headers = {"content-type": "application/x-amz-json-1.0", "x-amzn-requestid": str(uuid.uuid4())}
    return Answer(status, headers, json.dumps(result, default=str).encode())


def refusal(call: Call, status: int, code: str, message: str) -> Answer:
    """An error in the protocol of the call's service: XML from S3 and the query services, JSON from the rest."""
    request_id = str(uuid.uuid4())
    if call.service == "s3":
        body = f"<Error><Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error>"
        return Answer(status, {"content-type": "application/xml", "x-amz-request-id": request_id}, body.encode())
    if "x-amz-target" not in call.headers and call.service != "lambda":
        error = f"<Error><Type>Sender</Type><Code>{escape(code)}</Code><Message>{escape(message)}</Message></Error>"
        body = f"<ErrorResponse>{error}<RequestId>{request_id}</RequestId></ErrorResponse>"
        return Answer(status, {"content-type": "text/xml"}, body.encode())
    headers = {"content-type": "application/json", "x-amzn-requestid": request_id, "x-amzn-errortype": code}
    return Answer(status, headers, json.dumps({"__type": code, "message": message, "Message": message}).encode())


def escape(value: str) -> str:
    """The text with the characters escaped that XML reserves."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
