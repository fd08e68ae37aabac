"""Requests, their plans or refusals, and the first calls with idempotency keys."""

import json
import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from pullcord.aws import keys
from pullcord.aws.blobs import Blobs
from pullcord.aws.items import Item, record, restored
from pullcord.aws.peppers import Peppers
from pullcord.aws.table import ConditionFailed, Table, transact
from pullcord.aws.writes import put, where
from pullcord.peppers import NONCE
from pullcord.requests import RECORDED, FirstCall, IdempotencyKey, PipelineParams, PipelineRequest
from pullcord.times import DAY
from pullcord.variables import packed, unpacked

PLAN, REFUSAL = "plan", "refusal"
FREE = "attribute_not_exists(pk) OR #ttl < :ttl OR (attribute_exists(#outcome) AND #outcome.#outcome <> :outcome)"
"""An idempotency key is free again when its day is over, and when its first call has created nothing."""


def _stored(request: PipelineRequest) -> Item:
    """The fields of a request to store: the correlation id is for log lines alone."""
    return {name: value for name, value in record(request).items() if name != "correlation_id"}


class Requests:
    """Items `request#…` and `once#…`, with their TTL; parameters and results are sealed.

    A plan has everything that its pipeline needs of the request. Plans are written with their TTL: to set it once the
    pipeline is recorded would cost a second write of the whole plan.
    """

    def __init__(self, table: Table, blobs: Blobs, peppers: Peppers) -> None:
        self.table = table
        self.blobs = blobs
        self.peppers = peppers

    def store_request(
        self, request: PipelineRequest, params: PipelineParams, key: IdempotencyKey | None, now: int
    ) -> FirstCall | None:
        """Store a new request and return None, or return the first call with the same key: running, or with a pipeline.

        Request and key are written in one transaction. now: Unix seconds. Raises `ids.IdTaken` for the request's id.
        """
        sent = {"variables": packed(params.variables), "inputs": params.inputs}
        sealed = self._seal(f"request:{request.id}", sent)
        item = {**_stored(request), **self.blobs.store(f"request-{request.id}", sealed), "ttl": now + DAY}
        if key is None:
            self.table.put(keys.request(request.id), item, new=True)
            return None
        first = {"request_id": request.id, "fingerprints": key.fingerprints, "started_at": now, "ttl": now + DAY}
        try:
            transact(
                [
                    put(self.table, keys.once(key.key), first, where(FREE, ttl=now, outcome=RECORDED)),
                    self.table.put_operation(keys.request(request.id), item, new=True),
                ]
            )
        except ConditionFailed:
            first_call = self.first(key.key)
            if first_call is None:
                raise
            return first_call
        return None

    def request(self, request_id: int) -> PipelineRequest | None:
        """A stored request; None once it has expired."""
        item = self.table.get(keys.request(request_id))
        return restored(PipelineRequest, item) if item else None

    def first(self, key: str) -> FirstCall | None:
        """The first call with a key, with its outcome if it has one."""
        item = self.table.get(keys.once(key))
        # `admitted_at` is the former name of `started_at`.
        return restored(FirstCall, {"started_at": item.get("admitted_at"), **item}) if item else None

    def store_outcome(self, key: str, request_id: int, outcome: Mapping[str, Any]) -> None:
        """Store the outcome of the first call with a key, unless the key belongs to another request by now."""
        with suppress(ConditionFailed):
            self.table.set(keys.once(key), "outcome", outcome, while_=("request_id", request_id))

    def open(self, item: Mapping[str, Any]) -> tuple[PipelineRequest, PipelineParams]:
        """A stored request and its parameters."""
        request = restored(PipelineRequest, item)
        sent = self._open(f"request:{request.id}", self.blobs.fetch(item))
        return request, PipelineParams(unpacked(sent["variables"]), sent["inputs"])

    def refuse(self, request_id: int, refusal: Mapping[str, object], now: int) -> bool:
        """Store a refusal for a day; False if an earlier attempt has stored a plan.

        now: Unix seconds
        """
        return self._store_result(request_id, REFUSAL, refusal, now + DAY) == REFUSAL

    def plan(self, request_id: int, plan: Mapping[str, object], ends_at: int) -> bool:
        """Store a plan; False if an earlier attempt has stored a refusal. ends_at: Unix seconds."""
        return self._store_result(request_id, PLAN, plan, ends_at) == PLAN

    def _store_result(self, request_id: int, kind: str, value: Mapping[str, object], ends_at: int) -> str:
        """Store a result unless there is one; returns the kind of the stored one.

        The first result stays: a retry of the task must not replace the plan of a recorded pipeline.
        """
        stored = self.blobs.store(f"{kind}-{request_id}", self._seal(f"{kind}:{request_id}", value))
        try:
            self.table.put(keys.plan(request_id), {**stored, "kind": kind, "ttl": ends_at}, new=True)
        except ConditionFailed:
            item = self.table.get(keys.plan(request_id)) or {}
            return str(item.get("kind"))
        return kind

    def result(self, request_id: int) -> dict[str, Any]:
        """The stored plan or refusal; empty once it has expired."""
        item = self.table.get(keys.plan(request_id))
        return self._open(f"{item['kind']}:{request_id}", self.blobs.fetch(item)) if item else {}

    def _seal(self, bound_to: str, value: Mapping[str, object]) -> bytes:
        packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 6)
        return self.peppers.seal(packed, bound_to, os.urandom(NONCE))

    def _open(self, bound_to: str, sealed: bytes) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(zlib.decompress(self.peppers.open(sealed, bound_to)))
        return opened
