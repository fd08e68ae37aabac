"""The check before every call: the caller's role must allow it. What was denied and what was used is kept."""

import threading
from dataclasses import dataclass
from typing import Any

from pullcord_local.cloud.call import Answer, Call, refusal
from pullcord_local.iam.identities import Identities, Session
from pullcord_local.iam.needs import needs
from pullcord_local.iam.policy import Need, Statement, Verdict, judge, like, listed

# Lambda and Step Functions write logs and traces themselves, unseen by this check.
BY_THE_SERVICE = ("logs:", "xray:")

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
        self.used: set[tuple[str, int, str]] = set()

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
                self.used.add((session.role.name, id(verdict.statement), need.action.lower()))

    def report(self) -> dict[str, Any]:
        """What was denied, and which granted actions no call has needed yet, by role."""
        with self.lock:
            denied = [[found.role, found.action, found.resource] for found in self.denied]
            roles = {role.name: unused(role.name, role.statements, self.used) for role in self.roles()}
        return {"denied": denied, "unused": {name: found for name, found in roles.items() if found}}

    def roles(self) -> list[Any]:
        """The roles in the order of their names."""
        return sorted(self.identities.roles.values(), key=lambda role: role.name)


def unused(role: str, statements: list[Statement], used: set[tuple[str, int, str]]) -> list[str]:
    """The actions that a role's statements allow and no call was allowed by, as written in the policy."""
    granted = [(id(s), action) for s in statements if s["Effect"] == "Allow" for action in listed(s.get("Action", []))]
    seen = [(statement, action) for name, statement, action in used if name == role]
    return sorted(
        action
        for statement, action in granted
        if not action.startswith(BY_THE_SERVICE)
        and not any(statement == by and like(action.lower(), needed) for by, needed in seen)
    )


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
