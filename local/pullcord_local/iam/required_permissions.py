"""The permissions that a call requires: action, resource and condition keys, service by service.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Callable

from pullcord_local.account import arn
from pullcord_local.aws_calls.call import Call
from pullcord_local.iam import dynamodb_permissions, s3_permissions
from pullcord_local.iam.policy import Permission


def required_permissions(call: Call) -> list[Permission]:
    """Every permission that the call requires; it is denied if one of them is missing."""
    return BY_SERVICE.get(call.service, other)(call)


def lambda_(call: Call) -> list[Permission]:
    """Lambda: an invocation requires InvokeFunction on the function, or on its alias when the call names one."""
    action = "lambda:InvokeFunction" if call.operation == "Invoke" else "lambda:*"
    name = f"{call.invoked_function}:{call.invoked_alias}".rstrip(":")
    return [Permission(action, arn("lambda", f"function:{name}"))]


def states(call: Call) -> list[Permission]:
    """Step Functions: the resource is the state machine, or the execution for calls about one."""
    resource = call.parameters.get("stateMachineArn") or call.parameters.get("executionArn") or "*"
    return [Permission(f"states:{call.operation}", str(resource))]


def secretsmanager(call: Call) -> list[Permission]:
    """Secrets Manager: calls name a secret by ARN or by name, policies by its ARN, which ends in random characters."""
    from moto.secretsmanager.models import secretsmanager_backends

    from pullcord_local.account import ACCOUNT, REGION

    secret_id = str(call.parameters.get("SecretId", "*"))
    secrets = secretsmanager_backends[ACCOUNT][REGION].secrets
    known = next((secret.arn for secret in secrets.values() if secret_id in {secret.name, secret.arn}), secret_id)
    stage = call.parameters.get("VersionStage", "AWSCURRENT")
    return [Permission(f"secretsmanager:{call.operation}", known, {"secretsmanager:VersionStage": (str(stage),)})]


def kms(call: Call) -> list[Permission]:
    """KMS: calls name a key by ARN or by id, policies by its ARN."""
    key = str(call.parameters.get("KeyId", "*"))
    resource = key if key.startswith("arn:") or key == "*" else arn("kms", f"key/{key}")
    return [Permission(f"kms:{call.operation}", resource)]


def other(call: Call) -> list[Permission]:
    """Any other service: the action alone is checked, on every resource."""
    return [Permission(f"{call.service}:{call.operation or call.method}", "*")]


BY_SERVICE: dict[str, Callable[[Call], list[Permission]]] = {
    "dynamodb": dynamodb_permissions.required_permissions,
    "kms": kms,
    "lambda": lambda_,
    "s3": s3_permissions.required_permissions,
    "secretsmanager": secretsmanager,
    "states": states,
}
