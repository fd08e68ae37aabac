"""The tables on disk: a journal of written items, one line per call.

A line is a JSON list of [table, key, item or null] and is written in one piece as soon as the call has succeeded, so
killing the process loses no write that was answered. An incomplete last line belongs to a call that was not answered.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pullcord_local.dynamodb.items import ItemRef, all_items, backend, decode_value, item_attributes, item_ref
from pullcord_local.persistence.files import write_atomically

# A journal is compacted when it is this many times as large as after the last time, and so many bytes more.
COMPACT_GROWTH = 4
COMPACT_SLACK_BYTES = 16 * 1024 * 1024


class Journal:
    """The journal's file. Call `load` before the first `append`, and hold the database's lock for both."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor = -1
        self.size = self.limit = 0

    def load(self) -> None:
        """Restore the tables from the journal, then compact it."""
        for table, key, item in self.changes():
            ref = item_ref(table, key)
            if ref is None:
                continue  # a table that the template no longer has
            if item is None:
                ref.write(None)
            else:
                ref.table.put_item({name: decode_value(value) for name, value in item.items()}, overwrite=True)
        self.compact()

    def compact(self) -> None:
        """Replace the journal with one that has each item once."""
        self.close()
        content = "".join(line(refs) for refs in self.everything()).encode()
        write_atomically(self.path, content)
        self.descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        self.size, self.limit = len(content), COMPACT_GROWTH * len(content) + COMPACT_SLACK_BYTES

    def changes(self) -> Iterator[tuple[str, dict[str, Any], dict[str, Any] | None]]:
        """The journal's changes, oldest first."""
        if not self.path.exists():
            return
        with self.path.open("rb") as lines:
            for entry in lines:
                if not entry.endswith(b"\n"):
                    return
                yield from json.loads(entry)

    @staticmethod
    def everything() -> Iterator[list[ItemRef]]:
        """Every item of every table, in a list of its own."""
        for table in backend().tables:
            for ref, _ in all_items(table):
                yield [ref]

    def append(self, refs: list[ItemRef]) -> None:
        """Append the present state of these items."""
        self.size += os.write(self.descriptor, line(refs).encode())
        if self.size > self.limit:
            self.compact()

    def close(self) -> None:
        """Flush the journal to disk and close it."""
        if self.descriptor >= 0:
            os.fsync(self.descriptor)
            os.close(self.descriptor)
            self.descriptor = -1


def line(refs: list[ItemRef]) -> str:
    """The journal's line for a call that wrote these items."""
    changes = [[ref.table.name, ref.key, item_attributes(ref.read())] for ref in refs]
    return json.dumps(changes, separators=(",", ":")) + "\n"
