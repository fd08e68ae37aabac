"""All tokens of the Tokens table, page by page, and their renewal during a rotation of the pepper."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pullcord.aws import keys
from pullcord.aws.clients import client
from pullcord.aws.items import Item, record, restored, values
from pullcord.aws.keys import Key
from pullcord.aws.table import AlreadyThere, Table, transact
from pullcord.aws.writes import WRITTEN_TOGETHER, Operation, change, delete, put, read_many, unchanged
from pullcord.rekeying import Kept, Renewal
from pullcord.tokens import Found


class Renewals:
    """The tokens' own items and those that their digests lead to."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def pages(self) -> Iterator[list[Kept]]:
        """Every token, as many at a time as one read gives."""
        wanted: dict[str, Any] = {
            "TableName": self.table.name,
            "ConsistentRead": True,
            "FilterExpression": "attribute_exists(digests)",
            "ProjectionExpression": "pk, sk, digests, sealed, revoked",
        }
        while True:
            answer = client("dynamodb").scan(**wanted)
            yield [_kept(values(item)) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return
            wanted["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def again(self, kept: Kept) -> Kept | None:
        """One of them as it is now."""
        item = self.table.get(Key(*kept.place))
        return _kept(item) if item else None

    def found(self, digests: Sequence[str]) -> Mapping[str, Found]:
        """What these digests lead to, without those that lead nowhere."""
        items = read_many(self.table, [keys.digest(digest) for digest in digests])
        return {item["pk"].partition("#")[2]: restored(Found, item) for item in items}

    def renew(self, renewals: Sequence[Renewal]) -> list[Kept]:
        """Make changes, many at a time; those tokens that are not as they were and stay as they are."""
        busy: list[Kept] = []
        for some in _packed([(renewal.kept, self._operations(renewal)) for renewal in renewals]):
            try:
                transact([operation for _, operations in some for operation in operations])
            except AlreadyThere:
                busy += [kept for kept, _ in some]
        return busy

    def _operations(self, renewal: Renewal) -> list[Operation]:
        kept = renewal.kept
        same = unchanged({"digests": kept.digests, "revoked": kept.revoked}, "digests", "revoked")
        before, after = ({"digests": one.digests, "sealed": one.sealed} for one in (kept, renewal))
        return [
            change(self.table, Key(*kept.place), before, after, same),
            *(put(self.table, keys.digest(key), record(found)) for key, found in renewal.added.items()),
            *(delete(self.table, keys.digest(key)) for key in renewal.gone),
        ]

    def moved_at(self) -> int | None:
        """When the current pepper became the current one, in Unix seconds."""
        item = self.table.get(keys.ROTATION)
        return int(item["moved_at"]) if item else None

    def move_at(self, seconds: int) -> None:
        """Note that it becomes so now."""
        self.table.put(keys.ROTATION, {"moved_at": seconds})


def _kept(item: Item) -> Kept:
    return Kept((item["pk"], item["sk"]), item["digests"], item.get("sealed"), item.get("revoked"))


def _packed(changes: Sequence[tuple[Kept, list[Operation]]]) -> Iterator[list[tuple[Kept, list[Operation]]]]:
    """As many changes at a time as one transaction takes."""
    pack: list[tuple[Kept, list[Operation]]] = []
    size = 0
    for kept, operations in changes:
        if pack and size + len(operations) > WRITTEN_TOGETHER:
            yield pack
            pack, size = [], 0
        pack.append((kept, operations))
        size += len(operations)
    if pack:
        yield pack
