"""What was asked for, what it compiled to, and what became of it, until and after a pipeline is recorded."""

import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pullcord.aws import keys
from pullcord.aws.blobs import Blobs
from pullcord.aws.items import record, restored
from pullcord.aws.peppers import Peppers
from pullcord.aws.table import Table
from pullcord.requests import PipelineRequest, Wish
from pullcord.tokens import NONCE
from pullcord.variables import PipelineVariable

DAY = 86_400


class Requests:
    """Items `request#…`: sealed, and with an end of their time until a pipeline needs them for good."""

    def __init__(self, table: Table, blobs: Blobs, peppers: Peppers) -> None:
        self.table = table
        self.blobs = blobs
        self.peppers = peppers

    def add(self, request: PipelineRequest, wish: Wish, now: int) -> None:
        """Store a new request. now: Unix seconds. Raises `AlreadyThere` for an id that is taken."""
        sealed = self._seal(f"request:{request.id}", asdict(wish))
        item = {**record(request), **self.blobs.stored(f"request-{request.id}", sealed), "ttl": now + DAY}
        self.table.put(keys.request(request.id), item, new=True)

    def opened(self, item: Mapping[str, Any]) -> tuple[PipelineRequest, Wish]:
        """A stored request and what was wished."""
        request = restored(PipelineRequest, item)
        wish = self._open(f"request:{request.id}", self.blobs.fetched(item))
        variables = tuple(PipelineVariable(**variable) for variable in wish["variables"])
        return request, Wish(variables, wish["inputs"])

    def refuse(self, request_id: int, refusal: Mapping[str, object], now: int) -> None:
        """Leave a refusal beside the request, for the door to tell and for a repeated call to find."""
        sealed = self._seal(f"refusal:{request_id}", refusal)
        item = {**self.blobs.stored(f"refusal-{request_id}", sealed), "ttl": now + DAY}
        self.table.put(keys.plan(request_id), {**item, "refused": True})

    def plan(self, request_id: int, plan: Mapping[str, object], now: int) -> None:
        """Leave a plan beside the request. The same plan may be written twice."""
        sealed = self._seal(f"plan:{request_id}", plan)
        self.table.put(keys.plan(request_id), {**self.blobs.stored(f"plan-{request_id}", sealed), "ttl": now + DAY})

    def get(self, request_id: int) -> tuple[PipelineRequest, Wish] | None:
        """A stored request and what was wished, None when its time is over."""
        item = self.table.get(keys.request(request_id))
        return self.opened(item) if item else None

    def result(self, request_id: int) -> dict[str, Any]:
        """What `plan` or `refuse` wrote."""
        item = self.table.get(keys.plan(request_id)) or {}
        purpose = "refusal" if item.get("refused") else "plan"
        return self._open(f"{purpose}:{request_id}", self.blobs.fetched(item))

    def _seal(self, bound_to: str, value: Mapping[str, object]) -> bytes:
        packed = zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 6)
        return self.peppers.keyring().seal(packed, bound_to, os.urandom(NONCE))

    def _open(self, bound_to: str, sealed: bytes) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(zlib.decompress(self.peppers.keyring().open(sealed, bound_to)))
        return opened
