"""What was asked for, what it compiled to, and what became of it, before and after a pipeline is recorded."""

import json
import os
import zlib
from collections.abc import Mapping
from typing import Any

from pullcord.aws import keys
from pullcord.aws.blobs import Blobs
from pullcord.aws.items import record, restored
from pullcord.aws.peppers import Peppers
from pullcord.aws.table import AlreadyThere, Table, transact
from pullcord.peppers import NONCE
from pullcord.requests import Admitted, Once, PipelineRequest, Wish
from pullcord.times import DAY
from pullcord.variables import PipelineVariable

PLAN, REFUSAL = "plan", "refusal"


class Requests:
    """Items `request#…`: sealed, and with an end of their time.

    A plan has all that its pipeline needs of the request, and its end from the beginning: to take an end away, once
    the pipeline is recorded, would cost as much as to write the plan again.
    """

    def __init__(self, table: Table, blobs: Blobs, peppers: Peppers) -> None:
        self.table = table
        self.blobs = blobs
        self.peppers = peppers

    def admit(self, request: PipelineRequest, wish: Wish, once: Once | None, now: int) -> Admitted | None:
        """Store a new request; None when that is done, the first call when there was one with the same key before.

        Request and key are written together or not at all. now: Unix seconds. Raises `ids.Taken` for the request's id.
        """
        sent = {"variables": [variable._asdict() for variable in wish.variables], "inputs": wish.inputs}
        sealed = self._seal(f"request:{request.id}", sent)
        item = {**record(request), **self.blobs.stored(f"request-{request.id}", sealed), "ttl": now + DAY}
        if once is None:
            self.table.put(keys.request(request.id), item, new=True)
            return None
        first = {"request_id": request.id, "fingerprints": once.fingerprints, "admitted_at": now, "ttl": now + DAY}
        try:
            transact(
                [
                    self.table.put_operation(keys.once(once.key), first, over_at=now),
                    self.table.put_operation(keys.request(request.id), item, new=True),
                ]
            )
        except AlreadyThere:
            first_call = self.first(once.key)
            if first_call is None:
                raise
            return first_call
        return None

    def first(self, key: str) -> Admitted | None:
        """The first call with a key, as far as it has come."""
        item = self.table.get(keys.once(key))
        return restored(Admitted, item) if item else None

    def settle(self, key: str, outcome: Mapping[str, Any]) -> None:
        """Write down what came of the first call with a key."""
        self.table.set(keys.once(key), "outcome", outcome)

    def opened(self, item: Mapping[str, Any]) -> tuple[PipelineRequest, Wish]:
        """A stored request and what was wished."""
        request = restored(PipelineRequest, item)
        wish = self._open(f"request:{request.id}", self.blobs.fetched(item))
        variables = tuple(PipelineVariable(**variable) for variable in wish["variables"])
        return request, Wish(variables, wish["inputs"])

    def refuse(self, request_id: int, refusal: Mapping[str, object], now: int) -> bool:
        """Leave a refusal beside the request for a day, for the door to tell. False when a plan is there already.

        now: Unix seconds
        """
        return self._leave(request_id, REFUSAL, refusal, now + DAY) == REFUSAL

    def plan(self, request_id: int, plan: Mapping[str, object], ends_at: int) -> bool:
        """Leave a plan beside the request. False when a refusal is there already. ends_at: Unix seconds."""
        return self._leave(request_id, PLAN, plan, ends_at) == PLAN

    def _leave(self, request_id: int, kind: str, value: Mapping[str, object], ends_at: int) -> str:
        """Write a result; answer the kind of the one that is there now.

        The first stays: a second try of the same task must not take away what a recorded pipeline stands on.
        """
        stored = self.blobs.stored(f"{kind}-{request_id}", self._seal(f"{kind}:{request_id}", value))
        try:
            self.table.put(keys.plan(request_id), {**stored, "kind": kind, "ttl": ends_at}, new=True)
        except AlreadyThere:
            item = self.table.get(keys.plan(request_id)) or {}
            return str(item.get("kind"))
        return kind

    def result(self, request_id: int) -> dict[str, Any]:
        """What `plan` or `refuse` wrote; empty when its time is over."""
        item = self.table.get(keys.plan(request_id))
        return self._open(f"{item['kind']}:{request_id}", self.blobs.fetched(item)) if item else {}

    def _seal(self, bound_to: str, value: Mapping[str, object]) -> bytes:
        packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 6)
        return self.peppers.seal(packed, bound_to, os.urandom(NONCE))

    def _open(self, bound_to: str, sealed: bytes) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(zlib.decompress(self.peppers.open(sealed, bound_to)))
        return opened
