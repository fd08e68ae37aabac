"""Parts of a transaction with their conditions, and reads and deletes of any number of items."""

from collections.abc import Mapping, Sequence
from typing import Any

from pullcord.aws.items import Item, attributes
from pullcord.aws.keys import Key
from pullcord.aws.table import ConditionFailed, Table, get_many, transact

MAX_READS = 100
"""Items that one BatchGetItem returns."""

MAX_WRITES = 100
"""Operations that one TransactWriteItems takes."""

Condition = dict[str, Any]
Operation = dict[str, Any]


def where(expression: str, **expected: object) -> Condition:
    """The condition of a write. In the expression, `#name` is an attribute and `:name` the value given here."""
    condition: Condition = {"ConditionExpression": expression}
    if expected:
        condition["ExpressionAttributeNames"] = {f"#{name}": name for name in expected}
        condition["ExpressionAttributeValues"] = attributes({f":{name}": value for name, value in expected.items()})
    return condition


NEW = where("attribute_not_exists(pk)")
EXISTS = where("attribute_exists(pk)")
FREE = where("attribute_not_exists(pk) OR #kind = :kind", kind="redirect")
"""The condition for a path that is unclaimed or redirects."""


def put(table: Table, key: Key, item: Mapping[str, object], condition: Condition | None = None) -> Operation:
    """An operation that writes an item."""
    return {"Put": {"TableName": table.name, "Item": attributes({**key._asdict(), **item}), **(condition or {})}}


def delete(table: Table, key: Key, condition: Condition | None = None) -> Operation:
    """An operation that deletes an item."""
    return {"Delete": {"TableName": table.name, "Key": attributes(key._asdict()), **(condition or {})}}


def check(table: Table, key: Key, condition: Condition = EXISTS) -> Operation:
    """An operation that writes nothing, but fails without the condition."""
    return {"ConditionCheck": {"TableName": table.name, "Key": attributes(key._asdict()), **condition}}


def change(
    table: Table, key: Key, old: Mapping[str, object], new: Mapping[str, object], condition: Condition = EXISTS
) -> Operation:
    """An operation that writes the attributes that differ into an existing item, so that no concurrent change is lost."""
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
    """The condition that an item exists and these attributes are unchanged; `None` is absence."""
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


def run(operations: Mapping[str, Operation]) -> frozenset[str]:
    """Run a transaction; returns the names of the operations whose conditions did not hold."""
    try:
        transact(list(operations.values()))
    except ConditionFailed as taken:
        names = list(operations)
        return frozenset(names[index] for index in taken.failed)
    return frozenset()


def delete_many(table: Table, wanted: Sequence[Key]) -> None:
    """Delete any number of items, also missing ones."""
    for start in range(0, len(wanted), MAX_WRITES):
        transact([delete(table, key) for key in wanted[start : start + MAX_WRITES]])


def read_many(table: Table, wanted: Sequence[Key]) -> list[Item]:
    """Any number of items of a table in the order of their keys, without missing ones."""
    found: dict[tuple[str, Key], Item] = {}
    for start in range(0, len(wanted), MAX_READS):
        found |= get_many({table: wanted[start : start + MAX_READS]})
    return [found[table.name, key] for key in wanted if (table.name, key) in found]
