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
            return self.transact(call) if call.operation == "TransactWriteItems" else self.write(call)

    def write(self, call: Call) -> Answer:
        """A write that moto itself does wholly or not at all."""
        answer = moto.answer(call)
        if answer.status == 200:
            self.written(places(call))
        return answer

    def transact(self, call: Call) -> Answer:
        """A transaction, undone when it is cancelled."""
        repeated = self.tokens.replay(call)
        if repeated is not None:
            return repeated
        touched = places(call)
        before = [found.copy() for found in touched]
        answer = moto.answer(call)
        if answer.status != 200:
            for found, item in zip(touched, before, strict=True):
                found.write(item)
            return answer
        self.tokens.keep(call, answer)
        self.written(touched)
        return answer
