"""Parts of a transaction with their conditions, and reads and deletes of any number of items."""

from collections.abc import Mapping, Sequence
from typing import Any

from pullcord.aws.items import Item, attributes
from pullcord.aws.keys import Key
from pullcord.aws.table import AlreadyThere, Table, get_many, transact

READ_TOGETHER = 100
"""Items that one BatchGetItem gives."""

WRITTEN_TOGETHER = 100
"""Operations that one TransactWriteItems takes."""

Condition = dict[str, Any]
Operation = dict[str, Any]


def where(expression: str, **expected: object) -> Condition:
    """The condition of a write: in the expression, `#name` is an attribute and `:name` the value that is given here."""
    condition: Condition = {"ConditionExpression": expression}
    if expected:
        condition["ExpressionAttributeNames"] = {f"#{name}": name for name in expected}
        condition["ExpressionAttributeValues"] = attributes({f":{name}": value for name, value in expected.items()})
    return condition


NEW = where("attribute_not_exists(pk)")
THERE = where("attribute_exists(pk)")
FREE = where("attribute_not_exists(pk) OR #kind = :kind", kind="redirect")
"""A path that nobody has, or that somebody has left."""


def put(table: Table, key: Key, item: Mapping[str, object], condition: Condition | None = None) -> Operation:
    """Write an item."""
    return {"Put": {"TableName": table.name, "Item": attributes({**key._asdict(), **item}), **(condition or {})}}


def delete(table: Table, key: Key, condition: Condition | None = None) -> Operation:
    """Take an item away."""
    return {"Delete": {"TableName": table.name, "Key": attributes(key._asdict()), **(condition or {})}}


def check(table: Table, key: Key, condition: Condition = THERE) -> Operation:
    """Write nothing, but insist on the condition."""
    return {"ConditionCheck": {"TableName": table.name, "Key": attributes(key._asdict()), **condition}}


def change(
    table: Table, key: Key, old: Mapping[str, object], new: Mapping[str, object], condition: Condition = THERE
) -> Operation:
    """Write what differs, and that alone, into an item that is there: so nobody's change of something else is lost."""
    differing = {name: value for name, value in new.items() if value != old.get(name)} or dict(new)
    changes = attributes({f":{name}": value for name, value in differing.items()})
    placed = [f"#{name} = :{name}" for name in differing if f":{name}" in changes]
    removed = [f"#{name}" for name in differing if f":{name}" not in changes]
    clauses = [f"{verb} {', '.join(parts)}" for verb, parts in (("SET", placed), ("REMOVE", removed)) if parts]
    names = {f"#{name}": name for name in differing} | condition.get("ExpressionAttributeNames", {})
    texts = changes | condition.get("ExpressionAttributeValues", {})
    return {
        "Update": {
            "TableName": table.name,
            "Key": attributes(key._asdict()),
            "UpdateExpression": " ".join(clauses),
            "ConditionExpression": condition["ConditionExpression"],
            "ExpressionAttributeNames": names,
            **({"ExpressionAttributeValues": texts} if texts else {}),
        }
    }


def unchanged(item: Mapping[str, object], *names: str) -> Condition:
    """The condition that an item is there and these attributes still are what they were; `None` is absence."""
    known = {name: item[name] for name in names if item[name] is not None}
    expected = {f"old_{name}": value for name, value in known.items()}
    clauses = [f"#{name} = :old_{name}" if name in known else f"attribute_not_exists(#{name})" for name in names]
    return {
        "ConditionExpression": " AND ".join(["attribute_exists(pk)", *clauses]),
        "ExpressionAttributeNames": {f"#{name}": name for name in names},
        **(
            {"ExpressionAttributeValues": attributes({f":{name}": value for name, value in expected.items()})}
            if known
            else {}
        ),
    }


def tried(operations: Mapping[str, Operation]) -> frozenset[str]:
    """Run a transaction; the names of the operations whose conditions did not hold, if that is why it failed."""
    try:
        transact(list(operations.values()))
    except AlreadyThere as taken:
        names = list(operations)
        return frozenset(names[index] for index in taken.failed)
    return frozenset()


def delete_many(table: Table, wanted: Sequence[Key]) -> None:
    """Take away any number of items; those that are not there do no harm."""
    for start in range(0, len(wanted), WRITTEN_TOGETHER):
        transact([delete(table, key) for key in wanted[start : start + WRITTEN_TOGETHER]])


def read_many(table: Table, wanted: Sequence[Key]) -> list[Item]:
    """Any number of items of a table in the order of their keys, without those that are not there."""
    found: dict[tuple[str, Key], Item] = {}
    for start in range(0, len(wanted), READ_TOGETHER):
        found |= get_many({table: wanted[start : start + READ_TOGETHER]})
    return [found[table.name, key] for key in wanted if (table.name, key) in found]
