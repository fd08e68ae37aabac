"""Expiry: items are deleted after their time to live.

DynamoDB deletes them within a few days, and until then they can still be read; here it takes a minute.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
"""

import threading
import time
from collections.abc import Mapping

from moto.dynamodb.models.dynamo_type import Item

from pullcord_local.dynamodb.database import Database
from pullcord_local.dynamodb.items import all_items

INTERVAL_SECONDS = 60.0
FIVE_YEARS_SECONDS = 5 * 365 * 86400


class Expiry:
    """A background thread that deletes the tables' expired items.

    attributes: the TTL attribute by table name
    """

    def __init__(self, database: Database, attributes: Mapping[str, str]) -> None:
        self.database = database
        self.attributes = attributes
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
        """Delete the items that have expired; the number of deleted items."""
        deleted = 0
        for table, attribute in self.attributes.items():
            with self.database.lock:
                past = [ref for ref, item in all_items(table) if expired(item, attribute, now)]
                for ref in past:
                    ref.write(None)
                if past:
                    self.database.on_write(past)
            deleted += len(past)
        return deleted


def expired(item: Item, attribute: str, now: float) -> bool:
    """Whether an item has expired: its attribute is a number of seconds since 1970, past, but not by five years."""
    value = item.attrs.get(attribute)
    if value is None or value.type != "N":
        return False
    expires_at = float(value.value)
    return now - FIVE_YEARS_SECONDS < expires_at < now
