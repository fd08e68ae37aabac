"""The SQLite file with everything that is stored: tables, objects, secrets.

A write is one transaction, which is on disk before the call is answered. What a crash or a full disk interrupts is
rolled back by SQLite. Memory does not grow with the file: SQLite reads what is asked for, page by page.

Source: https://www.sqlite.org/wal.html
"""

import contextlib
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

FILE = "pullcord.db"
FORMAT = 1
"""The version of the schema, as `user_version` of the file."""

CACHE_KIBIBYTES = 8 * 1024
SCHEMA = """
CREATE TABLE tables (name TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE items (
    tbl TEXT NOT NULL, pk BLOB NOT NULL, sk BLOB NOT NULL, item TEXT NOT NULL, expires_at REAL,
    PRIMARY KEY (tbl, pk, sk)
);
CREATE INDEX expiring ON items (tbl, expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE entries (
    tbl TEXT NOT NULL, idx TEXT NOT NULL, hash BLOB NOT NULL, range BLOB NOT NULL, pk BLOB NOT NULL, sk BLOB NOT NULL,
    PRIMARY KEY (tbl, idx, hash, range, pk, sk)
) WITHOUT ROWID;
CREATE INDEX entries_of_item ON entries (tbl, pk, sk);
CREATE TABLE objects (
    bucket TEXT NOT NULL, key BLOB NOT NULL, head TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY (bucket, key)
);
CREATE TABLE secrets (name TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
"""

PROOF = 20
"""Writes in a row that prove that there is space: on a disk that is nearly full, small ones still succeed now and then."""

Fill = Callable[[sqlite3.Connection], None]
"""Writes into a new file, inside the transaction that creates it."""


class StoreError(Exception):
    """Error: the file cannot be used. The message is a sentence for the user."""


class FolderError(StoreError):
    """Error: the data folder that the user named cannot be one."""


class StoreFull(Exception):
    """Error: a write did not take effect, most likely for want of space. It may succeed later."""


class Store:
    """The open file. Thread-safe: hold `lock` while reading; `transaction` takes it."""

    def __init__(self, path: Path | None = None, fill: Fill | None = None) -> None:
        """Open the file at `path`, None for a temporary one; `fill` writes into a new file. Raises StoreError."""
        self.path = path
        self.fill = fill
        self.lock = threading.RLock()
        self.unproven = 0
        """Writes that have still to succeed before writing works again; 0 while it works."""
        # An empty name is a temporary file, which SQLite deletes; it is kept in memory as long as it is small.
        self.connection = sqlite3.connect(path or "", isolation_level=None, check_same_thread=False, timeout=0)
        try:
            self.prepare()
        except StoreError:
            self.connection.close()
            raise
        except sqlite3.Error as error:
            self.connection.close()
            raise StoreError(
                f"{path} cannot be used as a database ({error}): use another folder, or move the file away to begin anew"
            ) from error

    def prepare(self) -> None:
        """Set the file up, and create what a new one lacks. Raises StoreError for a file of a newer version."""
        execute = self.connection.execute
        # One process uses the file. So its index of the log may be in memory, and needs no file that could not grow.
        execute("PRAGMA locking_mode = EXCLUSIVE")
        execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        version = execute("PRAGMA user_version").fetchone()[0]
        if version > FORMAT:
            raise StoreError(
                f"{self.path} was written by a newer version of Pullcord (format {version}, this version reads up to "
                f"{FORMAT}): use that version, or another folder"
            )
        execute("PRAGMA journal_mode = WAL" if self.path else "PRAGMA journal_mode = MEMORY")
        execute("PRAGMA synchronous = FULL" if self.path else "PRAGMA synchronous = OFF")
        if version == 0:
            self.create()

    def create(self) -> None:
        """Create the tables of a new file and fill it, all or nothing."""
        execute = self.connection.execute
        execute("BEGIN IMMEDIATE")
        for statement in SCHEMA.split(";"):
            execute(statement)
        if self.fill is not None:
            self.fill(self.connection)
        execute(f"PRAGMA user_version = {FORMAT}")
        execute("COMMIT")

    def one(self, statement: str, values: tuple[Any, ...] = ()) -> Any:
        """The first row of a query; None without one."""
        with self.lock:
            return self.connection.execute(statement, values).fetchone()

    def rows(self, statement: str, values: tuple[Any, ...] = ()) -> Iterator[Any]:
        """The rows of a query, read as they are asked for; the caller holds the lock until the last one."""
        return self.connection.execute(statement, values)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction for a `with` block, on disk at its end; rolled back if the block raises. Raises StoreFull."""
        with self.lock:
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                yield self.connection
                self.connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                self.roll_back()
                self.report(error)
                raise StoreFull(str(error)) from error
            except BaseException:
                self.roll_back()
                raise
            if self.unproven:
                self.unproven -= 1
                if not self.unproven:
                    print("pullcord: writing works again", file=sys.stderr, flush=True)

    def roll_back(self) -> None:
        """Undo the transaction, unless SQLite has done so by itself."""
        if self.connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")

    def report(self, error: sqlite3.Error) -> None:
        """Print one line when writes begin to fail, not one for each."""
        if not self.unproven:
            place = self.path or "the temporary file of the tables"
            line = f"pullcord: cannot write to {place} ({error}): callers get 503 until it has space again"
            print(line, file=sys.stderr, flush=True)
        self.unproven = PROOF

    def close(self) -> None:
        """Close the file; everything is on disk already."""
        with self.lock, contextlib.suppress(sqlite3.Error):
            self.connection.close()
