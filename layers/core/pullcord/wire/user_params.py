"""Parameters of /users and /personal_access_tokens.

Source: https://docs.gitlab.com/api/users, /api/user_tokens, /api/personal_access_tokens
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from pullcord.errors import Unprocessable
from pullcord.wire.call import Call
from pullcord.wire.params import MAX_NUMBER, Parameters, read_params, require_one_of

Scope = Literal[
    "api",
    "read_user",
    "read_api",
    "create_runner",
    "manage_runner",
    "k8s_proxy",
    "self_rotate",
    "read_repository",
    "write_repository",
    "read_registry",
    "write_registry",
    "read_virtual_registry",
    "write_virtual_registry",
    "read_service_ping",
    "ai_features",
    "sudo",
    "admin_mode",
]
Text = Annotated[str, Field(max_length=255)]
Day = Annotated[date, BeforeValidator(lambda value: value[:10] if isinstance(value, str) else value)]
"""A date; of a time, its date."""
MIN_PASSWORD_LENGTH = 8


class _Profile(Parameters):
    admin: bool | None = None
    bio: Annotated[str, Field(max_length=255)] | None = None
    public_email: Text | None = None
    external: bool | None = None
    can_create_group: bool | None = None
    note: Annotated[str, Field(max_length=2000)] | None = None

    def profile(self) -> dict[str, Any]:
        """The sent parameters as fields of `User`; null stands for the default."""
        defaults = {"admin": False, "bio": "", "external": False, "can_create_group": True}
        named = {name: defaults.get(name) if value is None else value for name, value in self.sent().items()}
        return {name: value for name, value in named.items() if name not in {"password", *PASSWORDS}}


class _NewUser(_Profile):
    """Parameters of a new user."""

    email: Text
    name: str
    username: str
    skip_confirmation: bool | None = None
    password: str | None = None
    reset_password: bool | None = None
    force_random_password: bool | None = None


class _ChangedUser(_Profile):
    """Parameters of a change of a user."""

    email: Text | None = None
    name: str | None = None
    username: str | None = None


PASSWORDS = ("reset_password", "force_random_password", "skip_confirmation")


def new_user(call: Call) -> dict[str, Any]:
    """The parameters of POST /users. A password is required, as in GitLab, and not stored: only tokens authenticate.

    Raises BadParameters.
    """
    sent = read_params(_NewUser, call)
    require_one_of(sent, "password", "reset_password", "force_random_password")
    if sent.password is not None and len(sent.password) < MIN_PASSWORD_LENGTH and not sent.force_random_password:
        raise Unprocessable(f"Password is too short (minimum is {MIN_PASSWORD_LENGTH} characters)")
    return sent.profile()


def changed_user(call: Call) -> dict[str, Any]:
    """The parameters of PUT /users/:id, without null for fields that every user has."""
    sent = read_params(_ChangedUser, call).profile()
    return {name: value for name, value in sent.items() if value is not None or name in {"public_email", "note"}}


class UserListParams(Parameters):
    """Parameters of GET /users."""

    username: str | None = None
    search: str | None = None
    active: bool | None = None
    blocked: bool | None = None
    admins: bool | None = None


class NewToken(Parameters):
    """Parameters of POST /users/:id/personal_access_tokens."""

    name: Text
    scopes: Annotated[list[Scope], Field(min_length=1, max_length=50)]
    expires_at: Day | None = None
    description: Text | None = None


class Rotation(Parameters):
    """Parameters of POST /personal_access_tokens/:id/rotate and /self/rotate."""

    expires_at: Day | None = None


class PersonalTokenListParams(Parameters):
    """Parameters of GET /personal_access_tokens."""

    user_id: Annotated[int, Field(lt=MAX_NUMBER)] | None = None
    state: Literal["active", "inactive"] | None = None
    revoked: bool | None = None
    search: str | None = None
