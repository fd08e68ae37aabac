"""The files in which former versions kept the state, read once into a new database: journal, secrets, objects."""

import base64
import json
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

JOURNAL, SECRETS, OBJECTS = "tables.jsonl", "secrets.json", "objects"
SIGNED_DIGEST = "x-amz-content-sha256"  # moto kept this header of a request beside the metadata


class FormerFiles:
    """The former files in a data folder, if there are any."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, connection: sqlite3.Connection) -> None:
        """Write everything that the files have into a new database."""
        if not (self.folder / JOURNAL).exists():
            return
        for table, key, item in self.changes():
            place = (table, *place_of(key))
            if item is None:
                connection.execute("DELETE FROM items WHERE tbl = ? AND pk = ? AND sk = ?", place)
            else:
                connection.execute("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, NULL)", (*place, json.dumps(item)))
        for name, state in self.secrets().items():
            connection.execute("INSERT INTO secrets VALUES (?, ?)", (name, json.dumps(state)))
        for row in self.objects():
            connection.execute("INSERT INTO objects VALUES (?, ?, ?, ?)", row)
        print(f"pullcord: the state in {self.folder} was taken over into its database", file=sys.stderr, flush=True)

    def remove(self) -> None:
        """Delete the files; the database has their content."""
        for name in (JOURNAL, SECRETS):
            (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.folder / OBJECTS, ignore_errors=True)

    def changes(self) -> Iterator[tuple[str, dict[str, Any], dict[str, Any] | None]]:
        """The journal's changes, oldest first. What was cut off by a crash or a full disk is left out, with a line."""
        with (self.folder / JOURNAL).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    changes = json.loads(line)
                except ValueError:
                    print(
                        f"pullcord: line {number} of {JOURNAL} is incomplete and left out", file=sys.stderr, flush=True
                    )
                    continue
                yield from changes

    def secrets(self) -> dict[str, Any]:
        """The secrets' states by name."""
        path = self.folder / SECRETS
        states: dict[str, Any] = json.loads(path.read_bytes()) if path.exists() else {}
        return states

    def objects(self) -> Iterator[tuple[str, bytes, str, bytes]]:
        """The rows of the objects: bucket, key, head, content."""
        for path in sorted((self.folder / OBJECTS).glob("*/*")):
            if path.suffix:
                continue  # the draft of a write that was interrupted
            first, _, content = path.read_bytes().partition(b"\n")
            known = json.loads(first)
            headers = {
                name.lower(): value for name, value in known["metadata"].items() if name.lower() != SIGNED_DIGEST
            }
            head = {"headers": headers, "etag": known["etag"], "modified": time.time(), "size": len(content)}
            yield path.parent.name, known["key"].encode(), json.dumps(head), content


def place_of(key: dict[str, Any]) -> tuple[bytes, bytes]:
    """The stored form of a key with one or two attributes; keys of former versions were texts or binary values."""
    pk, *sk = [base64.b64decode(value["B"]) if "B" in value else str(value["S"]).encode() for value in key.values()]
    return pk, sk[0] if sk else b""
