"""DynamoDB: calls to moto's tables, one at a time, each write one transaction of the SQLite file.

moto evaluates a call on the items that it asks for. What it changes is stored when the whole call has succeeded, and
forgotten otherwise; moto itself would copy whole tables and put the copies back.
"""

import copy
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import moto.dynamodb.models as moto_models
from moto.dynamodb.models.table import Table

from pullcord_local.aws_calls import moto_services
from pullcord_local.aws_calls.call import Answer, Call, refusal
from pullcord_local.dynamodb import limits, moto_speedups
from pullcord_local.dynamodb.items import backend
from pullcord_local.dynamodb.request_tokens import RequestTokens
from pullcord_local.dynamodb.stored_items import StoredItems
from pullcord_local.dynamodb.stored_table import StoredTable
from pullcord_local.dynamodb.written_items import WRITES, written_items
from pullcord_local.persistence.store import Store, StoreFull

TRY_AGAIN = "The request could not be completed: what it writes could not be stored. Try again."


def stop_table_copies() -> None:
    """Make moto work on the tables themselves in transactions, not on copies that it would put back."""

    def deepcopy(value: Any, memo: Any = None) -> Any:
        return value if isinstance(value, Table) else copy.deepcopy(value, memo)

    # The module's own name `copy`, not the standard library's module.
    vars(moto_models)["copy"] = types.SimpleNamespace(copy=copy.copy, deepcopy=deepcopy)


class Database:
    """DynamoDB of the embedded cloud. Thread-safe: calls run one at a time, under the store's lock."""

    def __init__(self, store: Store) -> None:
        stop_table_copies()
        moto_speedups.install()
        self.store = store
        self.items = StoredItems(store)
        self.tokens = RequestTokens()
        self.take_tables()

    def take_tables(self) -> None:
        """Make the tables that moto has created stored ones. Raises StoreFull."""
        tables = backend().tables
        for name, table in list(tables.items()):
            if not isinstance(table, StoredTable):
                tables[name] = StoredTable.of(table, self.items)

    def answer(self, call: Call) -> Answer:
        """The answer to a call, which takes effect wholly or not at all."""
        if call.operation in WRITES:
            error = limits.violation(call)
            if error is not None:
                return error
        with self.store.lock:
            if call.operation in WRITES:
                stored = self.tokens.replay(call)
                return self.write(call) if stored is None else stored
            answer = moto_services.answer(call)
            if call.operation not in READS:
                self.follow(call, answer)
            return answer

    def follow(self, call: Call, answer: Answer) -> None:
        """Bring what is stored in line with the tables after a call that may have created or deleted one. Raises StoreFull."""
        self.take_tables()
        if call.operation == "DeleteTable" and answer.status == 200:
            self.items.drop(str(call.parameters["TableName"]))

    def write(self, call: Call) -> Answer:
        """The answer to a write; none of its changes stays when it fails, makes an item too large or cannot be stored."""
        with changing():
            answer = moto_services.answer(call)
            if answer.status != 200:
                return answer
            written = written_items(call)
            if limits.any_too_large(table.stored_item(place) for table, place in written):
                return limits.invalid(call, "Item size to update has exceeded the maximum allowed size")
            try:
                with self.store.transaction():
                    for table, place in written:
                        table.write([place])
            except StoreFull:
                return refusal(call, 503, "ServiceUnavailable", TRY_AGAIN)
        self.tokens.store(call, answer)
        return answer

    def expire(self, table: str, since: float, until: float) -> int:
        """Delete the items of a table that expire between two times; their number. Raises StoreFull."""
        return self.items.expired(table, since, until)


READS = {"BatchGetItem", "GetItem", "Query", "Scan", "TransactGetItems"}


@contextmanager
def changing() -> Iterator[None]:
    """A block whose changes the tables collect, and forget at its end."""
    tables = [table for table in backend().tables.values() if isinstance(table, StoredTable)]
    for table in tables:
        table.changes = {}
    try:
        yield
    finally:
        for table in tables:
            table.changes = None
