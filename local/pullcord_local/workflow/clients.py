"""The boto3 clients with which state machines call other services."""

import functools
from collections.abc import Callable
from typing import Any

from pullcord_local.aws_calls.call import Answer, Call
from pullcord_local.aws_calls.client import Credentials, client


class Clients:
    """boto3 clients, one per service and role, created when first used.

    answer: answers the clients' calls
    assume: role ARN, session name → the credentials of a new session
    """

    def __init__(self, answer: Callable[[Call], Answer], assume: Callable[[str, str], Credentials]) -> None:
        self.answer = answer
        self.assume = functools.cache(assume)
        self.get = functools.cache(self.create)

    def create(self, service: str, role_arn: str) -> Any:
        """A new client for a service, acting under a role."""
        return client(service, self.answer, self.assume(role_arn, "states"))
