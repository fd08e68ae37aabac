"""JSON of users and their tokens, as the administration API shows them.

Source: https://docs.gitlab.com/api/users, /api/personal_access_tokens
"""

from pullcord.access import User
from pullcord.tokens import PersonalToken
from pullcord.wire.pipeline_json import Json, user_full

NEVER = 100_000
"""`projects_limit` of somebody without a limit."""


def user_for(viewer: User | None, user: User, server: str) -> Json:
    """A user as this caller may see them: an administrator sees all."""
    return admin_user(user, server) if viewer is not None and viewer.admin else user_full(user, server)


def admin_user(user: User, server: str) -> Json:
    """A user as administrators see them."""
    return {
        **user_full(user, server),
        "last_sign_in_at": None,
        "confirmed_at": user.created_at if user.confirmed else None,
        "last_activity_on": None,
        "email": user.email,
        "theme_id": 3,
        "color_scheme_id": 1,
        "projects_limit": NEVER,
        "current_sign_in_at": None,
        "identities": [],
        "can_create_group": user.can_create_group,
        "can_create_project": True,
        "two_factor_enabled": False,
        "external": user.external,
        "private_profile": False,
        "commit_email": user.email,
        "is_admin": user.admin,
        "note": user.note,
        "namespace_id": user.namespace_id,
        "created_by": None,
        "email_reset_offered_at": None,
    }


def personal_token(token: PersonalToken, today: str, value: str | None = None) -> Json:
    """A personal access token; its value only in the answer that made it."""
    shape: Json = {
        "id": token.id,
        "name": token.name,
        "revoked": token.revoked,
        "created_at": token.created_at,
        "description": token.description,
        "scopes": list(token.scopes),
        "user_id": token.user_id,
        "last_used_at": token.last_used_at,
        "active": token.active(today),
        "expires_at": token.expires_at,
    }
    return shape if value is None else {**shape, "token": value}
