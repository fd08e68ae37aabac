"""Secrets Manager's secrets and their rotation."""

import json
from typing import Any

from pullcord_local.stack.context import CreateHandler, DeployContext, is_true, physical_name
from pullcord_local.stack.scope import Resource

FLAGS = (
    "ExcludeLowercase",
    "ExcludeNumbers",
    "ExcludePunctuation",
    "ExcludeUppercase",
    "IncludeSpace",
    "RequireEachIncludedType",
)


def secret(context: DeployContext, name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::SecretsManager::Secret, whose value is given or generated.

    Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
    """
    parameters = {"Name": properties.get("Name", physical_name(name))}
    if "GenerateSecretString" in properties:
        parameters["SecretString"] = generated(context, properties["GenerateSecretString"])
    elif "SecretString" in properties:
        parameters["SecretString"] = properties["SecretString"]
    created = context.create("secretsmanager", "secretsmanager.CreateSecret", parameters)
    context.inventory.secrets[created["ARN"]] = "SecretString" in properties
    return Resource(created["ARN"], {"Id": created["ARN"]})


def generated(context: DeployContext, settings: dict[str, Any]) -> str:
    """A random password by the settings of GenerateSecretString; inside its JSON template if it has one."""
    parameters: dict[str, Any] = {flag: is_true(settings[flag]) for flag in FLAGS if flag in settings}
    parameters["PasswordLength"] = int(settings.get("PasswordLength", 32))
    if "ExcludeCharacters" in settings:
        parameters["ExcludeCharacters"] = settings["ExcludeCharacters"]
    answer = context.create("secretsmanager", "secretsmanager.GetRandomPassword", parameters)
    password: str = answer["RandomPassword"]
    if "SecretStringTemplate" not in settings:
        return password
    return json.dumps(json.loads(settings["SecretStringTemplate"]) | {settings["GenerateStringKey"]: password})


def rotation(context: DeployContext, _name: str, properties: dict[str, Any]) -> Resource:
    """Create an AWS::SecretsManager::RotationSchedule: the function that RotateSecret invokes, not its schedule."""
    context.inventory.rotations[properties["SecretId"]] = properties["RotationLambdaARN"]
    return Resource(properties["SecretId"])


CREATE_HANDLERS: dict[str, CreateHandler] = {
    "AWS::SecretsManager::Secret": secret,
    "AWS::SecretsManager::RotationSchedule": rotation,
}
