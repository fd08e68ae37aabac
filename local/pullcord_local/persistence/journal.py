"""The tables on disk: a journal of written items, one line per call.

A line is a JSON list of [table, key, item or null] and is written in one piece as soon as the call has succeeded, so
killing the process loses nothing that was answered. A torn last line belongs to a call that nobody saw succeed.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pullcord_local.dynamodb.rows import Place, all_places, attributes_of, backend, decoded, place
from pullcord_local.persistence.files import replace

# A journal is begun anew when it is this many times as large as the items in it, and so many bytes more.
GROWTH = 4
SLACK = 16 * 1024 * 1024


class Journal:
    """`load` before the first `append`; the caller holds the database's lock at each."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.descriptor = -1
        self.size = self.limit = 0

    def load(self) -> None:
        """Bring the tables to the state of the journal, then begin it anew with that state."""
        for table, key, item in self.changes():
            found = place(table, key)
            if found is None:
                continue  # a table that the template no longer has
            if item is None:
                found.write(None)
            else:
                found.table.put_item({name: decoded(value) for name, value in item.items()}, overwrite=True)
        self.begin_anew()

    def begin_anew(self) -> None:
        """Replace the journal by one that holds each item once."""
        self.close()
        content = "".join(line(places) for places in self.everything()).encode()
        replace(self.path, content)
        self.descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
        self.size, self.limit = len(content), GROWTH * len(content) + SLACK

    def changes(self) -> Iterator[tuple[str, dict[str, Any], dict[str, Any] | None]]:
        """The journal's changes, oldest first."""
        if not self.path.exists():
            return
        with self.path.open("rb") as lines:
            for written in lines:
                if not written.endswith(b"\n"):
                    return
                yield from json.loads(written)

    @staticmethod
    def everything() -> Iterator[list[Place]]:
        """Every item there is."""
        for table in backend().tables:
            for found, _ in all_places(table):
                yield [found]

    def append(self, places: list[Place]) -> None:
        """Note the present state of these places."""
        self.size += os.write(self.descriptor, line(places).encode())
        if self.size > self.limit:
            self.begin_anew()

    def close(self) -> None:
        """Make sure that the disk has it."""
        if self.descriptor >= 0:
            os.fsync(self.descriptor)
            os.close(self.descriptor)
            self.descriptor = -1


def line(places: list[Place]) -> str:
    """The journal's line for a call that wrote to these places."""
    changes = [[found.table.name, found.key, attributes_of(found.read())] for found in places]
    return json.dumps(changes, separators=(",", ":")) + "\n"
