"""The permissions that a DynamoDB call requires, with the partition keys that it reads or writes.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from moto.dynamodb.models import dynamodb_backends

from pullcord_local.account import ACCOUNT, REGION, arn
from pullcord_local.aws_calls.call import Call
from pullcord_local.iam.policy import Permission

# The parts of a transaction are authorized one by one, as the single operations that they are.
TRANSACTION_ACTIONS = {
    "ConditionCheck": "ConditionCheckItem",
    "Delete": "DeleteItem",
    "Get": "GetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
}
EQUALITY = re.compile(r"([#\w.-]+)\s*=\s*(:\w+)")
Parameters = Mapping[str, Any]


def required_permissions(call: Call) -> list[Permission]:
    """Every permission that the call requires."""
    parameters = call.parameters
    match call.operation:
        case "TransactWriteItems" | "TransactGetItems":
            parts = [part for item in parameters.get("TransactItems", []) for part in item.items()]
            return [
                permission(TRANSACTION_ACTIONS.get(kind, kind), part, [key_attributes(part)]) for kind, part in parts
            ]
        case "BatchGetItem":
            requests = parameters.get("RequestItems", {})
            return [
                permission(call.operation, {"TableName": name}, request.get("Keys", []))
                for name, request in requests.items()
            ]
        case "BatchWriteItem":
            requests = parameters.get("RequestItems", {})
            return [
                permission(
                    call.operation,
                    {"TableName": name},
                    [key_attributes(part) for write in writes for part in write.values()],
                )
                for name, writes in requests.items()
            ]
        case "Query":
            return [query_permission(parameters)]
    return [permission(call.operation, parameters, [key_attributes(parameters)])]


def key_attributes(parameters: Parameters) -> Parameters:
    """The attributes that include the key: an operation's `Key`, or the whole `Item` that it puts."""
    attributes: Parameters = parameters.get("Key") or parameters.get("Item") or {}
    return attributes


def permission(operation: str, parameters: Parameters, keys: Iterable[Parameters]) -> Permission:
    """The permission for one operation on one table or index, with the partition keys of `keys`."""
    table = parameters.get("TableName")
    if table is None:
        return Permission(f"dynamodb:{operation}", "*")
    name = str(table).rpartition("/")[2]
    resource = arn("dynamodb", f"table/{name}")
    if "IndexName" in parameters:
        resource += f"/index/{parameters['IndexName']}"
    hash_key = hash_key_of(name)
    leading = tuple(str(next(iter(key[hash_key].values()))) for key in keys if hash_key in key)
    return Permission(f"dynamodb:{operation}", resource, {"dynamodb:LeadingKeys": leading} if leading else {})


def hash_key_of(table: str) -> str:
    """The name of a table's partition key; empty for an unknown table."""
    known = dynamodb_backends[ACCOUNT][REGION].tables.get(table)
    return str(known.hash_key_attr) if known is not None else ""


def query_permission(parameters: Parameters) -> Permission:
    """The permission for a query, whose partition key stands in its key condition, behind placeholders."""
    names = parameters.get("ExpressionAttributeNames") or {}
    values = parameters.get("ExpressionAttributeValues") or {}
    equal = EQUALITY.findall(parameters.get("KeyConditionExpression", ""))
    key = {names.get(left, left): values[right] for left, right in equal if right in values}
    return permission("Query", parameters, [key])
