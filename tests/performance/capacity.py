"""Capacity units of a DynamoDB call, from the sizes of its items.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html and
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
"""

import base64
from collections.abc import Callable
from typing import Any, NamedTuple

Find = Callable[[str, dict[str, Any]], dict[str, Any]]
"""table, key → the item that is there now; empty if there is none."""

WRITE_UNIT, READ_UNIT = 1024, 4096
INDEXED = ("started_by", "id")
"""Key attributes of the one index: a new item that has them all is written there, too, and fits into one unit."""


class Units(NamedTuple):
    """Write and read request units."""

    write: float = 0
    read: float = 0

    def __add__(self, other: "Units") -> "Units":
        return Units(self.write + other.write, self.read + other.read)


def size(item: dict[str, Any]) -> int:
    """Bytes of an item: names and values."""
    return sum(len(name.encode()) + value_size(value) for name, value in item.items())


def value_size(value: dict[str, Any]) -> int:
    """Bytes of one attribute's value."""
    ((kind, held),) = value.items()
    match kind:
        case "S":
            return len(held.encode())
        case "N":
            digits = held.strip("-").replace(".", "").strip("0")
            return (len(digits) + 1) // 2 + 1 + held.startswith("-")
        case "B":
            return len(base64.b64decode(held))
        case "BOOL" | "NULL":
            return 1
        case "L":
            return 3 + sum(1 + value_size(inner) for inner in held)
        case "M":
            return 3 + sum(1 + len(name.encode()) + value_size(inner) for name, inner in held.items())
        case "SS" | "NS":
            return sum(value_size({kind[0]: inner}) for inner in held)
    raise ValueError(kind)


def units(operation: str, asked: dict[str, Any], find: Find) -> Units:
    """What a call has used that was just answered. A transaction counts double, a weak read half."""
    match operation:
        case "PutItem":
            return Units(write=begun(size(asked["Item"]), WRITE_UNIT) + indexed(asked["Item"]))
        case "UpdateItem" | "DeleteItem":
            return Units(write=begun(size(find(asked["TableName"], asked["Key"])), WRITE_UNIT))
        case "GetItem":
            return Units(read=strength(asked) * begun(size(find(asked["TableName"], asked["Key"])), READ_UNIT))
        case "BatchGetItem":
            return batch(asked, find)
        case "BatchWriteItem":
            puts = [put["PutRequest"]["Item"] for wanted in asked["RequestItems"].values() for put in wanted]
            return Units(write=sum(begun(size(item), WRITE_UNIT) for item in puts))
        case "TransactWriteItems":
            parts = asked["TransactItems"]
            copies = sum(indexed(part["Put"]["Item"]) for part in parts if "Put" in part)
            return Units(write=2 * sum(written(part, find) for part in parts) + copies)
    raise ValueError(operation)


def batch(asked: dict[str, Any], find: Find) -> Units:
    """Each item of a batch is rounded up by itself; one that is not there counts as the smallest."""
    return Units(
        read=sum(
            strength(wanted) * begun(size(find(table, key)), READ_UNIT)
            for table, wanted in asked["RequestItems"].items()
            for key in wanted["Keys"]
        )
    )


def written(part: dict[str, Any], find: Find) -> int:
    """Write units of one part of a transaction, before it is doubled."""
    ((_, asked),) = part.items()
    item = asked.get("Item") or find(asked["TableName"], asked["Key"])
    return begun(size(item), WRITE_UNIT)


def indexed(item: dict[str, Any]) -> int:
    """Units of an item's copy in the index."""
    return int(all(name in item for name in INDEXED))


def strength(asked: dict[str, Any]) -> float:
    """A strongly consistent read counts whole, another half."""
    return 1 if asked.get("ConsistentRead") else 0.5


def begun(bytes_held: int, unit: int) -> int:
    """Units that are begun; at least one."""
    return max(1, -(-bytes_held // unit))
