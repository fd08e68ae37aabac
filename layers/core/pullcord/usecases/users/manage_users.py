"""Users: administrators make, change, block and delete them; everybody may look.

Source: https://docs.gitlab.com/api/users
"""

import re
from collections.abc import Mapping
from copy import replace
from dataclasses import dataclass
from typing import Any, Protocol

from pullcord.access import User
from pullcord.errors import Conflict, Forbidden, Invalid, NotFound
from pullcord.ids import Taken, numbered
from pullcord.naming import RESERVED
from pullcord.projects import Namespace
from pullcord.times import Moment

USERNAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(?<![.-])\Z")
USERNAME_RULE = (
    "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-', end in '.', '.git' or '.atom'."
)
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\Z")


class Users(Protocol):
    """Where users are kept."""

    def user(self, user_id: int) -> User | None:
        """One by id."""
        ...

    def users(self) -> Mapping[int, User]:
        """All of them by id."""
        ...

    def named(self, username: str) -> User | None:
        """One by name."""
        ...

    def add_user(self, user: User, namespace: Namespace) -> frozenset[str]:
        """Store a new one; what of `id`, `namespace`, `username` and `email` was taken."""
        ...

    def change_user(self, old: User, new: User) -> frozenset[str]:
        """Store what differs; `email` when it was taken."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that managing users touches."""

    users: Users
    moment: Moment


@dataclass(frozen=True, slots=True)
class Filter:
    """Which users to list; None does not ask. search: part of name or username, or the whole address."""

    username: str | None = None
    search: str | None = None
    active: bool | None = None
    blocked: bool | None = None
    admins: bool | None = None


def create(wanted: Mapping[str, Any], caller: User, outside: Outside) -> User:
    """Make a user with their own namespace. Raises Forbidden, Conflict (name or address taken), Invalid.

    wanted: fields of `User`; `username`, `name` and `email` at least
    """
    needs_admin(caller)
    user = User(id=0, created_at=outside.moment.now, **wanted)
    _check(user)
    return numbered(outside.moment.new_id, lambda number: _added(number, user, outside))


def _added(user_id: int, wanted: User, outside: Outside) -> User:
    """Store a user under this id, and their namespace under one of its own. Raises Conflict, `ids.Taken`."""
    name, created_at = wanted.username, wanted.created_at
    namespace = Namespace(outside.moment.new_id(), wanted.name, name, name, "user", user_id, created_at=created_at)
    user = replace(wanted, id=user_id, namespace_id=namespace.id)
    taken = outside.users.add_user(user, namespace)
    _refuse_taken(taken & {"username", "email"})
    if taken:
        raise Taken
    return user


def update(user_id: int, wanted: Mapping[str, Any], caller: User, outside: Outside) -> User:
    """Change the given fields of a user. Raises as `create`, and NotFound."""
    needs_admin(caller)
    old = one(user_id, outside)
    new = replace(old, **wanted)
    _check(new)
    if new.username != old.username:
        raise Invalid({"username": ["cannot be changed"]}, code="username_is_fixed")
    _refuse_taken(outside.users.change_user(old, new))
    return new


def block(user_id: int, caller: User, outside: Outside) -> None:
    """Let a user do nothing any more, nor their tokens. Raises Forbidden, also for oneself."""
    needs_admin(caller)
    old = one(user_id, outside)
    if old.id == caller.id:
        raise Forbidden("API users cannot be blocked", code="own_account")
    outside.users.change_user(old, replace(old, state="blocked"))


def unblock(user_id: int, caller: User, outside: Outside) -> None:
    """Undo `block`."""
    needs_admin(caller)
    old = one(user_id, outside)
    outside.users.change_user(old, replace(old, state="active"))


def one(user_id: int, outside: Outside) -> User:
    """A user. Raises NotFound."""
    user = outside.users.user(user_id) if user_id > 0 else None
    if user is None:
        raise NotFound("User")
    return user


def listed(wanted: Filter, caller: User | None, outside: Outside) -> list[User]:
    """The users that pass the filter, the newest first. Raises Forbidden for a stranger who names nobody."""
    if wanted.username is not None:
        found = outside.users.named(wanted.username)
        candidates = [found] if found else []
    elif caller is None:
        raise Forbidden("Not authorized to access /api/v4/users", code="no_token")
    else:
        candidates = list(outside.users.users().values())
    sees_all = caller is not None and caller.admin
    passing = [user for user in candidates if _passes(user, wanted, sees_all=sees_all)]
    return sorted(passing, key=lambda user: user.id, reverse=True)


def needs_admin(caller: User) -> None:
    """Raise Forbidden for anybody but an administrator."""
    if not caller.admin:
        raise Forbidden(code="no_permission", facts={"needs": "administrator"})


def _passes(user: User, wanted: Filter, *, sees_all: bool) -> bool:
    search = (wanted.search or "").lower()
    return (
        (search in user.name.lower() or search in user.username.lower() or (sees_all and search == user.email.lower()))
        and (not wanted.active or user.state == "active")
        and (not wanted.blocked or user.state == "blocked")
        and (not (wanted.admins and sees_all) or user.admin)
    )


def _check(user: User) -> None:
    problems: dict[str, list[str]] = {}
    if not EMAIL.match(user.email):
        problems["email"] = ["is invalid"]
    if not user.name.strip():
        problems["name"] = ["can't be blank"]
    if not USERNAME.match(user.username) or user.username.lower().endswith((".git", ".atom")):
        problems["username"] = [USERNAME_RULE]
    elif user.username.lower() in RESERVED:
        problems["username"] = [f"{user.username} is a reserved name"]
    if problems:
        raise Invalid(problems)


def _refuse_taken(taken: frozenset[str]) -> None:
    if "email" in taken:
        raise Conflict("Email has already been taken", code="taken")
    if taken:
        raise Conflict("Username has already been taken", code="taken")
