"""AWS clients: one session, each client made when it is first needed and kept for the life of the sandbox."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from pullcord.errors import Unavailable

CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 3})
SYNC_EXECUTION = Config(connect_timeout=2, read_timeout=28, retries={"mode": "standard", "total_max_attempts": 1})
"""For StartSyncExecution: it answers when the execution has ended, and a retry would start a second execution."""

THROTTLES = {
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "SlowDown",
    "ThrottlingException",
    "TooManyRequestsException",
}
"""Codes of errors by which a service says: later."""


def raise_unavailable(http_response: Any, parsed: dict[str, Any], **_: object) -> None:
    """Raise Unavailable for an error of the service itself, or a throttle, that was there after all attempts."""
    if http_response.status_code >= 500 or parsed.get("Error", {}).get("Code") in THROTTLES:
        raise Unavailable("503 Service Unavailable")


@cache
def session() -> Any:
    """The session, with the credentials of the function's role."""
    return boto3.session.Session()


@cache
def client(service: str) -> Any:
    """The client of a service, by boto3's name for it."""
    created = session().client(service, config=SYNC_EXECUTION if service == "stepfunctions" else CONFIG)
    created.meta.events.register("after-call", raise_unavailable)
    return created
