"""moto's table with its items in the SQLite file: moto checks and evaluates, and reads only the items that are asked for."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from moto.dynamodb.models.dynamo_type import DynamoType, Item
from moto.dynamodb.models.table import Table

from pullcord_local.dynamodb.items import decode_value, item_attributes
from pullcord_local.dynamodb.key_bytes import key_bytes
from pullcord_local.dynamodb.paging import bounds, page
from pullcord_local.dynamodb.stored_items import Bounds, IndexKey, Layout, Place, StoredItems

Page = tuple[list[Item], int, dict[str, Any] | None]
"""The items of a page, the number of items read for it, and the key after which the next page begins."""


class StoredTable(Table):
    """A table of moto whose items are stored. The caller holds the store's lock.

    changes: the items that the write in progress has read or changed, by place; None outside of a write. They are
    stored by `Database` when the whole write has succeeded, and forgotten otherwise.
    """

    stored: StoredItems
    changes: dict[Place, Item | None] | None

    @classmethod
    def of(cls, table: Table, stored: StoredItems) -> "StoredTable":
        """The stored form of a table that moto has created."""
        created: StoredTable = object.__new__(cls)
        vars(created).update(vars(table))
        created.stored, created.changes = stored, None
        source: Any = table.items
        if isinstance(source, Items | Partitions):  # a copy of another table, as a restored one begins
            stored.copy(source.table.name, created.name)
        vars(created)["items"] = Partitions(created) if created.has_range_key else Items(created, None)
        stored.arrange(created.layout)
        return created

    @property
    def layout(self) -> Layout:
        """The layout of the stored form."""
        indexes = [index_key(index.name, index.schema) for index in self.all_indexes()]
        return Layout(self.name, indexes, str(self.ttl.get("AttributeName", "")))

    def place(self, hash_key: DynamoType, range_key: DynamoType | None) -> Place:
        """The place of a key."""
        return Place(self.name, bytes_of(hash_key), b"" if range_key is None else bytes_of(range_key))

    def stored_item(self, place: Place) -> Item | None:
        """The item at a place, as the write in progress has left it."""
        if self.changes is not None and place in self.changes:
            return self.changes[place]
        text = self.stored.read(place)
        item = None if text is None else self.parsed(text)
        if self.changes is not None:
            self.changes[place] = item
        return item

    def change(self, place: Place, item: Item | None) -> None:
        """Put an item in the write in progress; None deletes it."""
        if self.changes is not None:
            self.changes[place] = item

    def parsed(self, text: str) -> Item:
        """An item from its stored form."""
        attributes = json.loads(text)
        if '{"B' in text:
            attributes = {name: decode_value(value) for name, value in attributes.items()}
        sort_key = DynamoType(attributes[self.range_key_attr]) if self.range_key_attr is not None else None
        return Item(DynamoType(attributes[self.hash_key_attr]), sort_key, attributes)

    def write(self, places: Iterable[Place]) -> None:
        """Store these items of the write in progress, inside a transaction."""
        for place in places:
            self.stored.write(self.layout, place, item_attributes((self.changes or {}).get(place)))

    def __len__(self) -> int:
        """The number of items."""
        return self.stored.count(self.name)

    def all_items(self) -> Iterator[Item]:  # type: ignore[override] # moto iterates over them, too
        """Every item by its keys."""
        return map(self.parsed, self.stored.everything(self.name))

    def has_idx_items(self, index_name: str) -> list[Item]:
        """The items that an index has."""
        names = {key["AttributeName"] for key in self.get_index(index_name).schema}
        return [item for item in self.all_items() if names <= set(item.attrs)]

    def scan(
        self,
        filters: dict[str, Any],
        limit: int,
        exclusive_start_key: Any,
        *arguments: Any,
        **options: Any,
    ) -> Page:
        """A page of a scan; of the table itself, it is read from where the page begins."""
        if exclusive_start_key is None or set(exclusive_start_key) != {*self.table_key_attrs}:
            return super().scan(filters, limit, exclusive_start_key, *arguments, **options)
        pk, sk = self.key_of(exclusive_start_key)
        vars(self)["all_items"] = lambda: map(self.parsed, self.stored.everything(self.name, (pk, sk)))
        try:
            return super().scan(filters, limit, exclusive_start_key, *arguments, **options)
        finally:
            del vars(self)["all_items"]

    def query(  # type: ignore[override] # the parameters that decide have their names, the rest is handed on
        self,
        hash_key: DynamoType | None,
        range_comparison: str | None,
        range_objs: list[DynamoType],
        limit: int,
        exclusive_start_key: Any,
        scan_index_forward: bool,
        projection_expressions: list[list[str]] | None,
        index_name: str | None = None,
        consistent_read: bool = False,
        filter_expression: Any = None,
        **conditions: Any,
    ) -> Page:
        """A page of a query, for which only its items are read. Conditions of the former API are left to moto."""
        hash_conditions, range_conditions = (
            conditions.pop("hash_key_conditions"),
            conditions.pop("range_key_conditions"),
        )
        several = len(hash_conditions or ()) > 1 or len(range_conditions or ()) > 1
        denied = consistent_read and index_name is not None
        if hash_key is None or conditions or several or denied:
            return super().query(
                hash_key, range_comparison, range_objs, limit, exclusive_start_key, scan_index_forward,
                projection_expressions, index_name, consistent_read, filter_expression,
                hash_key_conditions=hash_conditions, range_key_conditions=range_conditions, **conditions,
            )  # fmt: skip
        limits = bounds(range_comparison, [bytes_of(value) for value in range_objs])
        texts = self.texts(
            index_name, bytes_of(hash_key), limits, exclusive_start_key, descending=not scan_index_forward
        )
        items, more = page(map(self.parsed, texts), limit)
        last = self._get_last_evaluated_key(items[-1], index_name) if more else None
        scanned = len(items)
        if index_name is not None:
            index = self.get_index(index_name)
            items = [index.project(item) for item in items]
        if filter_expression is not None:
            items = [item for item in items if filter_expression.expr(item)]
        if projection_expressions:
            items = [item.project(projection_expressions) for item in items]
        return items, scanned, last

    def texts(
        self, index_name: str | None, key: bytes, limits: Bounds, start: dict[str, Any] | None, *, descending: bool
    ) -> Iterator[str]:
        """The stored items of a partition, of the table or of an index, beginning after the key `start`."""
        if index_name is None:
            after = None if start is None else self.key_of(start)[1]
            return self.stored.partition(self.name, key, limits, after, descending=descending)
        position = None
        if start is not None:
            name = index_key(index_name, self.get_index(index_name).schema).range
            position = ((key_bytes(start[name]) or b"") if name else b"", *self.key_of(start))
        return self.stored.index(self.name, index_name, key, limits, position, descending=descending)

    def key_of(self, attributes: Mapping[str, Any]) -> tuple[bytes, bytes]:
        """The bytes of the partition key and the sort key among these attributes."""
        pk, *sk = [key_bytes(attributes[name]) or b"" for name in self.table_key_attrs]
        return pk, sk[0] if sk else b""


class Items:
    """The items below one partition key, or of a table without sort keys, as the mapping that moto works on."""

    def __init__(self, table: StoredTable, hash_key: DynamoType | None) -> None:
        self.table = table
        self.hash_key = hash_key

    def place(self, key: DynamoType) -> Place:
        """The place of a key of this mapping."""
        return self.table.place(key, None) if self.hash_key is None else self.table.place(self.hash_key, key)

    def __deepcopy__(self, _memo: Any) -> "Items":
        return self

    def values(self) -> list[Item]:
        """Nothing: asked by moto only of a copied table, whose items are stored afterwards."""
        return []

    def __getitem__(self, key: DynamoType) -> Item:
        item = self.table.stored_item(self.place(key))
        if item is None:
            raise KeyError(key)
        return item

    def __contains__(self, key: DynamoType) -> bool:
        return self.table.stored_item(self.place(key)) is not None

    def __setitem__(self, key: DynamoType, item: Item) -> None:
        self.table.change(self.place(key), item)

    def pop(self, key: DynamoType) -> Item:
        """Delete an item. Raises KeyError if it does not exist."""
        item = self[key]
        self.table.change(self.place(key), None)
        return item


class Partitions:
    """The partitions of a table with sort keys, as the mapping that moto works on."""

    def __init__(self, table: StoredTable) -> None:
        self.table = table

    def __getitem__(self, hash_key: DynamoType) -> Items:
        return Items(self.table, hash_key)

    def __deepcopy__(self, _memo: Any) -> "Partitions":
        return self

    def values(self) -> list[Items]:
        """Nothing: as in `Items`."""
        return []


def index_key(name: str, schema: list[dict[str, str]]) -> IndexKey:
    """The key attributes of an index with this schema."""
    kinds = {key["KeyType"]: key["AttributeName"] for key in schema}
    return IndexKey(name, kinds["HASH"], kinds.get("RANGE", ""))


def bytes_of(value: DynamoType) -> bytes:
    """The bytes of a key attribute; for a type that no key can have those of its JSON, under which nothing is stored."""
    found = key_bytes({value.type: value.value})
    return json.dumps(value.to_json(), default=repr).encode() if found is None else found
