"""The services that moto implements, called without moto's web server."""

import functools
import importlib
from collections.abc import Callable
from typing import Any

from werkzeug.exceptions import HTTPException

from pullcord_local.account import REGION
from pullcord_local.aws_calls.call import Answer, Call, refusal

#          signing name     module under moto and its responder
RESPONDERS = {
    "dynamodb":       ("dynamodb", "DynamoHandler"),
    "secretsmanager": ("secretsmanager", "SecretsManagerResponse"),
    "s3":             ("s3", "S3Response"),
    "kms":            ("kms", "KmsResponse"),
    "sns":            ("sns", "SNSResponse"),
    "sqs":            ("sqs", "SQSResponse"),
    "ssm":            ("ssm", "SimpleSystemManagerResponse"),
}  # fmt: skip

Dispatch = Callable[[Any], tuple[int, dict[str, Any], str | bytes]]


@functools.cache
def responder(service: str) -> Any:
    """Moto's response class for a service, imported at its first call."""
    module, name = RESPONDERS[service]
    return getattr(importlib.import_module(f"moto.{module}.responses"), name)


def dispatch(call: Call) -> Dispatch:
    """The method of moto's response class that handles the call. S3 has two: for buckets and for keys."""
    if call.service != "s3":
        entry: Dispatch = responder(call.service).dispatch
        return entry
    key = call.path.lstrip("/").partition("/")[2]
    by_path: Dispatch = responder("s3").key_dispatch if key else responder("s3").bucket_dispatch
    # moto wants the address as a second argument here.
    return lambda request: by_path(request, request.raw_url, request.headers)  # type: ignore[call-arg]


def reset() -> None:
    """Delete moto's state, which belongs to the process, so that a new deployment begins with nothing."""
    from moto.core.base_backend import BackendDict

    BackendDict.reset()


def answer(call: Call) -> Answer:
    """Moto's answer to a call; the error NotImplemented for a service that is not offered here."""
    from moto.core.request import Request

    if call.service not in RESPONDERS:
        return refusal(call, 501, "NotImplemented", f"the embedded cloud has no service {call.service!r}")
    url = f"https://{call.service}.{REGION}.amazonaws.com{call.target}"
    request = Request.from_primitives(call.method, url, dict(call.headers), call.body)
    request.environ["RAW_URI"] = call.target
    try:
        status, headers, body = dispatch(call)(request)
    except HTTPException as error:
        status, headers, body = error.code or 500, dict(error.get_headers()), error.get_body()
    raw = body.encode() if isinstance(body, str) else body
    return Answer(int(status), {name.lower(): str(value) for name, value in headers.items()}, raw)
