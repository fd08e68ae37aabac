"""boto3 clients whose calls stay in this process: for the state machines, and for tests."""

import io
from collections.abc import Callable
from typing import Any, Protocol

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.config import Config

from pullcord_local.account import REGION
from pullcord_local.aws_calls.call import Answer, Call

CONFIG = Config(
    inject_host_prefix=False,
    max_pool_connections=1,
    parameter_validation=False,
    retries={"total_max_attempts": 1},
    s3={"addressing_style": "path"},
)


class Credentials(Protocol):
    """Temporary credentials, such as those of a role's session."""

    @property
    def access_key(self) -> str:
        """The access key id."""

    @property
    def secret_key(self) -> str:
        """The secret access key."""

    @property
    def token(self) -> str:
        """The session token."""


class Body(io.BytesIO):
    """An answer's body with the method by which botocore reads it."""

    def stream(self, **_options: Any) -> Any:
        """The body in one piece."""
        yield self.read()


def text(value: str | bytes) -> str:
    """A header's value as text."""
    return value.decode() if isinstance(value, bytes) else value


def parsed(request: AWSPreparedRequest) -> Call:
    """The call that a signed request of botocore makes."""
    body = request.body
    if body is not None and not isinstance(body, str | bytes | bytearray):
        body = body.read()
    raw = body.encode() if isinstance(body, str) else bytes(body or b"")
    _, _, rest = request.url.split("://", 1)[1].partition("/")
    headers = {name.lower(): text(value) for name, value in request.headers.items()}
    return Call(request.method, "/" + rest, headers, raw)


def client(service: str, answer: Callable[[Call], Answer], credentials: Credentials | None = None) -> Any:
    """A boto3 client whose calls `answer` answers; without credentials it acts as the operator, who may do everything."""
    created = boto3.session.Session().client(
        service,  # type: ignore[call-overload] # the name is known at run time only
        region_name=REGION,
        endpoint_url="http://127.0.0.1:1",
        aws_access_key_id=credentials.access_key if credentials else "local",
        aws_secret_access_key=credentials.secret_key if credentials else "local",
        aws_session_token=credentials.token if credentials else None,
        config=CONFIG,
    )

    def send(request: AWSPreparedRequest, **_event: Any) -> AWSResponse:
        result = answer(parsed(request))
        headers = {"content-length": str(len(result.body)), **result.headers}
        return AWSResponse(request.url, result.status, headers, Body(result.body))  # type: ignore[arg-type]

    created.meta.events.register_first("before-send", send)
    return created
