"""The authorization of every call by its caller's role, with a record of denials and of used grants."""

import threading
from dataclasses import dataclass
from typing import Any

from pullcord_local.aws_calls.call import Answer, Call, refusal
from pullcord_local.iam.grants import Grant, grants_of, used_grants
from pullcord_local.iam.identities import Identities, Role, Session
from pullcord_local.iam.policy import Decision, Permission, evaluate
from pullcord_local.iam.required_permissions import required_permissions

OPERATOR = "local"
"""The access key of the embedded cloud itself, which may do everything; over HTTP there is no such key."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A permission that a role lacked."""

    role: str
    action: str
    resource: str


class Guard:
    """The authorization of calls. Thread-safe."""

    def __init__(self, identities: Identities) -> None:
        self.identities = identities
        self.lock = threading.Lock()
        self.denied: list[Denial] = []
        self.used: set[tuple[str, Grant]] = set()

    def refuse(self, call: Call) -> Answer | None:
        """The error for a call that its caller's role does not allow; None when the call is allowed."""
        if call.access_key == OPERATOR:
            return None
        session = self.identities.sessions.get(call.access_key)
        if session is None:
            message = "The security token included in the request is invalid."
            return refusal(call, 403, "UnrecognizedClientException", message)
        for permission in required_permissions(call):
            decision = evaluate(session.role.statements, permission)
            self.record(session, permission, decision)
            if not decision.allowed:
                return access_denied(call, session, permission, decision)
        return None

    def allows(self, call: Call, permission: Permission) -> bool:
        """Whether the caller has a permission that the call itself does not require; the answer is not recorded."""
        session = self.identities.sessions.get(call.access_key)
        return session is None or evaluate(session.role.statements, permission).allowed

    def record(self, session: Session, permission: Permission, decision: Decision) -> None:
        """Record a decision for the report."""
        with self.lock:
            if not decision.allowed:
                self.denied.append(Denial(session.role.name, permission.action, permission.resource))
            elif decision.statement is not None:
                role = session.role.name
                self.used.update((role, grant) for grant in used_grants(grants_of(decision.statement), permission))

    def report(self) -> dict[str, Any]:
        """The permissions that were denied, and by role the grants that no call has used yet."""
        with self.lock:
            denied = [[denial.role, denial.action, denial.resource] for denial in self.denied]
            roles = {role.name: [str(grant) for grant in self.unused(role)] for role in self.roles()}
        return {"denied": denied, "unused": {name: grants for name, grants in roles.items() if grants}}

    def unused(self, role: Role) -> list[Grant]:
        """The grants of a role that no call has used yet; the caller holds the lock."""
        granted = {grant for statement in role.statements for grant in grants_of(statement)}
        return sorted(grant for grant in granted if (role.name, grant) not in self.used)

    def roles(self) -> list[Role]:
        """The roles, sorted by name."""
        return sorted(self.identities.roles.values(), key=lambda role: role.name)


def access_denied(call: Call, session: Session, permission: Permission, decision: Decision) -> Answer:
    """The error for a missing permission, in AWS's words and in the protocol of the call's service."""
    reason = (
        f"because no identity-based policy allows the {permission.action} action"
        if decision.statement is None
        else "with an explicit deny in an identity-based policy"
    )
    message = (
        f"User: {session.arn} is not authorized to perform: {permission.action} "
        f"on resource: {permission.resource} {reason}"
    )
    if call.service == "s3":
        return refusal(call, 403, "AccessDenied", message)
    status = 403 if call.service == "lambda" else 400
    return refusal(call, status, "AccessDeniedException", message)
