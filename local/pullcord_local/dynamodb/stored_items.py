"""The items of all tables in the SQLite file, with an entry for each index that has them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from pullcord_local.dynamodb.key_bytes import key_bytes
from pullcord_local.persistence.store import Store

Attributes = Mapping[str, Any]
"""Attributes in DynamoDB's own JSON, as in {"pk": {"S": "a"}}."""


class Place(NamedTuple):
    """The table and the key of an item, whether it exists or not; a table without sort keys has empty ones."""

    table: str
    pk: bytes
    sk: bytes


class IndexKey(NamedTuple):
    """The key attributes of an index; `range` may be empty."""

    name: str
    hash: str
    range: str


class Layout(NamedTuple):
    """The parts of a table's definition on which its stored form depends: indexes, and the attribute with the expiry."""

    table: str
    indexes: Sequence[IndexKey]
    expiry: str

    @property
    def definition(self) -> str:
        """The layout as stored."""
        return json.dumps([self.indexes, self.expiry])


class Bounds(NamedTuple):
    """A range of sort keys as conditions of SQL, each with its value."""

    conditions: Sequence[str] = ()
    values: Sequence[bytes] = ()


class StoredItems:
    """The items. The caller holds the store's lock from a call to the last row that it reads."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def read(self, place: Place) -> str | None:
        """The item at a place as JSON."""
        row = self.store.one("SELECT item FROM items WHERE tbl = ? AND pk = ? AND sk = ?", place)
        return row and str(row[0])

    def count(self, table: str) -> int:
        """The number of items of a table."""
        return int(self.store.one("SELECT count(*) FROM items WHERE tbl = ?", (table,))[0])

    def partition(
        self, table: str, pk: bytes, bounds: Bounds, after: bytes | None, *, descending: bool
    ) -> Iterator[str]:
        """The items of a partition by sort key, beginning after a key."""
        conditions, values = [*bounds.conditions], [*bounds.values]
        if after is not None:
            conditions.append("sk < ?" if descending else "sk > ?")
            values.append(after)
        where = " AND ".join(["tbl = ? AND pk = ?", *conditions])
        statement = f"SELECT item FROM items WHERE {where} ORDER BY sk {'DESC' if descending else 'ASC'}"  # noqa: S608 - our own words
        return (row[0] for row in self.store.rows(statement, (table, pk, *values)))

    def index(
        self,
        table: str,
        index: str,
        key: bytes,
        bounds: Bounds,
        after: tuple[bytes, bytes, bytes] | None,
        *,
        descending: bool,
    ) -> Iterator[str]:
        """The items of a partition of an index by its sort key, then by their own keys, beginning after such keys."""
        conditions = [condition.replace("sk", "range") for condition in bounds.conditions]
        values = [*bounds.values]
        if after is not None:
            conditions.append(f"(range, e.pk, e.sk) {'<' if descending else '>'} (?, ?, ?)")
            values += after
        where = " AND ".join(["e.tbl = ? AND e.idx = ? AND e.hash = ?", *conditions])
        order = ", ".join(f"e.{name} {'DESC' if descending else 'ASC'}" for name in ("range", "pk", "sk"))
        statement = (
            "SELECT item FROM entries e JOIN items i ON i.tbl = e.tbl AND i.pk = e.pk AND i.sk = e.sk "  # noqa: S608 - our own words
            f"WHERE {where} ORDER BY {order}"
        )
        return (row[0] for row in self.store.rows(statement, (table, index, key, *values)))

    def everything(self, table: str, after: tuple[bytes, bytes] = (b"", b"")) -> Iterator[str]:
        """Every item of a table by its keys, beginning after a key."""
        statement = "SELECT item FROM items WHERE tbl = ? AND (pk, sk) > (?, ?) ORDER BY pk, sk"
        return (row[0] for row in self.store.rows(statement, (table, *after)))

    def write(self, layout: Layout, place: Place, item: Attributes | None) -> None:
        """Store an item with its entries, or delete it; inside a transaction."""
        execute = self.store.connection.execute
        execute("DELETE FROM entries WHERE tbl = ? AND pk = ? AND sk = ?", place)
        if item is None:
            execute("DELETE FROM items WHERE tbl = ? AND pk = ? AND sk = ?", place)
            return
        text = json.dumps(item, separators=(",", ":"))
        execute("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?)", (*place, text, expires_at(layout, item)))
        for index, *key in entries(layout, item):
            execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?)", (place.table, index, *key, place.pk, place.sk))

    def expired(self, table: str, since: float, until: float) -> int:
        """Delete the items that expire between two times, in seconds since 1970; their number."""
        chosen = "tbl = ?1 AND expires_at > ?2 AND expires_at < ?3"
        items = f"SELECT pk, sk FROM items WHERE {chosen}"  # noqa: S608 - our own words
        values = (table, since, until)
        with self.store.transaction() as connection:
            connection.execute(f"DELETE FROM entries WHERE tbl = ?1 AND (pk, sk) IN ({items})", values)  # noqa: S608 - as above
            return connection.execute(f"DELETE FROM items WHERE {chosen}", values).rowcount  # noqa: S608 - as above

    def copy(self, source: str, target: str) -> None:
        """Copy every item of a table into another one, whose layout must then be arranged."""
        statement = "INSERT INTO items SELECT ?, pk, sk, item, expires_at FROM items WHERE tbl = ?"
        with self.store.transaction() as connection:
            connection.execute(statement, (target, source))

    def drop(self, table: str) -> None:
        """Delete everything that is stored of a table."""
        with self.store.transaction() as connection:
            for statement in ("FROM items WHERE tbl = ?", "FROM entries WHERE tbl = ?", "FROM tables WHERE name = ?"):
                connection.execute(f"DELETE {statement}", (table,))

    def arrange(self, layout: Layout) -> None:
        """Bring what is stored of a table into its layout, if a former template gave it another one."""
        row = self.store.one("SELECT definition FROM tables WHERE name = ?", (layout.table,))
        if row is not None and row[0] == layout.definition:
            return
        with self.store.transaction() as connection:
            connection.execute("DELETE FROM entries WHERE tbl = ?", (layout.table,))
            # The keys first: rows must not be replaced while they are listed.
            keys = connection.execute("SELECT pk, sk FROM items WHERE tbl = ?", (layout.table,)).fetchall()
            for place in [Place(layout.table, *key) for key in keys]:
                self.write(layout, place, json.loads(self.read(place) or "null"))
            connection.execute("INSERT OR REPLACE INTO tables VALUES (?, ?)", (layout.table, layout.definition))


def entries(layout: Layout, item: Attributes) -> Iterator[tuple[str, bytes, bytes]]:
    """The name, partition key and sort key of each index entry; an item without an index's keys is not in the index."""
    for index in layout.indexes:
        names = [index.hash, index.range] if index.range else [index.hash]
        if all(name in item for name in names):
            keys = [key_bytes(item[name]) for name in names]
            if None not in keys:
                yield index.name, keys[0] or b"", (keys[1] or b"") if index.range else b""


def expires_at(layout: Layout, item: Attributes) -> float | None:
    """The item's time of expiry in seconds since 1970; None if it has none, or one that is no number."""
    value = item.get(layout.expiry, {}) if layout.expiry else {}
    return float(value["N"]) if "N" in value else None
