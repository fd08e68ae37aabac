"""Manage trigger tokens: create, list, read, describe and revoke them.

Source: https://docs.gitlab.com/api/pipeline_triggers
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from pullcord.access import User
from pullcord.errors import BadRequest, Forbidden, PreconditionFailed, RecordNotFound
from pullcord.ids import with_new_id
from pullcord.peppers import NONCE
from pullcord.projects import Project
from pullcord.times import Runtime, iso, parsed
from pullcord.tokens import Trigger, bound_to_digest, bound_to_trigger, keys_by_pepper, new_trigger_token, short
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.people_ports import Sequences
from pullcord.usecases.ports import Peppers, TriggerTokens

LIFETIME = timedelta(days=365)
"""Maximum lifetime of a trigger token, GitLab's default."""
MAX_TRIGGERS = 25_000
"""Maximum of trigger tokens per project, GitLab's default."""
NOT_YOURS = "The current user is not authorized to update the pipeline trigger token"


@dataclass(frozen=True, slots=True)
class TriggerTokenDeps:
    """The stores and services that managing trigger tokens uses; every `deps.` below is an effect."""

    peppers: Peppers
    triggers: TriggerTokens
    sequences: Sequences
    runtime: Runtime


class NewTrigger(NamedTuple):
    """The fields of a new trigger token."""

    description: str
    expires_at: datetime | None


def create_trigger(
    access: ProjectAccess, description: str, expires_at: datetime | None, deps: TriggerTokenDeps
) -> Trigger:
    """Create a trigger token that the caller owns. Raises Forbidden, BadRequest (expires too late, too many)."""
    access.require("manage_trigger")
    _check_expiry(expires_at, deps.runtime.clock())
    if len(deps.triggers.triggers(access.project.id)) >= MAX_TRIGGERS:
        raise _bad("base", f"Maximum number of pipeline triggers ({MAX_TRIGGERS}) exceeded", code="too_many_triggers")
    new = NewTrigger(description, expires_at)
    return with_new_id(lambda: deps.sequences.next("triggers"), lambda ids: _store(ids[0], access, new, deps))


def _store(trigger_id: int, access: ProjectAccess, new: NewTrigger, deps: TriggerTokenDeps) -> Trigger:
    """Store a trigger under this id. Raises `ids.IdTaken`."""
    token, now = new_trigger_token(deps.runtime.random(20)), deps.runtime.now
    bound_to = bound_to_digest("trigger", access.project.id, trigger_id)
    digests = deps.peppers.keyring().digested(token, bound_to, deps.runtime.random)
    sealed_for = bound_to_trigger(access.project.id, trigger_id)
    trigger = Trigger(
        id=trigger_id,
        project_id=access.project.id,
        owner_id=access.member.id,
        digests=keys_by_pepper(digests),
        sealed=deps.peppers.seal(token.encode(), sealed_for, deps.runtime.random(NONCE)),
        short=short(token),
        description=new.description,
        created_at=now,
        updated_at=now,
        expires_at=iso(new.expires_at) if new.expires_at else None,
    )
    deps.triggers.add_trigger(trigger, digests)
    return trigger


def list_triggers(access: ProjectAccess, deps: TriggerTokenDeps) -> list[Trigger]:
    """The project's trigger tokens that have not expired, oldest first. Raises Forbidden."""
    access.require("admin_build")
    now = deps.runtime.now
    return [trigger for trigger in deps.triggers.triggers(access.project.id) if _is_valid(trigger, now)]


def find_trigger(project: Project, trigger_id: int, deps: TriggerTokenDeps) -> Trigger:
    """A trigger token of the project. Raises RecordNotFound, also for an expired one and one of another project."""
    trigger = deps.triggers.trigger(project.id, trigger_id) if trigger_id > 0 else None
    if trigger is None or not _is_valid(trigger, deps.runtime.now):
        raise RecordNotFound
    return trigger


def describe_trigger(
    access: ProjectAccess, trigger_id: int, description: str | None, deps: TriggerTokenDeps
) -> Trigger:
    """Change a description. The token's owner may, while they are a maintainer, and administrators.

    The token is looked up before the right, in GitLab's order, so a developer can tell which ids exist.
    """
    trigger = find_trigger(access.project, trigger_id, deps)
    if "manage_trigger" not in access.abilities or not may_see_token(trigger, access.user):
        raise Forbidden(NOT_YOURS, code="not_the_owner")
    changed = deps.triggers.describe(trigger, description, deps.runtime.now)
    if changed is None:
        raise RecordNotFound
    return changed


def revoke_trigger(
    access: ProjectAccess, trigger_id: int, unmodified_since: datetime | None, deps: TriggerTokenDeps
) -> None:
    """Delete a trigger token, also somebody else's. Raises PreconditionFailed if it changed after `unmodified_since`."""
    access.require("manage_trigger")
    trigger = find_trigger(access.project, trigger_id, deps)
    updated = parsed(trigger.updated_at)
    if unmodified_since and updated and updated.replace(microsecond=0) > unmodified_since:
        raise PreconditionFailed
    deps.triggers.revoke(trigger)


def visible_token(trigger: Trigger, user: User | None, deps: TriggerTokenDeps) -> str:
    """The whole token for its owner and administrators, its first four characters for others."""
    if not may_see_token(trigger, user):
        return trigger.short
    sealed = deps.peppers.open(trigger.sealed, bound_to_trigger(trigger.project_id, trigger.id))
    return sealed.decode()


def may_see_token(trigger: Trigger, user: User | None) -> bool:
    """Whether this user may see the whole token."""
    return user is not None and (user.admin or user.id == trigger.owner_id)


def _is_valid(trigger: Trigger, now: str) -> bool:
    return trigger.expires_at is None or trigger.expires_at > now


def _check_expiry(expires_at: datetime | None, now: datetime) -> None:
    last = (now + LIFETIME).date()
    if expires_at is not None and expires_at.date() >= last:
        raise _bad("expires_at", f"must be before {last.isoformat()}", code="expires_too_late")


def _bad(field: str, phrase: str, *, code: str) -> BadRequest:
    return BadRequest(f'400 Bad request - {{"{field}":["{phrase}"]}}', code=code)
