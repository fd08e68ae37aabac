"""What resources are built on: the inventory they enter, and the services that create what moto keeps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pullcord_local.account import STACK
from pullcord_local.cloud import moto
from pullcord_local.cloud.call import Call, json_call
from pullcord_local.cloud.inventory import Inventory
from pullcord_local.stack.scope import DeployError, Resource


@dataclass(frozen=True)
class Ground:
    """folder: where the template lies, for the code it names by relative paths."""

    folder: Path
    inventory: Inventory

    def create(self, service: str, target: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
        """Call a service that speaks JSON. Raises DeployError with the service's own words when it refuses."""
        return self.send(json_call(service, target, parameters))

    def send(self, call: Call) -> dict[str, Any]:
        """Send a call as the deployment itself; the answer's JSON, if it has one."""
        answer = moto.answer(call)
        if answer.status >= 300:
            raise DeployError(f"{call.service} {call.operation or call.target}: {answer.body.decode()}")
        return answer.json() if answer.body.startswith(b"{") else {}


Maker = Callable[[Ground, str, dict[str, Any]], Resource]
"""ground, logical id, resolved properties → the resource."""


def physical_name(logical_id: str) -> str:
    """The name of a resource whose template leaves it open: the same at every start, so that stored state fits."""
    return f"{STACK}-{logical_id}"


def truth(value: object) -> bool:
    """A boolean property, which may have come through a parameter as text."""
    return str(value).lower() == "true"
