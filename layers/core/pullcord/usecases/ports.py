"""Stores and services as the use cases see them: each call of one of these is an effect. Git hosts are in `host_ports`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from pullcord.errors import Refusal
    from pullcord.jobs import Job
    from pullcord.peppers import Digest, Keyring, PepperSet
    from pullcord.pipelines import Pipeline
    from pullcord.projects import Project, ProtectedRef
    from pullcord.rekeying import Rekey, StoredToken
    from pullcord.requests import FirstCall, IdempotencyKey, PipelineParams, PipelineRequest, RequestContext
    from pullcord.tokens import PersonalToken, TokenRecord, Trigger
    from pullcord.variables import SettingsVariable

type VariableOwner = Literal["project", "group", "instance"]
type Failed = frozenset[str]
"""Names of the conditions that kept a write from being done; none if it was done."""


class Peppers(Protocol):
    """The deployment's peppers."""

    def keyring(self) -> Keyring:
        """The peppers in force."""

    def seal(self, plain: bytes, bound_to: str, nonce: bytes) -> bytes:
        """Seal with the current pepper."""

    def open(self, sealed: bytes, bound_to: str) -> bytes:
        """Open a value that any of the peppers has sealed. Raises `SealBroken`."""


class PepperVersions(Protocol):
    """Versions of the secret that holds the peppers."""

    def are_of(self, secret: str) -> bool:
        """Whether an ARN or name is that of the secret."""

    def current(self) -> PepperSet:
        """The version that functions read."""

    def stored(self, version: str) -> PepperSet | None:
        """One version, None if it has no value yet."""

    def store(self, version: str, peppers: PepperSet) -> None:
        """Give a version its value; functions do not read it yet."""

    def promote(self, version: str) -> None:
        """Make a version the one that functions read."""


class RekeyingTokens(Protocol):
    """All stored tokens, for a rotation of the pepper."""

    def pages(self) -> Iterator[list[StoredToken]]:
        """All tokens, in any order."""

    def again(self, stored: StoredToken) -> StoredToken | None:
        """The present state of a token, None if it was deleted."""

    def records(self, digests: Sequence[str]) -> Mapping[str, TokenRecord]:
        """Token records by digest, without unknown digests."""

    def rekey(self, rekeys: Sequence[Rekey]) -> list[StoredToken]:
        """Write changes; returns the tokens that were not changed because somebody else changed them meanwhile."""

    def moved_at(self) -> int | None:
        """Time of the last rotation, in Unix seconds."""

    def move_at(self, seconds: int) -> None:
        """Store the time of a rotation."""


class TokenRecords(Protocol):
    """Tokens by digest."""

    def find(self, digests: Sequence[str]) -> TokenRecord | None:
        """The record of the first known digest."""


class TriggerLookup(Protocol):
    """Project and token of a trigger call, in one read where the project is a number."""

    def __call__(self, project: str, digests: Sequence[str]) -> tuple[Project | None, TokenRecord | None]:
        """Both, each None if it does not exist."""


class TriggerTokens(Protocol):
    """Trigger tokens by project."""

    def add_trigger(self, trigger: Trigger, digests: Sequence[Digest]) -> None:
        """Store a new token under all of its digests. Raises `ids.IdTaken`."""

    def trigger(self, project_id: int, trigger_id: int) -> Trigger | None:
        """One token."""

    def triggers(self, project_id: int) -> list[Trigger]:
        """All tokens of a project."""

    def describe(self, trigger: Trigger, description: str | None, now: str) -> Trigger | None:
        """Change a token's description; None if the token was deleted."""

    def revoke(self, trigger: Trigger) -> None:
        """Delete a token."""

    def delete_of_project(self, project_id: int) -> None:
        """Delete all tokens of a project."""

    def delete_of_owner(self, user_id: int) -> None:
        """Delete all tokens that a user owns."""


class PersonalTokens(Protocol):
    """Personal access tokens."""

    def add(self, token: PersonalToken, digests: Sequence[Digest]) -> None:
        """Store a new token under all of its digests. Raises `ids.IdTaken`."""

    def replace(self, token: PersonalToken, digests: Sequence[Digest]) -> None:
        """Store a token in place of the one with its id, whose digests are deleted."""

    def token(self, token_id: int) -> PersonalToken | None:
        """One token."""

    def of_user(self, user_id: int) -> list[PersonalToken]:
        """All tokens of a user."""

    def of_all(self) -> Iterable[PersonalToken]:
        """All tokens of the instance."""

    def revoke(self, token: PersonalToken) -> bool:
        """Revoke a token; False if it was revoked already."""

    def rotate(self, old: PersonalToken, new: PersonalToken, digests: Sequence[Digest]) -> bool:
        """Revoke a token and store its successor; False if it was revoked already. Raises `ids.IdTaken`."""

    def delete_all(self, user_id: int) -> None:
        """Delete all tokens of a user."""


