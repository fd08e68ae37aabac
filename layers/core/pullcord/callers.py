"""Callers: who or what makes a call, as their credentials say."""

from typing import Literal, NamedTuple

from pullcord.access import User

CallerKind = Literal["anonymous", "person", "trigger_token", "job_token", "runner", "session"]


class Caller(NamedTuple):
    """The author of a call, made once per call.

    kind:       by which credentials; `anonymous` without any
    user:       whose rights count; None for an anonymous caller and where the user need not be read
    scopes:     of a personal access token
    token_id:   id of the token
    project_id: the one project that the credentials are for, 0 if they are for no single project
    """

    kind: CallerKind
    user: User | None = None
    scopes: tuple[str, ...] = ()
    token_id: int = 0
    project_id: int = 0


ANONYMOUS = Caller("anonymous")
