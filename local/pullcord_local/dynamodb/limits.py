"""Limits of DynamoDB that moto does not enforce.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""

from collections.abc import Iterable, Mapping
from typing import Any

from moto.dynamodb.models.dynamo_type import Item

from pullcord_local.aws_calls.call import Answer, Call, refusal

MAX_ITEM_BYTES = 400 * 1024
MAX_TRANSACTION_BYTES = 4 * 1024 * 1024
MAX_KEY_BYTES = 2048


def violation(call: Call) -> Answer | None:
    """The error for a call that exceeds a limit; None when it exceeds none."""
    if call.operation == "TransactWriteItems":
        parts = [part for item in call.parameters.get("TransactItems", []) for part in item.values()]
        if len(parts) > 100:
            return invalid(call, "Member must have length less than or equal to 100")
        if sum(size(part.get("Item") or part.get("Key") or {}) for part in parts) > MAX_TRANSACTION_BYTES:
            return invalid(call, "Collection size of transaction request exceeds 4MB")
    if call.operation == "BatchWriteItem":
        requests = [request for table in call.parameters.get("RequestItems", {}).values() for request in table]
        if len(requests) > 25:
            return invalid(call, "Too many items requested for the BatchWriteItem call")
    if any(size_of(value) > MAX_KEY_BYTES for key in keys(call) for value in key.values()):
        return invalid(call, "Size of hashkey has exceeded the maximum size limit of2048 bytes")
    if any(size(item) > MAX_ITEM_BYTES for item in items(call)):
        return invalid(call, "Item size has exceeded the maximum allowed size")
    return None


def any_too_large(items: Iterable[Item | None]) -> bool:
    """Whether one of these items is too large, as an update can make it."""
    return any(item.size() > MAX_ITEM_BYTES for item in items if item is not None)


def items(call: Call) -> list[Mapping[str, Any]]:
    """The items that the call puts."""
    parameters = call.parameters
    puts = [parameters.get("Item", {})]
    puts += [item.get("Put", {}).get("Item", {}) for item in parameters.get("TransactItems", [])]
    tables = parameters.get("RequestItems", {}) if call.operation == "BatchWriteItem" else {}
    puts += [request.get("PutRequest", {}).get("Item", {}) for requests in tables.values() for request in requests]
    return puts


def keys(call: Call) -> list[Mapping[str, Any]]:
    """The keys that the call names."""
    parameters = call.parameters
    named = [parameters.get("Key", {})]
    named += [part.get("Key", {}) for item in parameters.get("TransactItems", []) for part in item.values()]
    if call.operation == "BatchGetItem":
        named += [key for table in parameters.get("RequestItems", {}).values() for key in table.get("Keys", [])]
    return named


def size(attributes: Mapping[str, Any]) -> int:
    """The size of an item in bytes, as DynamoDB's documentation counts it: names, values, overhead for nesting."""
    return sum(len(name.encode()) + size_of(value) for name, value in attributes.items())


def size_of(value: Mapping[str, Any]) -> int:
    """The size of an attribute value in bytes."""
    kind, content = next(iter(value.items()))
    match kind:
        case "S":
            return len(content.encode())
        case "N":
            return len(content.lstrip("-0.")) // 2 + 1
        case "B":
            return len(content) * 3 // 4
        case "M":
            return 3 + sum(1 + len(name.encode()) + size_of(inner) for name, inner in content.items())
        case "L":
            return 3 + sum(1 + size_of(inner) for inner in content)
        case "SS" | "NS" | "BS":
            return sum(len(inner) for inner in content)
    return 1


def invalid(call: Call, message: str) -> Answer:
    """The error for a malformed or oversized request."""
    return refusal(call, 400, "com.amazon.coral.validate#ValidationException", message)
