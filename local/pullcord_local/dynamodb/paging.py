"""The range of a query and the size of its pages."""

from collections.abc import Iterator

from moto.dynamodb.models.dynamo_type import Item
from moto.dynamodb.models.table import RESULT_SIZE_LIMIT

from pullcord_local.dynamodb.key_bytes import after_prefix
from pullcord_local.dynamodb.stored_items import Bounds


def bounds(comparison: str | None, values: list[bytes]) -> Bounds:
    """The range of sort keys for a condition of a query."""
    match comparison and comparison.upper():
        case None:
            return Bounds()
        case "BETWEEN":
            return Bounds(("sk >= ?", "sk <= ?"), values)
        case "BEGINS_WITH":
            end = after_prefix(values[0])
            return Bounds(("sk >= ?",), values) if end is None else Bounds(("sk >= ?", "sk < ?"), (values[0], end))
    return Bounds((f"sk {comparison} ?",), values)


def page(items: Iterator[Item], limit: int | None) -> tuple[list[Item], bool]:
    """The items of a page, which ends at a number of items or at 1 MB, and whether there are more."""
    found: list[Item] = []
    size = 0
    for item in items:
        size += item.size()
        if len(found) == limit or (found and size > RESULT_SIZE_LIMIT):
            return found, True
        found.append(item)
    return found, False
