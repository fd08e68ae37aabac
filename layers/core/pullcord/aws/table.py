"""Typed access to a DynamoDB table."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from pullcord.aws.clients import client
from pullcord.aws.items import Item, attributes, values
from pullcord.aws.keys import Key
from pullcord.ids import IdTaken

BATCH = 25
"""Items that one BatchWriteItem takes."""

ATTEMPTS = 5
"""Attempts of a transaction that conflicts with another one."""


class ConditionFailed(IdTaken):
    """The condition of a write did not hold.

    failed: indexes of the operations of a transaction whose conditions did not hold
    """

    def __init__(self, failed: Sequence[int] = ()) -> None:
        super().__init__()
        self.failed = tuple(failed)


class Table:
    """One table with keys `pk` and `sk`. Reads are strongly consistent unless said otherwise."""

    def __init__(self, name: str) -> None:
        self.name = name

    def get(self, key: Key) -> Item | None:
        """One item, None if it does not exist."""
        answer = client("dynamodb").get_item(TableName=self.name, Key=attributes(key._asdict()), ConsistentRead=True)
        return values(answer["Item"]) if "Item" in answer else None

    def put(self, key: Key, item: Mapping[str, object], *, new: bool = False) -> None:
        """Write one item. new: raise `ConditionFailed` instead of replacing one."""
        condition = {"ConditionExpression": "attribute_not_exists(pk)"} if new else {}
        try:
            client("dynamodb").put_item(TableName=self.name, Item=attributes({**key._asdict(), **item}), **condition)
        except ClientError as error:
            raise_condition_failed(error)

    def query(self, pk: str, first: str, last: str, *, descending: bool = False) -> Iterator[Item]:
        """The items of a partition whose sort keys lie between two texts, both included, page after page."""
        wanted: dict[str, Any] = {
            "TableName": self.name,
            "KeyConditionExpression": "pk = :pk AND sk BETWEEN :first AND :last",
            "ExpressionAttributeValues": attributes({":pk": pk, ":first": first, ":last": last}),
            "ConsistentRead": True,
            "ScanIndexForward": not descending,
        }
        while True:
            answer = client("dynamodb").query(**wanted)
            yield from (values(item) for item in answer["Items"])
            if "LastEvaluatedKey" not in answer:
                return
            wanted["ExclusiveStartKey"] = answer["LastEvaluatedKey"]

    def last_of(self, index: str, value: object) -> Item | None:
        """The last item of a partition of an index that is named like its partition key. The index is eventually consistent."""
        answer = client("dynamodb").query(
            TableName=self.name,
            IndexName=index,
            KeyConditionExpression="#key = :value",
            ExpressionAttributeNames={"#key": index},
            ExpressionAttributeValues=attributes({":value": value}),
            ScanIndexForward=False,
            Limit=1,
        )
        return next(map(values, answer["Items"]), None)

    def below(self, pk: str, prefix: str, *, descending: bool = False) -> Iterator[Item]:
        """The items of a partition whose sort keys begin with a prefix."""
        return self.query(pk, prefix, prefix + "\uffff", descending=descending)

    def write_all(self, items: Sequence[tuple[Key, Mapping[str, object]]]) -> None:
        """Write many items without a condition; unprocessed ones are sent again."""
        for start in range(0, len(items), BATCH):
            chunk = items[start : start + BATCH]
            puts = [{"PutRequest": {"Item": attributes({**key._asdict(), **item})}} for key, item in chunk]
            wanted = {self.name: puts}
            while wanted:
                wanted = client("dynamodb").batch_write_item(RequestItems=wanted)["UnprocessedItems"]

    def set(self, key: Key, name: str, value: object, *, while_: tuple[str, object]) -> None:
        """Set one attribute while another one, named first, has the given value. Raises `ConditionFailed`."""
        known, expected = while_
        try:
            client("dynamodb").update_item(
                TableName=self.name,
                Key=attributes(key._asdict()),
                UpdateExpression="SET #name = :value",
                ConditionExpression="#known = :expected",
                ExpressionAttributeNames={"#name": name, "#known": known},
                ExpressionAttributeValues=attributes({":value": value, ":expected": expected}),
            )
        except ClientError as error:
            raise_condition_failed(error)

    def count(self, key: Key, steps: Mapping[str, int], starts: Mapping[str, int]) -> Item:
        """Add to counters of one item in one atomic write; returns their new values.

        steps:  how much to add, by attribute
        starts: what a counter that does not exist yet counts from; 0 if it is not here
        """
        names = {f"#{name}": name for name in steps}
        added = {f":{name}": step for name, step in steps.items()}
        started = {f":start_{name}": starts.get(name, 0) for name in steps}
        sums = (f"#{name} = if_not_exists(#{name}, :start_{name}) + :{name}" for name in steps)
        answer = client("dynamodb").update_item(
            TableName=self.name,
            Key=attributes(key._asdict()),
            UpdateExpression=f"SET {', '.join(sums)}",
            ExpressionAttributeNames=names,
            ExpressionAttributeValues=attributes(added | started),
            ReturnValues="UPDATED_NEW",
        )
        return values(answer["Attributes"])

    def put_operation(self, key: Key, item: Mapping[str, object], *, new: bool = False) -> dict[str, Any]:
        """A Put for `transact`. new: only if there is no item."""
        condition = {"ConditionExpression": "attribute_not_exists(pk)"} if new else {}
        return {"Put": {"TableName": self.name, "Item": attributes({**key._asdict(), **item}), **condition}}

    def remove_ttl_operation(self, key: Key) -> dict[str, Any]:
        """An Update for `transact` that removes the TTL of an existing item."""
        return {
            "Update": {
                "TableName": self.name,
                "Key": attributes(key._asdict()),
                "UpdateExpression": "REMOVE #ttl",
                "ExpressionAttributeNames": {"#ttl": "ttl"},
                "ConditionExpression": "attribute_exists(pk)",
            }
        }


def get_many(wanted: Mapping[Table, Iterable[Key]]) -> dict[tuple[str, Key], Item]:
    """Up to 100 items of several tables in one call; {(table name, key): item}, without missing ones."""
    asked: dict[str, Any] = {
        table.name: {"Keys": [attributes(key._asdict()) for key in dict.fromkeys(keys)], "ConsistentRead": True}
        for table, keys in wanted.items()
    }
    found: dict[tuple[str, Key], Item] = {}
    while asked:
        answer = client("dynamodb").batch_get_item(RequestItems=asked)
        for name, items in answer["Responses"].items():
            for stored in items:
                item = values(stored)
                found[name, Key(item["pk"], item["sk"])] = item
        asked = answer.get("UnprocessedKeys", {})
    return found


def transact(operations: Sequence[Mapping[str, Any]]) -> None:
    """Write all of these operations or none. Raises `ConditionFailed` when a condition did not hold.

    Retries on TransactionConflict.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            client("dynamodb").transact_write_items(TransactItems=list(operations))
        except ClientError as error:
            if "TransactionConflict" not in _codes(error) or attempt == ATTEMPTS:
                raise_condition_failed(error)
            time.sleep(0.02 * 2**attempt)
        else:
            return


def raise_condition_failed(error: ClientError) -> None:
    """Raise `ConditionFailed` for a condition that did not hold, any other error as it is."""
    if error.response["Error"].get("Code") == "ConditionalCheckFailedException":
        raise ConditionFailed from error
    failed = [index for index, code in enumerate(_codes(error)) if code == "ConditionalCheckFailed"]
    if failed:
        raise ConditionFailed(failed) from error
    raise error


def _codes(error: ClientError) -> list[str]:
    """The reason per operation why a transaction was cancelled."""
    reasons: list[Any] = error.response.get("CancellationReasons", [])
    return [str(reason.get("Code")) for reason in reasons]
