"""The check before every call: the caller's role must allow it. What was denied and what was used is kept."""

import threading
from dataclasses import dataclass
from typing import Any

from pullcord_local.cloud.call import Answer, Call, refusal
from pullcord_local.iam.grants import Grant, needed, parts
from pullcord_local.iam.identities import Identities, Role, Session
from pullcord_local.iam.needs import needs
from pullcord_local.iam.policy import Need, Verdict, judge

OPERATOR = "local"
"""The access key of the embedded cloud itself, which may do everything."""


@dataclass(frozen=True, slots=True)
class Denial:
    """A permission that was missing."""

    role: str
    action: str
    resource: str


class Guard:
    """Thread-safe."""

    def __init__(self, identities: Identities) -> None:
        self.identities = identities
        self.lock = threading.Lock()
        self.denied: list[Denial] = []
        self.used: set[tuple[str, Grant]] = set()

    def refuse(self, call: Call) -> Answer | None:
        """The refusal of a call that its role does not allow; None when it may go on."""
        if call.access_key == OPERATOR:
            return None
        session = self.identities.sessions.get(call.access_key)
        if session is None:
            message = "The security token included in the request is invalid."
            return refusal(call, 403, "UnrecognizedClientException", message)
        for need in needs(call):
            verdict = judge(session.role.statements, need)
            self.note(session, need, verdict)
            if not verdict.allowed:
                return denial(call, session, need, verdict)
        return None

    def allows(self, call: Call, need: Need) -> bool:
        """Whether the caller has a permission beyond those of the call; asking leaves no trace."""
        session = self.identities.sessions.get(call.access_key)
        return session is None or judge(session.role.statements, need).allowed

    def note(self, session: Session, need: Need, verdict: Verdict) -> None:
        """Remember a verdict for the reports."""
        with self.lock:
            if not verdict.allowed:
                self.denied.append(Denial(session.role.name, need.action, need.resource))
            elif verdict.statement is not None:
                role = session.role.name
                self.used.update((role, grant) for grant in needed(parts(verdict.statement), need))

    def report(self) -> dict[str, Any]:
        """What was denied, and by role which parts of what is granted no call has needed yet."""
        with self.lock:
            denied = [[found.role, found.action, found.resource] for found in self.denied]
            roles = {role.name: [str(grant) for grant in self.unused(role)] for role in self.roles()}
        return {"denied": denied, "unused": {name: found for name, found in roles.items() if found}}

    def unused(self, role: Role) -> list[Grant]:
        """What a role grants and no call has needed yet; the lock is held."""
        granted = {grant for statement in role.statements for grant in parts(statement)}
        return sorted(grant for grant in granted if (role.name, grant) not in self.used)

    def roles(self) -> list[Role]:
        """The roles in the order of their names."""
        return sorted(self.identities.roles.values(), key=lambda role: role.name)


def denial(call: Call, session: Session, need: Need, verdict: Verdict) -> Answer:
    """The refusal in AWS's words, in the protocol of the service."""
    reason = (
        f"because no identity-based policy allows the {need.action} action"
        if verdict.statement is None
        else "with an explicit deny in an identity-based policy"
    )
    message = f"User: {session.arn} is not authorized to perform: {need.action} on resource: {need.resource} {reason}"
    if call.service == "s3":
        return refusal(call, 403, "AccessDenied", message)
    status = 403 if call.service == "lambda" else 400
    return refusal(call, status, "AccessDeniedException", message)
