"""AWS clients: one session, each client made when it is first needed and kept for the life of the sandbox."""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

CONFIG = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 3})
SYNC_EXECUTION = Config(connect_timeout=2, read_timeout=28, retries={"mode": "standard", "total_max_attempts": 1})
"""For StartSyncExecution: it answers when the execution has ended, and a retry would start a second execution."""


@cache
def session() -> Any:
    """The session, with the credentials of the function's role."""
    return boto3.session.Session()


@cache
def client(service: str) -> Any:
    """The client of a service, by boto3's name for it."""
    return session().client(service, config=SYNC_EXECUTION if service == "stepfunctions" else CONFIG)
