"""Lists that are read whole with one key and changed whole: variables, protections."""

from collections.abc import Sequence
from typing import NamedTuple

from pullcord.aws.items import Item
from pullcord.aws.keys import Key
from pullcord.aws.table import Table
from pullcord.aws.writes import NEW, Operation, check, put, tried, where

LARGEST = 380_000
"""Bytes of a list; an item takes 400 KB."""


class Listed(NamedTuple):
    """A list as it was read. version: tells whether somebody has changed it since; 0 for one that is not there."""

    rows: list[Item]
    version: int


def read(table: Table, key: Key) -> Listed:
    """The list at a key."""
    item = table.get(key)
    return Listed(item["all"], item["version"]) if item else Listed([], 0)


def write(table: Table, key: Key, rows: Sequence[Item], version: int, owner: Key | None) -> frozenset[str]:
    """Put a list in the place of the one that was read; what stood in the way.

    owner: what the list belongs to, so that nothing is kept for what is gone
    Answers `list` when somebody else has changed it, `owner` when that is gone, `size` when it has become too large.
    """
    if sum(_size(row) for row in rows) > LARGEST:
        return frozenset({"size"})
    same = where("#version = :version", version=version) if version else NEW
    operations: dict[str, Operation] = {"list": put(table, key, {"all": list(rows), "version": version + 1}, same)}
    if owner is not None:
        operations["owner"] = check(table, owner)
    return tried(operations)


def _size(value: object) -> int:
    if isinstance(value, dict):
        return sum(len(name) + 8 + _size(item) for name, item in value.items())
    if isinstance(value, list | tuple):
        return 8 + sum(_size(item) for item in value)
    if isinstance(value, bytes):
        return len(value)
    return len(str(value).encode("utf-8", "surrogatepass"))
