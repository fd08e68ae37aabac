"""Roles, their policies, and the sessions of roles."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Statements of AWS's managed policies that templates commonly name; any other fails the deployment.
# Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html
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

ANYTHING: Mapping[str, Any] = {"Effect": "Allow", "Action": "*", "Resource": "*"}


@dataclass
class Role:
    """An IAM role with the statements of all its policies, as written."""

    name: str
    arn: str
    statements: list[Mapping[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Session:
    """A session of a role, with its temporary credentials."""

    access_key: str
    secret_key: str
    token: str
    role: Role
    name: str

    @property
    def arn(self) -> str:
        """The session's ARN, as AWS prints it when it denies a call."""
        account = self.role.arn.split(":")[4]
        return f"arn:aws:sts::{account}:assumed-role/{self.role.name}/{self.name}"


class Identities:
    """The account's roles and its own managed policies, by ARN, and the sessions, by access key.

    operator: a session that may do everything, with keys that are new at each start
    """

    def __init__(self) -> None:
        self.roles: dict[str, Role] = {}
        self.policies: dict[str, list[Mapping[str, Any]]] = {}
        self.sessions: dict[str, Session] = {}
        self.operator = self.session(
            Role("operator", "arn:aws:iam::123456789012:role/operator", [ANYTHING]), "operator"
        )

    def assume(self, role_arn: str, name: str) -> Session:
        """Start a session of a role. Raises KeyError for an unknown role."""
        return self.session(self.roles[role_arn], name)

    def session(self, role: Role, name: str) -> Session:
        """A new session of this role, with random keys."""
        key = "ASIA" + secrets.token_hex(8).upper()
        session = Session(key, secrets.token_urlsafe(30), secrets.token_urlsafe(60), role, name)
        self.sessions[key] = session
        return session


def statements(policy: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The statements of a policy document, whose `Statement` is a list or a single statement."""
    content = policy["Statement"]
    return list(content) if isinstance(content, list) else [content]
