"""The resource types of the template: one maker each, grouped by what they are for."""

from typing import Any

from pullcord_local.stack.ground import Ground, Maker
from pullcord_local.stack.resources import compute, data, gateway, identity, inert, objects, secrets
from pullcord_local.stack.scope import DeployError, Resource

MAKERS: dict[str, Maker] = {
    **compute.MAKERS,
    **data.MAKERS,
    **gateway.MAKERS,
    **identity.MAKERS,
    **inert.MAKERS,
    **objects.MAKERS,
    **secrets.MAKERS,
}


def make(ground: Ground, kind: str, name: str, properties: dict[str, Any]) -> Resource:
    """Make one resource. Raises DeployError for a type that has no maker, rather than pass it over."""
    maker = MAKERS.get(kind)
    if maker is None:
        raise DeployError(f"{name}: the embedded cloud does not know the resource type {kind}")
    return maker(ground, name, properties)
