"""Invocation of other functions of the deployment."""

import json
from collections.abc import Mapping
from typing import Any

from pullcord.aws.clients import client


class FunctionFailed(Exception):
    """A function ended with an error, which is a fault of ours."""


def invoke(name: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """Invoke a function with an event and return its answer."""
    answer = client("lambda").invoke(FunctionName=name, Payload=json.dumps(event).encode())
    payload: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise FunctionFailed(f"{name}: {payload.get('errorType', answer['FunctionError'])}")
    return payload
