"""JSON of users and their personal access tokens.

Source: https://docs.gitlab.com/api/users, /api/personal_access_tokens
"""

from pullcord.access import User
from pullcord.tokens import PersonalToken
from pullcord.wire.types import Json


def user_basic(user: User | None, server: str) -> Json | None:
    """UserBasic; null for a deleted user."""
    if user is None:
        return None
    return {
        "id": user.id,
        "username": user.username,
        "public_email": user.public_email,
        "name": user.name,
        "state": user.state,
        "locked": False,
        "avatar_url": None,
        "web_url": f"{server}/{user.username}",
    }


def user_full(user: User, server: str) -> Json:
    """The public profile of a user."""
    return {
        **(user_basic(user, server) or {}),
        "created_at": user.created_at or None,
        "bio": user.bio,
        "location": "",
        "linkedin": "",
        "twitter": "",
        "discord": "",
        "website_url": "",
        "github": "",
        "organization": "",
        "job_title": "",
        "pronouns": None,
        "bot": False,
        "work_information": None,
        "followers": 0,
        "following": 0,
        "local_time": None,
    }


def _account(user: User, server: str) -> Json:
    """A user with the fields that they and administrators see."""
    return {
        **user_full(user, server),
        "last_sign_in_at": None,
        "confirmed_at": user.created_at if user.confirmed else None,
        "last_activity_on": None,
        "email": user.email,
        "theme_id": 3,
        "color_scheme_id": 1,
        "projects_limit": user.projects_limit,
        "current_sign_in_at": None,
        "identities": [],
        "can_create_group": user.may_create_groups,
        "can_create_project": user.projects_limit > 0,
        "two_factor_enabled": False,
        "external": user.external,
        "private_profile": False,
        "commit_email": user.email,
        "is_admin": user.admin,
    }


def admin_user(user: User, server: str) -> Json:
    """A user as administrators see them."""
    return {
        **_account(user, server),
        "note": user.note,
        "namespace_id": user.namespace_id,
        "created_by": None,
        "email_reset_offered_at": None,
    }


def current_user(user: User, server: str) -> Json:
    """The caller's own user: GET /user."""
    return _account(user, server)


def user_for(viewer: User | None, user: User, server: str) -> Json:
    """A user as this caller may see them: administrators see all fields."""
    return admin_user(user, server) if viewer is not None and viewer.admin else user_full(user, server)


def personal_token(token: PersonalToken, today: str, value: str | None = None) -> Json:
    """A personal access token; its value only in the answer that created it."""
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
