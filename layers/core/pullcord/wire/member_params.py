"""Parameters and shapes of /members of groups and projects.

Source: https://docs.gitlab.com/api/project_members
"""

from typing import Annotated, Protocol

from pydantic import Field

from pullcord.access import Level, Membership, User
from pullcord.errors import Invalid
from pullcord.wire.call import Call
from pullcord.wire.params import LARGEST, Parameters, checked
from pullcord.wire.pipeline_json import Json, user_basic
from pullcord.wire.user_params import Day

Number = Annotated[int, Field(lt=LARGEST)]
LEVELS = tuple(level for level in Level if level > Level.NONE)


class _Changed(Parameters):
    access_level: Number
    expires_at: Day | None = None


class _New(_Changed):
    user_id: Number


class _Search(Parameters):
    query: str | None = None


class Member(Protocol):
    """A user with what makes them a member, and who did that."""

    @property
    def user(self) -> User:
        """Who."""
        ...

    @property
    def membership(self) -> Membership:
        """At which level, until when."""
        ...

    @property
    def created_by(self) -> User | None:
        """Thanks to whom."""
        ...


def new(call: Call) -> Membership:
    """POST …/members. Raises BadParameters, Invalid (no such level)."""
    sent = checked(_New, call)
    return _membership(sent.user_id, sent)


def changed(call: Call, user_id: int) -> tuple[Membership, bool]:
    """PUT …/members/:user_id, and whether the end is to stay as it is. Raises as `new`."""
    sent = checked(_Changed, call)
    return _membership(user_id, sent), "expires_at" not in sent.model_fields_set


def matching[Kind: Member](call: Call, members: list[Kind]) -> list[Kind]:
    """Those of whose names the parameter `query` is a part."""
    query = (checked(_Search, call).query or "").lower()
    return [one for one in members if query in one.user.name.lower() or query in one.user.username.lower()]


def member(member: Member, server: str) -> Json:
    """A member."""
    return {
        **(user_basic(member.user, server) or {}),
        "access_level": member.membership.level,
        "created_at": member.membership.created_at,
        "created_by": user_basic(member.created_by, server),
        "expires_at": member.membership.expires_at,
        "membership_state": "active",
    }


def _membership(user_id: int, sent: _Changed) -> Membership:
    if sent.access_level not in LEVELS:
        raise Invalid({"access_level": ["is not included in the list"]})
    return Membership(user_id, sent.access_level, sent.expires_at.isoformat() if sent.expires_at else None)
