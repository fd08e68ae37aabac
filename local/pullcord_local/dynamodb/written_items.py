"""The items that a call writes."""

from collections.abc import Iterator, Mapping
from typing import Any

from pullcord_local.aws_calls.call import Call
from pullcord_local.dynamodb.items import backend
from pullcord_local.dynamodb.stored_items import Place
from pullcord_local.dynamodb.stored_table import StoredTable

SINGLE_WRITES = {"PutItem", "UpdateItem", "DeleteItem"}
WRITES = SINGLE_WRITES | {"BatchWriteItem", "TransactWriteItems"}


def written_items(call: Call) -> list[tuple[StoredTable, Place]]:
    """The places of the items that the call writes if it succeeds, with their tables.

    Malformed parts, which moto rejects, are left out.
    """
    return [found for found in (written_item(*target) for target in targets(call)) if found is not None]


def written_item(name: str, attributes: Mapping[str, Any]) -> tuple[StoredTable, Place] | None:
    """The table and place of the item whose key is among `attributes`; None for an unknown table or an incomplete key."""
    table = backend().tables.get(name.rpartition("/")[2])
    if not isinstance(table, StoredTable) or not set(table.table_key_attrs) <= set(attributes):
        return None
    return table, Place(table.name, *table.key_of(attributes))


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
