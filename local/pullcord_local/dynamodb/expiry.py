"""Expiry: items past their time-to-live go away.

DynamoDB takes up to some days for it, and until then such items can still be read; here it takes a minute.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
"""

import threading
import time
from collections.abc import Mapping

from moto.dynamodb.models.dynamo_type import Item

from pullcord_local.dynamodb.database import Database
from pullcord_local.dynamodb.rows import all_places

INTERVAL_SECONDS = 60.0
FIVE_YEARS_SECONDS = 5 * 365 * 86400


class Expiry:
    """Removes expired items of the tables, given by name with their expiry attribute, until stopped."""

    def __init__(self, database: Database, attributes: Mapping[str, str]) -> None:
        self.database = database
        self.attributes = attributes
        self.stopped = threading.Event()

    def start(self) -> None:
        """Sweep now and then, in the background."""
        threading.Thread(target=self.run, name="expiry", daemon=True).start()

    def stop(self) -> None:
        """Sweep no more."""
        self.stopped.set()

    def run(self) -> None:
        """Sweep until stopped."""
        while not self.stopped.wait(INTERVAL_SECONDS):
            self.sweep(time.time())

    def sweep(self, now: float) -> int:
        """Remove what has expired; the number of items removed."""
        removed = 0
        for table, attribute in self.attributes.items():
            with self.database.lock:
                gone = [found for found, item in all_places(table) if expired(item, attribute, now)]
                for found in gone:
                    found.write(None)
                if gone:
                    self.database.written(gone)
            removed += len(gone)
        return removed


def expired(item: Item, attribute: str, now: float) -> bool:
    """Whether an item's time is past: a number, in seconds since 1970, not more than five years ago."""
    value = item.attrs.get(attribute)
    if value is None or value.type != "N":
        return False
    moment = float(value.value)
    return now - FIVE_YEARS_SECONDS < moment < now
