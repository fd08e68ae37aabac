"""Secrets Manager's secrets and their rotation."""

import json
from typing import Any

from pullcord_local.stack.ground import Ground, Maker, physical_name, truth
from pullcord_local.stack.scope import Resource

FLAGS = (
    "ExcludeLowercase",
    "ExcludeNumbers",
    "ExcludePunctuation",
    "ExcludeUppercase",
    "IncludeSpace",
    "RequireEachIncludedType",
)


def secret(ground: Ground, name: str, properties: dict[str, Any]) -> Resource:
    """AWS::SecretsManager::Secret, its value given or generated.

    Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
    """
    parameters = {"Name": properties.get("Name", physical_name(name))}
    if "GenerateSecretString" in properties:
        parameters["SecretString"] = generated(ground, properties["GenerateSecretString"])
    elif "SecretString" in properties:
        parameters["SecretString"] = properties["SecretString"]
    created = ground.create("secretsmanager", "secretsmanager.CreateSecret", parameters)
    ground.inventory.secrets[created["ARN"]] = "SecretString" in properties
    return Resource(created["ARN"], {"Id": created["ARN"]})


def generated(ground: Ground, wish: dict[str, Any]) -> str:
    """A random password as wished for; inside the wished-for JSON object when there is one."""
    parameters: dict[str, Any] = {flag: truth(wish[flag]) for flag in FLAGS if flag in wish}
    parameters["PasswordLength"] = int(wish.get("PasswordLength", 32))
    if "ExcludeCharacters" in wish:
        parameters["ExcludeCharacters"] = wish["ExcludeCharacters"]
    answer = ground.create("secretsmanager", "secretsmanager.GetRandomPassword", parameters)
    password: str = answer["RandomPassword"]
    if "SecretStringTemplate" not in wish:
        return password
    return json.dumps(json.loads(wish["SecretStringTemplate"]) | {wish["GenerateStringKey"]: password})


def rotation(ground: Ground, _name: str, properties: dict[str, Any]) -> Resource:
    """AWS::SecretsManager::RotationSchedule: remembered, so that RotateSecret knows whom to call."""
    ground.inventory.rotations[properties["SecretId"]] = properties["RotationLambdaARN"]
    return Resource(properties["SecretId"])


MAKERS: dict[str, Maker] = {
    "AWS::SecretsManager::Secret": secret,
    "AWS::SecretsManager::RotationSchedule": rotation,
}
