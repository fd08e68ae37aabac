"""The supported resource types: a create handler for each, grouped by purpose."""

from typing import Any

from pullcord_local.stack.context import CreateHandler, DeployContext
from pullcord_local.stack.resources import compute, data, gateway, identity, no_op, objects, secrets
from pullcord_local.stack.scope import DeployError, Resource

CREATE_HANDLERS: dict[str, CreateHandler] = {
    **compute.CREATE_HANDLERS,
    **data.CREATE_HANDLERS,
    **gateway.CREATE_HANDLERS,
    **identity.CREATE_HANDLERS,
    **no_op.CREATE_HANDLERS,
    **objects.CREATE_HANDLERS,
    **secrets.CREATE_HANDLERS,
}


def create_resource(context: DeployContext, kind: str, name: str, properties: dict[str, Any]) -> Resource:
    """Create a resource. Raises DeployError for a type that is not supported."""
    handler = CREATE_HANDLERS.get(kind)
    if handler is None:
        raise DeployError(f"{name}: the embedded cloud does not know the resource type {kind}")
    return handler(context, name, properties)
