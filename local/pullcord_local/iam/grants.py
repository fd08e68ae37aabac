"""What statements grant, in its smallest parts, and which of these parts calls have needed."""

from collections.abc import Iterable
from typing import NamedTuple

from pullcord_local.iam.policy import Need, Statement, like, listed

# Lambda and Step Functions write logs and traces themselves: unseen here.
BY_THE_SERVICE = ("logs:", "xray:")
LEADING_KEYS = "dynamodb:LeadingKeys"


class Grant(NamedTuple):
    """One action on one resource, each as written; `key` is one of the partition keys if the statement names some."""

    action: str
    resource: str
    key: str = ""

    def __str__(self) -> str:
        """As a person would say it."""
        return f"{self.action} on {self.resource}" + (f" [{self.key}]" if self.key else "")


def parts(statement: Statement) -> list[Grant]:
    """Everything that a statement allows; nothing for a denial, and for what services do unseen."""
    if statement["Effect"] != "Allow":
        return []
    keys = [
        key
        for condition in statement.get("Condition", {}).values()
        for name, wanted in condition.items()
        if name == LEADING_KEYS
        for key in listed(wanted)
    ]
    return [
        Grant(action, resource, key)
        for action in listed(statement.get("Action", []))
        if not action.startswith(BY_THE_SERVICE)
        for resource in listed(statement.get("Resource", []))
        for key in keys or [""]
    ]


def needed(grants: Iterable[Grant], need: Need) -> set[Grant]:
    """Those parts that a need makes use of."""
    touched = need.context.get(LEADING_KEYS, ())
    return {
        grant
        for grant in grants
        if like(grant.action.lower(), need.action.lower())
        and like(grant.resource, need.resource)
        and (not grant.key or any(like(grant.key, key) for key in touched))
    }
