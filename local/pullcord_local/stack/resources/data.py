"""DynamoDB tables."""

from typing import Any

from pullcord_local.account import arn
from pullcord_local.stack.ground import Ground, Maker, physical_name, truth
from pullcord_local.stack.scope import Resource

CREATE = "DynamoDB_20120810.CreateTable"
# The properties that CreateTable takes under the same name and shape.
SHARED = (
    "AttributeDefinitions",
    "KeySchema",
    "BillingMode",
    "GlobalSecondaryIndexes",
    "LocalSecondaryIndexes",
    "ProvisionedThroughput",
    "Tags",
)


def table(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::DynamoDB::Table, with its expiry attribute.

    Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
    """
    table_name = properties.get("TableName", physical_name(name))
    parameters = {key: properties[key] for key in SHARED if key in properties}
    if "StreamSpecification" in properties:
        parameters["StreamSpecification"] = properties["StreamSpecification"] | {"StreamEnabled": True}
    created = ground.create("dynamodb", CREATE, parameters | {"TableName": table_name})["TableDescription"]
    expiry = properties.get("TimeToLiveSpecification", {})
    if truth(expiry.get("Enabled")):
        specification = {"AttributeName": expiry["AttributeName"], "Enabled": True}
        parameters = {"TableName": table_name, "TimeToLiveSpecification": specification}
        ground.create("dynamodb", "DynamoDB_20120810.UpdateTimeToLive", parameters)
        ground.inventory.expiries[table_name] = expiry["AttributeName"]
    ground.inventory.tables[table_name] = name
    attributes = {"Arn": arn("dynamodb", f"table/{table_name}"), "TableId": name}
    if "LatestStreamArn" in created:
        attributes["StreamArn"] = created["LatestStreamArn"]
    return Resource(table_name, attributes)


MAKERS: dict[str, Maker] = {"AWS::DynamoDB::Table": table}