class Requests(Protocol):
    """Stored requests, and the plan or refusal that each led to."""

    def store_request(
        self, request: PipelineRequest, params: PipelineParams, key: IdempotencyKey | None, now: int
    ) -> FirstCall | None:
        """Store a new request, or return the first call with its key, unless that created nothing.

        Raises `ids.IdTaken`.
        """

    def request(self, request_id: int) -> PipelineRequest | None:
        """A stored request; None once it has expired."""

    def first(self, key: str) -> FirstCall | None:
        """The first call with an idempotency key."""

    def store_outcome(self, key: str, request_id: int, outcome: Mapping[str, Any]) -> None:
        """Store the outcome of a key's first call. Changes nothing if the key is another request's by now."""

    def plan(self, request_id: int, plan: Mapping[str, object], ends_at: int) -> bool:
        """Store a plan until `ends_at`; False if an earlier attempt has stored a refusal."""

    def refuse(self, request_id: int, refusal: Mapping[str, object], now: int) -> bool:
        """Store a refusal; False if an earlier attempt has stored a plan."""

    def result(self, request_id: int) -> Mapping[str, Any]:
        """The plan or refusal of a request; empty once it has expired."""


class RequestContexts(Protocol):
    """Stored requests with everything that decides about them."""

    def of(self, ids: Mapping[str, object]) -> RequestContext | None:
        """The context of an execution's input, None if the project or the user was deleted."""


class Workflow(Protocol):
    """The state machine that makes a pipeline of a stored request."""

    def run(self, name: str, ids: Mapping[str, object]) -> Mapping[str, Any]:
        """Run one execution and return its outcome: ids and public facts."""


class Deadline(Protocol):
    """A limit of time for a block of work."""

    def __call__(self, seconds: float, refusal: Refusal, /) -> AbstractContextManager[None]:
        """Raise the refusal inside the `with` block after so many seconds."""


class Pipelines(Protocol):
    """Recorded pipelines and jobs."""

    def record(self, pipeline: Pipeline, jobs: Sequence[Job], now: int) -> Pipeline:
        """Write a pipeline with its jobs at once; returns the recorded one, which an earlier attempt may have written."""

    def get(self, project_id: int, pipeline_id: int) -> Pipeline | None:
        """One pipeline."""

    def newest(self, project_id: int) -> Iterator[Pipeline]:
        """All pipelines of a project, newest first."""

    def many(self, project_id: int, pipeline_ids: Iterable[int]) -> Mapping[int, Pipeline]:
        """Pipelines of a project by id."""

    def jobs(self, project_id: int, first: int, last: int, *, descending: bool) -> Iterator[Job]:
        """The jobs of a project with ids from `first` to `last`."""

    def jobs_of(self, pipeline: Pipeline) -> list[Job]:
        """The jobs of a pipeline."""

    def job(self, project_id: int, job_id: int) -> tuple[Pipeline, Job] | None:
        """One job with its pipeline, once that is recorded."""

    def last_used(self, project_id: int, trigger_id: int) -> str | None:
        """Time of creation of the newest pipeline that a trigger has started."""


class ProtectedRefs(Protocol):
    """Protected branches and tags."""

    def protections(self, project_id: int) -> tuple[ProtectedRef, ...]:
        """All of a project."""

    def versioned(self, project_id: int) -> tuple[tuple[ProtectedRef, ...], int]:
        """All of a project, and the version of the list."""

    def store(self, project_id: int, refs: tuple[ProtectedRef, ...], version: int) -> Failed:
        """Replace the list of this version; failed: `list` (changed meanwhile), `owner` (deleted), `size`."""


class Variables(Protocol):
    """CI/CD variables of projects, groups and the instance."""

    def versioned(self, kind: VariableOwner, number: int) -> tuple[tuple[SettingsVariable, ...], int]:
        """All variables of an owner, and the version of the list."""

    def store(self, kind: VariableOwner, number: int, variables: Sequence[SettingsVariable], version: int) -> Failed:
        """Replace the list of this version; failed: `list` (changed meanwhile), `owner` (deleted), `size`."""
