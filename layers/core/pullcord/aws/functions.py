"""Other functions of the deployment."""

import json
from collections.abc import Mapping
from typing import Any

from pullcord.aws.clients import client


class FunctionFailed(Exception):
    """A function ended with an error: a fault of ours."""


def invoke(name: str, event: Mapping[str, Any]) -> dict[str, Any]:
    """The answer of a function to an event."""
    answer = client("lambda").invoke(FunctionName=name, Payload=json.dumps(event).encode())
    payload: dict[str, Any] = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        raise FunctionFailed(f"{name}: {payload.get('errorType', answer['FunctionError'])}")
    return payload
