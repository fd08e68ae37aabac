"""Lists stored in one item, with a version: variables, protected refs."""

from collections.abc import Sequence
from typing import NamedTuple

from pullcord.aws.items import Item
from pullcord.aws.keys import Key
from pullcord.aws.table import Table
from pullcord.aws.writes import NEW, Operation, check, put, run, where

MAX_SIZE = 380_000
"""Maximum of bytes of a list; an item takes 400 KB."""


class VersionedList(NamedTuple):
    """A list as it was read. version: rises with each change; 0 for a list that does not exist."""

    rows: list[Item]
    version: int


def read(table: Table, key: Key) -> VersionedList:
    """The list at a key."""
    item = table.get(key)
    return VersionedList(item["all"], item["version"]) if item else VersionedList([], 0)


def write(table: Table, key: Key, rows: Sequence[Item], version: int, owner: Key | None) -> frozenset[str]:
    """Replace the list of this version; returns what failed.

    owner: the object that the list belongs to; without it, nothing is written
    Failed: `list` (changed meanwhile), `owner` (deleted), `size` (too large).
    """
    if sum(_size(row) for row in rows) > MAX_SIZE:
        return frozenset({"size"})
    same = where("#version = :version", version=version) if version else NEW
    operations: dict[str, Operation] = {"list": put(table, key, {"all": list(rows), "version": version + 1}, same)}
    if owner is not None:
        operations["owner"] = check(table, owner)
    return run(operations)


def _size(value: object) -> int:
    if isinstance(value, dict):
        return sum(len(name) + 8 + _size(item) for name, item in value.items())
    if isinstance(value, list | tuple):
        return 8 + sum(_size(item) for item in value)
    if isinstance(value, bytes):
        return len(value)
    return len(str(value).encode("utf-8", "surrogatepass"))
