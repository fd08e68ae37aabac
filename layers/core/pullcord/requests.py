"""A wish to have a pipeline: as it is called for, as it is stored, and with all that decides about it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pullcord.access import Membership, User
from pullcord.projects import Project, ProtectedRef
from pullcord.variables import PipelineVariable, SettingsVariable


class Pull(NamedTuple):
    """A well-formed call of a trigger. `parameters` are all of the call's, for TRIGGER_PAYLOAD.

    project: number or full path, as the caller wrote it
    server:  the address that the caller used
    key:     what makes a repeat of this call the same call; None for a call that stands for itself
    correlation: the gateway's id of this call, by which its log lines are found
    """

    project: str
    token: str
    ref: str
    variables: Mapping[str, str]
    inputs: Mapping[str, object]
    parameters: Mapping[str, object]
    server: str
    key: str | None = None
    correlation: str = ""


class PipelineRequest(NamedTuple):
    """Who wants a pipeline, where and why. Its id becomes the pipeline's.

    groups: of the project, nearest first, at the time of the call
    server: the address that the caller used, for links and predefined variables
    """

    id: int
    project_id: int
    user_id: int
    ref: str
    source: str
    created_at: str
    server: str
    trigger_id: int | None = None
    groups: tuple[int, ...] = ()


class Wish(NamedTuple):
    """What was sent along: kept sealed, since nobody knows what is in it."""

    variables: tuple[PipelineVariable, ...] = ()
    inputs: Mapping[str, object] = {}


class Once(NamedTuple):
    """One call that may come more than once.

    key:          of the caller's choice, made unique for the trigger
    fingerprints: of what was sent, one for each pepper: a call during a rotation may know one more than its repeat
    """

    key: str
    fingerprints: tuple[str, ...]


class Admitted(NamedTuple):
    """The first of several calls with one key. outcome: None while it is still running, or if it died."""

    request_id: int
    fingerprints: tuple[str, ...]
    admitted_at: int
    outcome: Mapping[str, Any] | None = None


class Subject(NamedTuple):
    """A stored request and all that decides about it, read at one moment.

    settings: of the instance, then the groups from the farthest, then the project: by rising precedence
    """

    request: PipelineRequest
    wish: Wish
    project: Project
    user: User
    memberships: tuple[Membership, ...] = ()
    settings: tuple[SettingsVariable, ...] = ()
    protections: tuple[ProtectedRef, ...] = ()
