"""JSON of trigger tokens.

Source: https://docs.gitlab.com/api/pipeline_triggers
"""

from pullcord.access import TriggerView
from pullcord.wire.types import Json
from pullcord.wire.user_json import user_basic


def trigger(view: TriggerView, server: str) -> Json:
    """A trigger token: whole for its owner, four characters of it for others."""
    return {
        "id": view.trigger.id,
        "token": view.token,
        "description": view.trigger.description,
        "created_at": view.trigger.created_at,
        "updated_at": view.trigger.updated_at,
        "last_used": view.last_used,
        "expires_at": view.trigger.expires_at,
        "owner": user_basic(view.owner, server),
    }
