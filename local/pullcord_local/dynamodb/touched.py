"""Which items a writing call touches."""

from collections.abc import Iterator, Mapping
from typing import Any

from pullcord_local.cloud.call import Call
from pullcord_local.dynamodb.rows import Place, place

SINGLE_WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
WRITES = SINGLE_WRITES | {"BatchWriteItem", "TransactWriteItems"}


def places(call: Call) -> list[Place]:
    """The places that the call writes to, or would if it were admitted; malformed parts are left to be refused."""
    return [found for found in (place(*target) for target in targets(call)) if found is not None]


def targets(call: Call) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(table, attributes with the key) of each written item."""
    parameters = call.parameters
    if call.operation in SINGLE_WRITES:
        yield target(parameters)
    elif call.operation == "TransactWriteItems":
        for item in parameters.get("TransactItems", []):
            for kind, part in item.items():
                if kind != "ConditionCheck":
                    yield target(part)
    elif call.operation == "BatchWriteItem":
        for table, wishes in parameters.get("RequestItems", {}).items():
            for wish in wishes:
                for part in wish.values():
                    yield target({"TableName": table, **part})


def target(part: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """(table, attributes with the key) of one operation."""
    return str(part.get("TableName", "")), part.get("Item") or part.get("Key") or {}
