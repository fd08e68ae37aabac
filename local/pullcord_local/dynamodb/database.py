"""DynamoDB: moto's tables, made serialisable.

moto has no lock, copies whole tables for each item of a transaction and puts the copies back when it is cancelled,
which undoes other callers' writes. So calls run one at a time here, and a cancelled transaction is undone item by item.
"""

import copy
import threading
import types
from collections.abc import Callable
from typing import Any

import moto.dynamodb.models as moto_models
from moto.dynamodb.models.table import Table

from pullcord_local.cloud import moto
from pullcord_local.cloud.call import Answer, Call
from pullcord_local.dynamodb import limits, speed
from pullcord_local.dynamodb.rows import Place
from pullcord_local.dynamodb.tokens import RequestTokens
from pullcord_local.dynamodb.touched import WRITES, places

Written = Callable[[list[Place]], None]
"""Called after each successful write, still under the lock, with the places that were written."""


def keep_tables_uncopied() -> None:
    """Spare moto its copies of tables in transactions: they are what it would put back."""

    def deepcopy(value: Any, memo: Any = None) -> Any:
        return value if isinstance(value, Table) else copy.deepcopy(value, memo)

    # The module's own name `copy`, not the standard library's module.
    vars(moto_models)["copy"] = types.SimpleNamespace(copy=copy.copy, deepcopy=deepcopy)


class Database:
    """Thread-safe; one call at a time."""

    def __init__(self, written: Written) -> None:
        keep_tables_uncopied()
        speed.install()
        self.lock = threading.RLock()
        self.written = written
        self.tokens = RequestTokens()

    def answer(self, call: Call) -> Answer:
        """Do what a call asks; it happens wholly or not at all."""
        if call.operation not in WRITES:
            with self.lock:
                return moto.answer(call)
        refused = limits.refuse(call)
        if refused is not None:
            return refused
        with self.lock:
            repeated = self.tokens.replay(call)
            return self.write(call) if repeated is None else repeated

    def write(self, call: Call) -> Answer:
        """A write; what it did is undone when it fails or makes an item too large."""
        undo = Undo(places(call)) if call.operation in UNDONE else Undo([])
        try:
            answer = moto.answer(call)
            if answer.status == 200 and limits.outgrown(undo.touched):
                answer = limits.invalid(call, "Item size to update has exceeded the maximum allowed size")
        except BaseException:
            undo.run()
            raise
        if answer.status != 200:
            undo.run()
            return answer
        self.tokens.keep(call, answer)
        self.written(undo.touched or places(call))
        return answer


# A single put is checked before, a deletion makes nothing larger, and moto does each wholly or not at all.
UNDONE = {"TransactWriteItems", "UpdateItem"}


class Undo:
    """The items of some places as they are now, to be put back."""

    def __init__(self, touched: list[Place]) -> None:
        self.touched = touched
        self.before = [found.copy() for found in touched]

    def run(self) -> None:
        """Put them back."""
        for found, item in zip(self.touched, self.before, strict=True):
            found.write(item)
