"""Which permissions a call needs: action, resource and condition keys, service by service.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from collections.abc import Callable

from pullcord_local.account import arn
from pullcord_local.cloud.call import Call
from pullcord_local.iam import dynamodb_needs, s3_needs
from pullcord_local.iam.policy import Need


def needs(call: Call) -> list[Need]:
    """Every permission that the call needs; all of them must be given."""
    return NEEDS.get(call.service, other)(call)


def lambda_(call: Call) -> list[Need]:
    """An invocation needs InvokeFunction on the function, or on its alias when that is what is invoked."""
    action = "lambda:InvokeFunction" if call.operation == "Invoke" else "lambda:*"
    name = f"{call.invoked_function}:{call.invoked_alias}".rstrip(":")
    return [Need(action, arn("lambda", f"function:{name}"))]


def states(call: Call) -> list[Need]:
    """Executions are started on a machine and asked for by their own ARN."""
    resource = call.parameters.get("stateMachineArn") or call.parameters.get("executionArn") or "*"
    return [Need(f"states:{call.operation}", str(resource))]


def secretsmanager(call: Call) -> list[Need]:
    """A secret may be named by its ARN or its name; policies name the ARN, which ends in six random characters."""
    from moto.secretsmanager.models import secretsmanager_backends

    from pullcord_local.account import ACCOUNT, REGION

    named = str(call.parameters.get("SecretId", "*"))
    secrets = secretsmanager_backends[ACCOUNT][REGION].secrets
    known = next((secret.arn for secret in secrets.values() if named in {secret.name, secret.arn}), named)
    stage = call.parameters.get("VersionStage", "AWSCURRENT")
    return [Need(f"secretsmanager:{call.operation}", known, {"secretsmanager:VersionStage": (str(stage),)})]


def kms(call: Call) -> list[Need]:
    """A key is named by its ARN or its id."""
    key = str(call.parameters.get("KeyId", "*"))
    resource = key if key.startswith("arn:") or key == "*" else arn("kms", f"key/{key}")
    return [Need(f"kms:{call.operation}", resource)]


def other(call: Call) -> list[Need]:
    """Services whose resources are not told apart here are checked by action alone."""
    return [Need(f"{call.service}:{call.operation or call.method}", "*")]


NEEDS: dict[str, Callable[[Call], list[Need]]] = {
    "dynamodb": dynamodb_needs.needs,
    "kms": kms,
    "lambda": lambda_,
    "s3": s3_needs.needs,
    "secretsmanager": secretsmanager,
    "states": states,
}
