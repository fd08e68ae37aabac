"""Trigger tokens for their maintainers: create, list, read, describe, revoke.

Source: https://docs.gitlab.com/api/pipeline_triggers
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from pullcord.access import User
from pullcord.errors import BadRequest, Forbidden, PreconditionFailed, RecordNotFound
from pullcord.ids import numbered
from pullcord.peppers import NONCE, Digest
from pullcord.projects import Project
from pullcord.times import Moment, iso, parsed
from pullcord.tokens import Trigger, bound_to_digest, bound_to_trigger, keys_by_pepper, new_trigger_token, short
from pullcord.usecases.auth.project_access import Standing
from pullcord.usecases.ports import Peppers

LIFETIME = timedelta(days=365)
"""Longest life of a trigger token, GitLab's default."""
MOST = 25_000
"""Triggers of one project, GitLab's default."""
NOT_YOURS = "The current user is not authorized to update the pipeline trigger token"


class Triggers(Protocol):
    """Stored trigger tokens."""

    def add_trigger(self, trigger: Trigger, digests: Sequence[Digest]) -> None:
        """Store a new one, to be found by all of its digests."""
        ...

    def trigger(self, project_id: int, trigger_id: int) -> Trigger | None:
        """One of a project."""
        ...

    def triggers(self, project_id: int) -> list[Trigger]:
        """All of a project."""
        ...

    def describe(self, trigger: Trigger, description: str | None, now: str) -> Trigger | None:
        """Change its description; None if it is gone."""
        ...

    def revoke(self, trigger: Trigger) -> None:
        """Delete it."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that managing triggers touches."""

    peppers: Peppers
    triggers: Triggers
    moment: Moment


class Wanted(NamedTuple):
    """What a new trigger shall be."""

    description: str
    expires_at: datetime | None


def create(standing: Standing, description: str, expires_at: datetime | None, outside: Outside) -> Trigger:
    """Make a trigger token that its maker owns. Raises Forbidden, BadRequest (lives too long, too many)."""
    standing.needs("manage_trigger")
    _check_life(expires_at, outside.moment.clock())
    if len(outside.triggers.triggers(standing.project.id)) >= MOST:
        raise _bad("base", f"Maximum number of pipeline triggers ({MOST}) exceeded", code="too_many_triggers")
    wanted = Wanted(description, expires_at)
    return numbered(outside.moment.new_id, lambda number: _made(number, standing, wanted, outside))


def _made(trigger_id: int, standing: Standing, wanted: Wanted, outside: Outside) -> Trigger:
    """Store a trigger under this id. Raises `ids.Taken`."""
    token, now = new_trigger_token(outside.moment.random(20)), outside.moment.now
    bound_to = bound_to_digest("trigger", standing.project.id, trigger_id)
    digests = outside.peppers.keyring().digested(token, bound_to, outside.moment.random)
    sealed_for = bound_to_trigger(standing.project.id, trigger_id)
    trigger = Trigger(
        id=trigger_id,
        project_id=standing.project.id,
        owner_id=standing.member.id,
        digests=keys_by_pepper(digests),
        sealed=outside.peppers.seal(token.encode(), sealed_for, outside.moment.random(NONCE)),
        short=short(token),
        description=wanted.description,
        created_at=now,
        updated_at=now,
        expires_at=iso(wanted.expires_at) if wanted.expires_at else None,
    )
    outside.triggers.add_trigger(trigger, digests)
    return trigger


def all_of(standing: Standing, outside: Outside) -> list[Trigger]:
    """The project's triggers that have not expired, oldest first."""
    standing.needs("admin_build")
    now = outside.moment.now
    return [trigger for trigger in outside.triggers.triggers(standing.project.id) if _lives(trigger, now)]


def one_of(project: Project, trigger_id: int, outside: Outside) -> Trigger:
    """One trigger. Raises RecordNotFound for one of another project and for one whose time is over."""
    trigger = outside.triggers.trigger(project.id, trigger_id) if trigger_id > 0 else None
    if trigger is None or not _lives(trigger, outside.moment.now):
        raise RecordNotFound
    return trigger


def describe(standing: Standing, trigger_id: int, description: str | None, outside: Outside) -> Trigger:
    """Change a description: the owner's right while they are a maintainer, and an administrator's.

    The trigger is looked up before the right, so a developer learns which triggers there are: GitLab's order.
    """
    trigger = one_of(standing.project, trigger_id, outside)
    if "manage_trigger" not in standing.abilities or not sees_token(trigger, standing.user):
        raise Forbidden(NOT_YOURS, code="not_the_owner")
    changed = outside.triggers.describe(trigger, description, outside.moment.now)
    if changed is None:
        raise RecordNotFound
    return changed


def revoke(standing: Standing, trigger_id: int, unmodified_since: datetime | None, outside: Outside) -> None:
    """Delete a trigger, also somebody else's. Raises PreconditionFailed when it changed since the given moment."""
    standing.needs("manage_trigger")
    trigger = one_of(standing.project, trigger_id, outside)
    updated = parsed(trigger.updated_at)
    if unmodified_since and updated and updated.replace(microsecond=0) > unmodified_since:
        raise PreconditionFailed
    outside.triggers.revoke(trigger)


def visible_token(trigger: Trigger, user: User | None, outside: Outside) -> str:
    """The whole token for its owner and an administrator, four characters for others."""
    if not sees_token(trigger, user):
        return trigger.short
    sealed = outside.peppers.open(trigger.sealed, bound_to_trigger(trigger.project_id, trigger.id))
    return sealed.decode()


def sees_token(trigger: Trigger, user: User | None) -> bool:
    """Whether the token is this user's to see."""
    return user is not None and (user.admin or user.id == trigger.owner_id)


def _lives(trigger: Trigger, now: str) -> bool:
    return trigger.expires_at is None or trigger.expires_at > now


def _check_life(expires_at: datetime | None, now: datetime) -> None:
    last = (now + LIFETIME).date()
    if expires_at is not None and expires_at.date() >= last:
        raise _bad("expires_at", f"must be before {last.isoformat()}", code="expires_too_late")


def _bad(field: str, phrase: str, *, code: str) -> BadRequest:
    return BadRequest(f'400 Bad request - {{"{field}":["{phrase}"]}}', code=code)
