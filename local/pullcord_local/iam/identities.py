"""Roles, their policies, and the sessions that act under them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

#: What the managed policies that templates commonly name allow; an unknown one fails the deployment.
#  Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html
MANAGED_POLICIES: dict[str, list[Mapping[str, Any]]] = {
    "service-role/AWSLambdaBasicExecutionRole": [
        {
            "Effect": "Allow",
            "Action": ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": "*",
        },
    ],
    "AWSXrayWriteOnlyAccess": [
        {
            "Effect": "Allow",
            "Action": [
                "xray:PutTraceSegments",
                "xray:PutTelemetryRecords",
                "xray:GetSamplingRules",
                "xray:GetSamplingTargets",
                "xray:GetSamplingStatisticSummaries",
            ],
            "Resource": "*",
        },
    ],
}


@dataclass
class Role:
    """A role; `statements` are those of all its policies, as written."""

    name: str
    arn: str
    statements: list[Mapping[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Session:
    """Temporary credentials of a role."""

    access_key: str
    secret_key: str
    token: str
    role: Role
    name: str

    @property
    def arn(self) -> str:
        """The principal's ARN as AWS prints it in a denial."""
        account = self.role.arn.split(":")[4]
        return f"arn:aws:sts::{account}:assumed-role/{self.role.name}/{self.name}"


class Identities:
    """The account's roles and own managed policies by ARN, and who acts under which role."""

    def __init__(self) -> None:
        self.roles: dict[str, Role] = {}
        self.policies: dict[str, list[Mapping[str, Any]]] = {}
        self.sessions: dict[str, Session] = {}

    def assume(self, role_arn: str, name: str) -> Session:
        """Start a session of a role. Raises KeyError for an unknown role."""
        key = "ASIA" + secrets.token_hex(8).upper()
        session = Session(key, secrets.token_urlsafe(30), secrets.token_urlsafe(60), self.roles[role_arn], name)
        self.sessions[key] = session
        return session


def statements(policy: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The statements of a policy document, which may be one or a list."""
    found = policy["Statement"]
    return list(found) if isinstance(found, list) else [found]
