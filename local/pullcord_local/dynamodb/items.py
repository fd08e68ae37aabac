"""Single items of moto's tables, read and written without its API: to undo writes, for the journal, for expiry."""

import base64
import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from moto.dynamodb.models import DynamoDBBackend, dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from pullcord_local.account import ACCOUNT, REGION

Attributes = Mapping[str, Any]
"""Attributes in DynamoDB's own JSON, as in {"pk": {"S": "a"}}."""


@dataclass(frozen=True, slots=True)
class ItemRef:
    """A reference to an item, whether it exists or not: its table and its key."""

    table: Table
    hash_key: DynamoType
    range_key: DynamoType | None

    def read(self) -> Item | None:
        """The item; None if it does not exist."""
        return self.table.get_item(self.hash_key, self.range_key)

    def copy(self) -> Item | None:
        """A copy of the item; None if it does not exist."""
        return copy.deepcopy(self.read())

    def write(self, item: Item | None) -> None:
        """Store this item under the key; None deletes the item."""
        items: dict[Any, Any] = self.table.items  # by partition key, and below that by sort key if there is one
        if self.range_key is not None:
            items = items[self.hash_key]
        key = self.hash_key if self.range_key is None else self.range_key
        if item is None:
            items.pop(key, None)
        else:
            items[key] = item

    @property
    def key(self) -> Attributes:
        """The key's attributes."""
        key = {self.table.hash_key_attr: encode_value(self.hash_key.to_json())}
        if self.table.range_key_attr is not None and self.range_key is not None:
            key[self.table.range_key_attr] = encode_value(self.range_key.to_json())
        return key


def backend() -> DynamoDBBackend:
    """Moto's DynamoDB of the account and region."""
    return dynamodb_backends[ACCOUNT][REGION]


def item_ref(table_name: str, attributes: Attributes) -> ItemRef | None:
    """The reference to the item whose key is among `attributes`; None for an unknown table or an incomplete key."""
    table = backend().tables.get(table_name.rpartition("/")[2])
    if table is None or table.hash_key_attr not in attributes:
        return None
    hash_key = DynamoType(decode_value(attributes[table.hash_key_attr]))
    if table.range_key_attr is None:
        return ItemRef(table, hash_key, None)
    if table.range_key_attr not in attributes:
        return None
    return ItemRef(table, hash_key, DynamoType(decode_value(attributes[table.range_key_attr])))


def item_attributes(item: Item | None) -> dict[str, Any] | None:
    """An item in DynamoDB's own JSON."""
    return None if item is None else {name: encode_value(value) for name, value in item.to_json()["Attributes"].items()}


def encode_value(value: Attributes) -> dict[str, Any]:
    """An attribute value for JSON: binary values, which moto keeps as bytes, become base64."""
    return {kind: convert(kind, content, lambda raw: base64.b64encode(raw).decode()) for kind, content in value.items()}


def decode_value(value: Attributes) -> dict[str, Any]:
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


def all_items(table_name: str) -> Iterator[tuple[ItemRef, Item]]:
    """Every item of a table with its reference; none for a table that does not exist."""
    table = backend().tables.get(table_name)
    if table is None:
        return
    for hash_key, stored in list(table.items.items()):
        if isinstance(stored, Item):
            yield ItemRef(table, hash_key, None), stored
        else:
            for range_key, item in list(stored.items()):
                yield ItemRef(table, hash_key, range_key), item
