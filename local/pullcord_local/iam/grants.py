"""Grants of policy statements, in their smallest parts, and which of these parts calls have used."""

from collections.abc import Iterable
from typing import NamedTuple

from pullcord_local.iam.policy import Permission, Statement, as_list, matches

# Lambda and Step Functions write logs and traces themselves, so these calls are never seen here.
BY_THE_SERVICE = ("logs:", "xray:")
LEADING_KEYS = "dynamodb:LeadingKeys"


class Grant(NamedTuple):
    """An action on a resource, both as written; `key` is a partition key if the statement is limited to some."""

    action: str
    resource: str
    key: str = ""

    def __str__(self) -> str:
        """The grant as printed in reports."""
        return f"{self.action} on {self.resource}" + (f" [{self.key}]" if self.key else "")


def grants_of(statement: Statement) -> list[Grant]:
    """Everything that a statement allows: nothing for a denial, and without what services do by themselves."""
    if statement["Effect"] != "Allow":
        return []
    keys = [
        key
        for condition in statement.get("Condition", {}).values()
        for name, patterns in condition.items()
        if name == LEADING_KEYS
        for key in as_list(patterns)
    ]
    return [
        Grant(action, resource, key)
        for action in as_list(statement.get("Action", []))
        if not action.startswith(BY_THE_SERVICE)
        for resource in as_list(statement.get("Resource", []))
        for key in keys or [""]
    ]


def used_grants(grants: Iterable[Grant], permission: Permission) -> set[Grant]:
    """The grants that cover a required permission."""
    keys = permission.context.get(LEADING_KEYS, ())
    return {
        grant
        for grant in grants
        if matches(grant.action.lower(), permission.action.lower())
        and matches(grant.resource, permission.resource)
        and (not grant.key or any(matches(grant.key, key) for key in keys))
    }
