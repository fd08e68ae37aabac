"""boto3 clients whose calls stay in this process: for the state machine, and for tests."""

import functools
import io
from collections.abc import Callable
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config

from pullcord_local.account import REGION
from pullcord_local.cloud.call import Answer, Call
from pullcord_local.iam.identities import Session

CONFIG = Config(
    inject_host_prefix=False,
    max_pool_connections=1,
    parameter_validation=False,
    retries={"total_max_attempts": 1},
    s3={"addressing_style": "path"},
)


class Body(io.BytesIO):
    """An answer's body as botocore reads it."""

    def stream(self, **_options: Any) -> Any:
        """The body in one piece."""
        yield self.read()


def text(value: str | bytes) -> str:
    """A header's value."""
    return value.decode() if isinstance(value, bytes) else value


def received(request: AWSPreparedRequest) -> Call:
    """A signed request as the call that would come over the wire."""
    body = request.body
    if body is not None and not isinstance(body, str | bytes | bytearray):
        body = body.read()
    raw = body.encode() if isinstance(body, str) else bytes(body or b"")
    _, _, rest = request.url.split("://", 1)[1].partition("/")
    headers = {name.lower(): text(value) for name, value in request.headers.items()}
    return Call(request.method, "/" + rest, headers, raw)


def client(service: str, answer: Callable[[Call], Answer], session: Session | None = None) -> Any:
    """A client that acts under a session, or as the operator."""
    made = boto3.session.Session().client(
        service,  # type: ignore[call-overload] # the name is known at run time only
        region_name=REGION,
        endpoint_url="http://127.0.0.1:1",
        aws_access_key_id=session.access_key if session else "local",
        aws_secret_access_key=session.secret_key if session else "local",
        aws_session_token=session.token if session else None,
        config=CONFIG,
    )

    def send(request: AWSPreparedRequest, **_event: Any) -> AWSResponse:
        found = answer(received(request))
        headers = {"content-length": str(len(found.body)), **found.headers}
        return AWSResponse(request.url, found.status, headers, Body(found.body))  # type: ignore[arg-type]

    made.meta.events.register_first("before-send", send)
    return made


class Clients:
    """One client per service and role, made when first asked for."""

    def __init__(self, answer: Callable[[Call], Answer], assume: Callable[[str, str], Session]) -> None:
        self.answer = answer
        self.assume = functools.cache(assume)
        self.get = functools.cache(self.make)

    def make(self, service: str, role_arn: str) -> Any:
        """A client for a service, acting under a role."""
        return client(service, self.answer, self.assume(role_arn, "states"))
