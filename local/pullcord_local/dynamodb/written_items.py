"""The items that a call writes."""

from collections.abc import Iterator, Mapping
from typing import Any

from pullcord_local.aws_calls.call import Call
from pullcord_local.dynamodb.items import ItemRef, item_ref

SINGLE_WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
WRITES = SINGLE_WRITES | {"BatchWriteItem", "TransactWriteItems"}


def written_items(call: Call) -> list[ItemRef]:
    """The items that the call writes if it succeeds; malformed parts, which moto rejects, are left out."""
    return [ref for ref in (item_ref(*target) for target in targets(call)) if ref is not None]


def targets(call: Call) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The table of each written item, and attributes that include its key."""
    parameters = call.parameters
    if call.operation in SINGLE_WRITES:
        yield target(parameters)
    elif call.operation == "TransactWriteItems":
        for item in parameters.get("TransactItems", []):
            for kind, part in item.items():
                if kind != "ConditionCheck":
                    yield target(part)
    elif call.operation == "BatchWriteItem":
        for table, requests in parameters.get("RequestItems", {}).items():
            for request in requests:
                for part in request.values():
                    yield target({"TableName": table, **part})


def target(part: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The table of one write, and attributes that include the item's key."""
    return str(part.get("TableName", "")), part.get("Item") or part.get("Key") or {}
