"""Parameters of /members of projects and groups.

Source: https://docs.gitlab.com/api/project_members
"""

from typing import Annotated

from pydantic import Field

from pullcord.access import Level, Member, Membership
from pullcord.errors import Invalid
from pullcord.wire.call import Call
from pullcord.wire.params import MAX_NUMBER, Parameters, read_params
from pullcord.wire.user_params import Day

Number = Annotated[int, Field(lt=MAX_NUMBER)]
LEVELS = tuple(level for level in Level if level > Level.NONE)


class _Changed(Parameters):
    """Parameters of a change of a member."""

    access_level: Number
    expires_at: Day | None = None


class _New(_Changed):
    """Parameters of a new member."""

    user_id: Number


class _Search(Parameters):
    query: str | None = None


def new(call: Call) -> Membership:
    """Parameters of POST …/members. Raises BadParameters, Invalid (no such level)."""
    sent = read_params(_New, call)
    return _membership(sent.user_id, sent)


def changed(call: Call, user_id: int) -> tuple[Membership, bool]:
    """Parameters of PUT …/members/:user_id, and whether the expiry date stays as it is. Raises as `new`."""
    sent = read_params(_Changed, call)
    return _membership(user_id, sent), "expires_at" not in sent.model_fields_set


def matching(call: Call, members: list[Member]) -> list[Member]:
    """The members whose name or username contains the parameter `query`."""
    query = (read_params(_Search, call).query or "").lower()
    return [one for one in members if query in one.user.name.lower() or query in one.user.username.lower()]


def _membership(user_id: int, sent: _Changed) -> Membership:
    if sent.access_level not in LEVELS:
        raise Invalid({"access_level": ["is not included in the list"]})
    return Membership(user_id, sent.access_level, sent.expires_at.isoformat() if sent.expires_at else None)
