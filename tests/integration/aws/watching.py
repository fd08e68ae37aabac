"""Everything that the functions ask AWS for, and a way to break it at any point."""

from typing import TYPE_CHECKING, NamedTuple

from pullcord_local.aws_calls.call import Answer, Call, refusal

if TYPE_CHECKING:
    from collections.abc import Callable


class Asked(NamedTuple):
    """One call to AWS. operation: for S3 the method and the first part of the key"""

    role: str
    operation: str

    def __str__(self):
        return f"{self.role}: {self.operation}"


class Watch:
    """Stands where the embedded cloud asks whether a call is allowed, so that it sees every call before its effect."""

    def __init__(self, guard) -> None:
        self.guard = guard
        self.original: Callable[[Call], Answer | None] = guard.refuse
        self.asked: list[Asked] = []
        self.breaks: Callable[[Asked], bool] = lambda _asked: False
        guard.refuse = self.refuse

    def refuse(self, call: Call) -> Answer | None:
        session = self.guard.identities.sessions.get(call.access_key)
        if session is None:
            return self.original(call)
        role = session.role.name.removeprefix("pullcord-").removesuffix("Role")
        name = role if role == "CreatePipeline" else f"{role}Function"
        asked = Asked(name, call.operation or f"{call.method} {'/'.join(call.path.split('/')[2:3])}")
        self.asked.append(asked)
        if self.breaks(asked):
            # Not to be tried again, so that the function ends here, as if its sandbox had died.
            return refusal(call, 400, "AccessDeniedException", "broken by a test")
        return self.original(call)

    def of(self, *roles: str) -> list[str]:
        """What these roles asked for since the last `forget`, in order."""
        return [str(asked) for asked in self.asked if asked.role in roles]

    def forget(self) -> None:
        self.asked.clear()
        self.breaks = lambda _asked: False

    def die(self, role: str, after: int) -> None:
        """Let a role make that many calls more, and none after them."""
        left = iter(range(after))
        self.breaks = lambda asked: asked.role == role and next(left, None) is None
