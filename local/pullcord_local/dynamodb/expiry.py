"""Expiry: items are deleted after their time to live.

DynamoDB deletes them within a few days, and until then they can still be read; here it takes a minute.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
"""

import threading
import time
from collections.abc import Iterable

from pullcord_local.dynamodb.database import Database
from pullcord_local.persistence.store import StoreFull

INTERVAL_SECONDS = 60.0
FIVE_YEARS_SECONDS = 5 * 365 * 86400


class Expiry:
    """A background thread that deletes the expired items of tables, which are given by name."""

    def __init__(self, database: Database, tables: Iterable[str]) -> None:
        self.database = database
        self.tables = tables
        self.stopped = threading.Event()

    def start(self) -> None:
        """Start the thread."""
        threading.Thread(target=self.run, name="expiry", daemon=True).start()

    def stop(self) -> None:
        """Stop the thread."""
        self.stopped.set()

    def run(self) -> None:
        """Delete expired items at every interval until stopped."""
        while not self.stopped.wait(INTERVAL_SECONDS):
            self.sweep(time.time())

    def sweep(self, now: float) -> int:
        """Delete the items that have expired, though not more than five years ago; the number of deleted items."""
        try:
            return sum(self.database.expire(table, now - FIVE_YEARS_SECONDS, now) for table in self.tables)
        except StoreFull:
            return 0  # the next sweep tries again
