"""The context in which resources are created: the stack's inventory, and calls to the services that moto implements."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pullcord_local.account import STACK
from pullcord_local.aws_calls import moto_services
from pullcord_local.aws_calls.call import Call, json_call
from pullcord_local.inventory import Inventory
from pullcord_local.stack.scope import DeployError, Resource


@dataclass(frozen=True)
class DeployContext:
    """The context of a deployment.

    folder: the template's folder, to which its relative paths refer
    """

    folder: Path
    inventory: Inventory

    def create(self, service: str, target: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Make a JSON call to a service; its answer. Raises DeployError with the service's message if it fails."""
        return self.send(json_call(service, target, parameters))

    def send(self, call: Call) -> dict[str, Any]:
        """Make a call to a service; its answer's JSON, empty if it has none. Raises DeployError if it fails."""
        answer = moto_services.answer(call)
        if answer.status >= 300:
            raise DeployError(f"{call.service} {call.operation or call.target}: {answer.body.decode()}")
        return answer.json() if answer.body.startswith(b"{") else {}


CreateHandler = Callable[[DeployContext, str, dict[str, Any]], Resource]
"""context, logical id, resolved properties → the created resource."""


def physical_name(logical_id: str) -> str:
    """The name of a resource that the template does not name: the same at every start, so that stored state fits."""
    return f"{STACK}-{logical_id}"


def is_true(value: object) -> bool:
    """The value of a boolean property, which is a text if it comes from a parameter."""
    return str(value).lower() == "true"
