"""DynamoDB tables."""

from typing import Any

from pullcord_local.account import arn
from pullcord_local.stack.context import CreateHandler, DeployContext, is_true, physical_name
from pullcord_local.stack.scope import Resource

CREATE = "DynamoDB_20120810.CreateTable"
# The properties that CreateTable takes with the same name and shape.
SHARED = (
    "AttributeDefinitions",
    "KeySchema",
    "BillingMode",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "ProvisionedThroughput",
    "Tags",
)


def table(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::DynamoDB::Table, with its TTL attribute.

    Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
    """
    table_name = properties.get("TableName", physical_name(name))
    parameters = {key: properties[key] for key in SHARED if key in properties}
    if "StreamSpecification" in properties:
        parameters["StreamSpecification"] = properties["StreamSpecification"] | {"StreamEnabled": True}
    created = context.create("dynamodb", CREATE, parameters | {"TableName": table_name})["TableDescription"]
    expiry = properties.get("TimeToLiveSpecification", {})
    if is_true(expiry.get("Enabled")):
        specification = {"AttributeName": expiry["AttributeName"], "Enabled": True}
        parameters = {"TableName": table_name, "TimeToLiveSpecification": specification}
        context.create("dynamodb", "DynamoDB_20120810.UpdateTimeToLive", parameters)
        context.inventory.expiries[table_name] = expiry["AttributeName"]
    context.inventory.tables[table_name] = name
    attributes = {"Arn": arn("dynamodb", f"table/{table_name}"), "TableId": name}
    if "LatestStreamArn" in created:
        attributes["StreamArn"] = created["LatestStreamArn"]
    return Resource(table_name, attributes)


CREATE_HANDLERS: dict[str, CreateHandler] = {"AWS::DynamoDB::Table": table}
