"""All tokens of the Tokens table, page by page, and their rekeying during a rotation of the pepper."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pullcord.aws import keys
from pullcord.aws.clients import client
from pullcord.aws.items import Item, record, values
from pullcord.aws.keys import Key
from pullcord.aws.table import ConditionFailed, Table, transact
from pullcord.aws.tokens import token_record
from pullcord.aws.writes import MAX_WRITES, Operation, change, delete, put, read_many, unchanged
from pullcord.rekeying import Rekey, StoredToken
from pullcord.tokens import TokenRecord


class RekeyingTable:
    """The tokens' own items and those that their digests lead to."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def pages(self) -> Iterator[list[StoredToken]]:
        """Every token, as many at a time as one read gives."""
        wanted: dict[str, Any] = {
            "TableName": self.table.name,
            "ConsistentRead": True,
            "FilterExpression": "attribute_exists(digests)",
            "ProjectionExpression": "pk, sk, digests, sealed, revoked, version",
        }
        while True:
            answer = client("dynamodb").scan(**wanted)
            yield [_stored_token(values(item)) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return
            wanted["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def again(self, stored: StoredToken) -> StoredToken | None:
        """The present state of a token, None if it was deleted."""
        item = self.table.get(Key(*stored.place))
        return _stored_token(item) if item else None

    def records(self, digests: Sequence[str]) -> Mapping[str, TokenRecord]:
        """Token records by digest, without unknown digests."""
        items = read_many(self.table, [keys.digest(digest) for digest in digests])
        return {item["pk"].partition("#")[2]: token_record(item) for item in items}

    def rekey(self, rekeys: Sequence[Rekey]) -> list[StoredToken]:
        """Write changes, many at a time; returns the tokens that somebody else changed meanwhile."""
        changed: list[StoredToken] = []
        for batch in _packed([(rekey.stored, self._operations(rekey)) for rekey in rekeys]):
            try:
                transact([operation for _, operations in batch for operation in operations])
            except ConditionFailed:
                changed += [stored for stored, _ in batch]
        return changed

    def _operations(self, rekey: Rekey) -> list[Operation]:
        stored = rekey.stored
        same = unchanged(
            {"digests": stored.digests, "revoked": stored.revoked, "version": stored.version},
            "digests",
            "revoked",
            "version",
        )
        before, after = ({"digests": one.digests, "sealed": one.sealed} for one in (stored, rekey))
        return [
            change(self.table, Key(*stored.place), before, after, same),
            *(put(self.table, keys.digest(key), record(found)) for key, found in rekey.added.items()),
            *(delete(self.table, keys.digest(key)) for key in rekey.deleted),
        ]

    def moved_at(self) -> int | None:
        """Time of the last rotation, in Unix seconds."""
        item = self.table.get(keys.ROTATION)
        return int(item["moved_at"]) if item else None

    def move_at(self, seconds: int) -> None:
        """Store the time of a rotation."""
        self.table.put(keys.ROTATION, {"moved_at": seconds})


def _stored_token(item: Item) -> StoredToken:
    return StoredToken(
        (item["pk"], item["sk"]), item["digests"], item.get("sealed"), item.get("revoked"), item.get("version")
    )


def _packed(
    changes: Sequence[tuple[StoredToken, list[Operation]]],
) -> Iterator[list[tuple[StoredToken, list[Operation]]]]:
    """Changes in batches that fit into one transaction each."""
    pack: list[tuple[StoredToken, list[Operation]]] = []
    size = 0
    for stored, operations in changes:
        if pack and size + len(operations) > MAX_WRITES:
            yield pack
            pack, size = [], 0
        pack.append((stored, operations))
        size += len(operations)
    if pack:
        yield pack
