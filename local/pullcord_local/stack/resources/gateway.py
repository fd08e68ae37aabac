"""API Gateway's HTTP API."""

from typing import Any

from pullcord_local.account import REGION, arn
from pullcord_local.stack.ground import Ground, Maker, physical_name
from pullcord_local.stack.scope import DeployError, Resource


def api(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::ApiGatewayV2::Api; its OpenAPI body becomes the local front's route table."""
    if "Body" not in properties:
        raise DeployError(f"{name}: an API without an OpenAPI body has no routes")
    refuse_unserved(name, properties["Body"])
    api_id = physical_name(name).lower()
    ground.inventory.apis[api_id] = properties["Body"]
    return Resource(api_id, {"ApiId": api_id, "ApiEndpoint": f"https://{api_id}.execute-api.{REGION}.amazonaws.com"})


def refuse_unserved(name: str, document: dict[str, Any]) -> None:
    """Raise DeployError for what would change answers and is not done here."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    if schemes or "x-amazon-apigateway-cors" in document:
        raise DeployError(f"{name}: authorizers and CORS settings of the API are not supported")


def stage(_ground: Ground, _name: str, properties: dict[str, Any]) -> Resource:
    """AWS::ApiGatewayV2::Stage. Only `$default` has the paths of the local front: others put their name before them."""
    if properties.get("StageName") != "$default":
        raise DeployError("only the stage $default is supported")
    return Resource("$default")


def domain(_ground: Ground, _name: str, properties: dict[str, Any]) -> Resource:
    """AWS::ApiGatewayV2::DomainName."""
    attributes = {"RegionalDomainName": "localhost", "RegionalHostedZoneId": "LOCAL", "DomainNameArn": arn("x", "x")}
    return Resource(properties["DomainName"], attributes)


MAKERS: dict[str, Maker] = {
    "AWS::ApiGatewayV2::Api": api,
    "AWS::ApiGatewayV2::Stage": stage,
    "AWS::ApiGatewayV2::DomainName": domain,
}
