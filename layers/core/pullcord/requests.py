"""Requests for a pipeline: as they are called for, as they are stored, and with everything that decides about them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from pullcord.access import Membership, User
from pullcord.projects import Project, ProtectedRef
from pullcord.variables import PipelineVariable, SettingsVariable

RECORDED = "recorded"
"""The outcome of an execution that created a pipeline; the others are `refused` and `invalid`."""


class TriggerCall(NamedTuple):
    """A well-formed call of the trigger API. `parameters` are all of the call's, for TRIGGER_PAYLOAD.

    project:        number or full path, as the caller wrote it
    server:         the address that the caller used
    key:            the idempotency key or delivery id; None for a call without
    correlation_id: the gateway's id of this call, which its log lines carry
    """

    project: str
    token: str
    ref: str
    variables: Mapping[str, str]
    inputs: Mapping[str, object]
    parameters: Mapping[str, object]
    server: str
    key: str | None = None
    correlation_id: str = ""


class PipelineRequest(NamedTuple):
    """A request for a pipeline: who asks for it, where and why. Its id becomes the pipeline's.

    source:         one of `pipelines.SOURCES`
    groups:         of the project, nearest first, at the time of the call
    server:         the address that the caller used, for links and predefined variables
    correlation_id: the gateway's id of the call, for log lines; not stored
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
    correlation_id: str = ""


class PipelineParams(NamedTuple):
    """The variables and inputs of a request. Stored sealed, since they may hold secrets."""

    variables: tuple[PipelineVariable, ...] = ()
    inputs: Mapping[str, object] = {}


class IdempotencyKey(NamedTuple):
    """The key of a call that may be repeated.

    key:          chosen by the caller, made unique for the trigger
    fingerprints: of the parameters, one for each pepper: calls before and after a rotation have one in common
    """

    key: str
    fingerprints: tuple[str, ...]


class FirstCall(NamedTuple):
    """The first of several calls with one key.

    outcome:    None while it is running, or if it died
    started_at: Unix seconds
    """

    request_id: int
    fingerprints: tuple[str, ...]
    started_at: int
    outcome: Mapping[str, Any] | None = None


class RequestContext(NamedTuple):
    """A stored request and everything that decides about it, read at one time.

    settings: variables of the instance, then of the groups from the farthest, then of the project: rising precedence
    iid:      the project's count that the pipeline will have; None if it was not counted before
    """

    request: PipelineRequest
    params: PipelineParams
    project: Project
    user: User
    memberships: tuple[Membership, ...] = ()
    settings: tuple[SettingsVariable, ...] = ()
    protections: tuple[ProtectedRef, ...] = ()
    iid: int | None = None
