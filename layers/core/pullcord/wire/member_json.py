"""JSON of members of projects and groups.

Source: https://docs.gitlab.com/api/project_members
"""

from pullcord.access import Member
from pullcord.wire.types import Json
from pullcord.wire.user_json import user_basic


def member(member: Member, server: str) -> Json:
    """A member of a project or group."""
    return {
        **(user_basic(member.user, server) or {}),
        "access_level": member.membership.level,
        "created_at": member.membership.created_at,
        "created_by": user_basic(member.created_by, server),
        "expires_at": member.membership.expires_at,
        "membership_state": "active",
    }
