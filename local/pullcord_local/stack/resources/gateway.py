"""API Gateway's HTTP API."""

from typing import Any

from pullcord_local.account import REGION, arn
from pullcord_local.stack.context import CreateHandler, DeployContext, physical_name
from pullcord_local.stack.scope import DeployError, Resource


def api(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::ApiGatewayV2::Api from its OpenAPI body, the route table of `gateway.http_api`."""
    if "Body" not in properties:
        raise DeployError(f"{name}: an API without an OpenAPI body has no routes")
    refuse_unserved(name, properties["Body"])
    api_id = physical_name(name).lower()
    context.inventory.apis[api_id] = properties["Body"]
    return Resource(api_id, {"ApiId": api_id, "ApiEndpoint": f"https://{api_id}.execute-api.{REGION}.amazonaws.com"})


def refuse_unserved(name: str, document: dict[str, Any]) -> None:
    """Raise DeployError for settings that would change answers and are not supported here."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    if schemes or "x-amazon-apigateway-cors" in document:
        raise DeployError(f"{name}: authorizers and CORS settings of the API are not supported")


def stage(_ground: DeployContext, _name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::ApiGatewayV2::Stage, which must be `$default`: any other stage's name is part of its paths."""
    if properties.get("StageName") != "$default":
        raise DeployError("only the stage $default is supported")
    return Resource("$default")


def domain(_ground: DeployContext, _name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::ApiGatewayV2::DomainName."""
    attributes = {"RegionalDomainName": "localhost", "RegionalHostedZoneId": "LOCAL", "DomainNameArn": arn("x", "x")}
    return Resource(properties["DomainName"], attributes)


CREATE_HANDLERS: dict[str, CreateHandler] = {
    "AWS::ApiGatewayV2::Api": api,
    "AWS::ApiGatewayV2::Stage": stage,
    "AWS::ApiGatewayV2::DomainName": domain,
}
