"""DynamoDB: calls to moto's tables, one at a time.

moto has no lock, copies whole tables for each item of a transaction and puts the copies back when it is canceled,
which undoes other callers' writes. So calls run one after the other here, and a canceled transaction is undone item by
item.
"""

import copy
import threading
import types
from collections.abc import Callable
from typing import Any

import moto.dynamodb.models as moto_models
from moto.dynamodb.models.table import Table

from pullcord_local.aws_calls import moto_services
from pullcord_local.aws_calls.call import Answer, Call
from pullcord_local.dynamodb import limits, moto_speedups
from pullcord_local.dynamodb.items import ItemRef
from pullcord_local.dynamodb.request_tokens import RequestTokens
from pullcord_local.dynamodb.written_items import WRITES, written_items

OnWrite = Callable[[list[ItemRef]], None]
"""Called with the written items after each successful write, while the lock is held."""


def stop_table_copies() -> None:
    """Make moto work on the tables themselves in transactions, not on copies that it would put back."""

    def deepcopy(value: Any, memo: Any = None) -> Any:
        return value if isinstance(value, Table) else copy.deepcopy(value, memo)

    # The module's own name `copy`, not the standard library's module.
    vars(moto_models)["copy"] = types.SimpleNamespace(copy=copy.copy, deepcopy=deepcopy)


class Database:
    """DynamoDB of the embedded cloud. Thread-safe: calls run one at a time, under `lock`."""

    def __init__(self, on_write: OnWrite) -> None:
        stop_table_copies()
        moto_speedups.install()
        self.lock = threading.RLock()
        self.on_write = on_write
        self.tokens = RequestTokens()

    def answer(self, call: Call) -> Answer:
        """The answer to a call, which takes effect wholly or not at all."""
        if call.operation not in WRITES:
            with self.lock:
                return moto_services.answer(call)
        error = limits.violation(call)
        if error is not None:
            return error
        with self.lock:
            stored = self.tokens.replay(call)
            return self.write(call) if stored is None else stored

    def write(self, call: Call) -> Answer:
        """The answer to a write, which is undone when it fails or makes an item too large."""
        undo = Undo(written_items(call)) if call.operation in UNDONE else Undo([])
        try:
            answer = moto_services.answer(call)
            if answer.status == 200 and limits.any_too_large(undo.items):
                answer = limits.invalid(call, "Item size to update has exceeded the maximum allowed size")
        except BaseException:
            undo.run()
            raise
        if answer.status != 200:
            undo.run()
            return answer
        self.tokens.store(call, answer)
        self.on_write(undo.items or written_items(call))
        return answer


# A single put is checked beforehand, a deletion makes nothing larger, and moto does each wholly or not at all.
UNDONE = {"TransactWriteItems", "UpdateItem"}


class Undo:
    """Copies of items as they are before a write, to undo it."""

    def __init__(self, items: list[ItemRef]) -> None:
        self.items = items
        self.before = [item.copy() for item in items]

    def run(self) -> None:
        """Restore the items."""
        for item, before in zip(self.items, self.before, strict=True):
            item.write(before)
