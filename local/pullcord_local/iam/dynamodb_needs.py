"""Which permissions a DynamoDB call needs, with the partition keys that it touches.

Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from moto.dynamodb.models import dynamodb_backends

from pullcord_local.account import ACCOUNT, REGION, arn
from pullcord_local.cloud.call import Call
from pullcord_local.iam.policy import Need

# The parts of a transaction are permitted one by one, as the single operations that they are.
TRANSACTION_ACTIONS = {
    "ConditionCheck": "ConditionCheckItem",
    "Delete": "DeleteItem",
    "Get": "GetItem",
    "Put": "PutItem",
    "Update": "UpdateItem",
}
EQUALITY = re.compile(r"([#\w.-]+)\s*=\s*(:\w+)")
Parameters = Mapping[str, Any]


def needs(call: Call) -> list[Need]:
    """Every permission that the call needs."""
    parameters = call.parameters
    match call.operation:
        case "TransactWriteItems" | "TransactGetItems":
            parts = [part for item in parameters.get("TransactItems", []) for part in item.items()]
            return [need(TRANSACTION_ACTIONS.get(kind, kind), part, [keyed(part)]) for kind, part in parts]
        case "BatchGetItem":
            requests = parameters.get("RequestItems", {})
            return [need(call.operation, {"TableName": name}, wish.get("Keys", [])) for name, wish in requests.items()]
        case "BatchWriteItem":
            requests = parameters.get("RequestItems", {})
            return [
                need(call.operation, {"TableName": name}, [keyed(part) for wish in wishes for part in wish.values()])
                for name, wishes in requests.items()
            ]
        case "Query":
            return [queried(parameters)]
    return [need(call.operation, parameters, [keyed(parameters)])]


def keyed(parameters: Parameters) -> Parameters:
    """The attributes among which the key is."""
    found: Parameters = parameters.get("Key") or parameters.get("Item") or {}
    return found


def need(operation: str, parameters: Parameters, keys: Iterable[Parameters]) -> Need:
    """The permission for one operation on one table or index, with the partition keys of `keys`."""
    table = parameters.get("TableName")
    if table is None:
        return Need(f"dynamodb:{operation}", "*")
    name = str(table).rpartition("/")[2]
    resource = arn("dynamodb", f"table/{name}")
    if "IndexName" in parameters:
        resource += f"/index/{parameters['IndexName']}"
    hash_key = hash_key_of(name)
    leading = tuple(str(next(iter(key[hash_key].values()))) for key in keys if hash_key in key)
    return Need(f"dynamodb:{operation}", resource, {"dynamodb:LeadingKeys": leading} if leading else {})


def hash_key_of(table: str) -> str:
    """The name of a table's partition key; empty for an unknown table."""
    known = dynamodb_backends[ACCOUNT][REGION].tables.get(table)
    return str(known.hash_key_attr) if known is not None else ""


def queried(parameters: Parameters) -> Need:
    """A query's partition key stands in its key condition, names and values behind placeholders."""
    names = parameters.get("ExpressionAttributeNames") or {}
    values = parameters.get("ExpressionAttributeValues") or {}
    equal = EQUALITY.findall(parameters.get("KeyConditionExpression", ""))
    key = {names.get(left, left): values[right] for left, right in equal if right in values}
    return need("Query", parameters, [key])
