"""Limits of DynamoDB that moto does not hold.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pullcord_local.cloud.call import Answer, Call, refusal
from pullcord_local.dynamodb.rows import Place

LARGEST_ITEM = 400 * 1024
LARGEST_TRANSACTION = 4 * 1024 * 1024
LARGEST_KEY = 2048


def refuse(call: Call) -> Answer | None:
    """The refusal of a call over a limit; None when it is within."""
    if call.operation == "TransactWriteItems":
        parts = [part for item in call.parameters.get("TransactItems", []) for part in item.values()]
        if len(parts) > 100:
            return invalid(call, "Member must have length less than or equal to 100")
        if sum(size(part.get("Item") or part.get("Key") or {}) for part in parts) > LARGEST_TRANSACTION:
            return invalid(call, "Collection size of transaction request exceeds 4MB")
    if call.operation == "BatchWriteItem":
        wishes = [wish for found in call.parameters.get("RequestItems", {}).values() for wish in found]
        if len(wishes) > 25:
            return invalid(call, "Too many items requested for the BatchWriteItem call")
    if any(size_of(value) > LARGEST_KEY for key in keys(call) for value in key.values()):
        return invalid(call, "Size of hashkey has exceeded the maximum size limit of2048 bytes")
    if any(size(item) > LARGEST_ITEM for item in items(call)):
        return invalid(call, "Item size has exceeded the maximum allowed size")
    return None


def outgrown(places: Iterable[Place]) -> bool:
    """Whether an item has become too large by an update."""
    found = (place.read() for place in places)
    return any(item.size() > LARGEST_ITEM for item in found if item is not None)


def items(call: Call) -> list[Mapping[str, Any]]:
    """The whole items that the call puts."""
    parameters = call.parameters
    found = [parameters.get("Item", {})]
    found += [item.get("Put", {}).get("Item", {}) for item in parameters.get("TransactItems", [])]
    requests = parameters.get("RequestItems", {}) if call.operation == "BatchWriteItem" else {}
    found += [wish.get("PutRequest", {}).get("Item", {}) for wishes in requests.values() for wish in wishes]
    return found


def keys(call: Call) -> list[Mapping[str, Any]]:
    """The keys that the call names."""
    parameters = call.parameters
    found = [parameters.get("Key", {})]
    found += [part.get("Key", {}) for item in parameters.get("TransactItems", []) for part in item.values()]
    if call.operation == "BatchGetItem":
        found += [key for asked in parameters.get("RequestItems", {}).values() for key in asked.get("Keys", [])]
    return found


def size(attributes: Mapping[str, Any]) -> int:
    """The size of an item in bytes, by DynamoDB's rules of thumb: names and values, some more for nesting."""
    return sum(len(name.encode()) + size_of(value) for name, value in attributes.items())


def size_of(value: Mapping[str, Any]) -> int:
    """The size of one attribute value."""
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
    """The refusal of a malformed or oversized request."""
    return refusal(call, 400, "com.amazon.coral.validate#ValidationException", message)
