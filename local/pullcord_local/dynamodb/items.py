"""Attributes in DynamoDB's own JSON, and moto's tables."""

import base64
from collections.abc import Callable, Mapping
from typing import Any

from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.dynamo_type import Item

from pullcord_local.account import ACCOUNT, REGION


def backend() -> DynamoDBBackend:
    """Moto's DynamoDB of the account and region."""
    return dynamodb_backends[ACCOUNT][REGION]


def item_attributes(item: Item | None) -> dict[str, Any] | None:
    """An item in DynamoDB's own JSON."""
    return None if item is None else {name: encode_value(value) for name, value in item.to_json()["Attributes"].items()}


def encode_value(value: Mapping[str, Any]) -> dict[str, Any]:
    """An attribute value for JSON: binary values, which moto keeps as bytes, become base64."""
    return {kind: convert(kind, content, lambda raw: base64.b64encode(raw).decode()) for kind, content in value.items()}


def decode_value(value: Mapping[str, Any]) -> dict[str, Any]:
    """An attribute value for moto: binary values become bytes."""
    return {kind: convert(kind, content, base64.b64decode) for kind, content in value.items()}


def convert(kind: str, content: Any, binary: Callable[[Any], Any]) -> Any:
    """The content of a value with its binary parts converted."""
    match kind:
        case "B":
            return binary(content)
        case "BS":
            return [binary(part) for part in content]
        case "L":
            return [{inner: convert(inner, part[inner], binary) for inner in part} for part in content]
        case "M":
            parts = content.items()
            return {name: {inner: convert(inner, part[inner], binary) for inner in part} for name, part in parts}
    return content
