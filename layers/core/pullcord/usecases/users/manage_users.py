"""Manage users: administrators create, change and block them; everybody may list them.

Source: https://docs.gitlab.com/api/users
"""

import re
from collections.abc import Mapping
from copy import replace
from dataclasses import dataclass
from typing import Any

from pullcord.access import User, require_admin
from pullcord.errors import Conflict, Forbidden, Invalid, NotFound
from pullcord.ids import IdTaken, with_new_id
from pullcord.naming import BLANK, MAX_LENGTH, TOO_LONG, namespace_path_problems
from pullcord.projects import Namespace
from pullcord.times import Runtime
from pullcord.usecases.people_ports import Sequences, UserAccounts

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\Z")


@dataclass(frozen=True, slots=True)
class UserDeps:
    """The stores and services that managing users uses; every `deps.` below is an effect."""

    users: UserAccounts
    sequences: Sequences
    runtime: Runtime


@dataclass(frozen=True, slots=True)
class UserFilter:
    """Criteria of a list of users; None: any. search: part of name or username, or the whole address."""

    username: str | None = None
    search: str | None = None
    active: bool | None = None
    blocked: bool | None = None
    admins: bool | None = None


def create_user(wanted: Mapping[str, Any], caller: User, deps: UserDeps) -> User:
    """Create a user with their own namespace. Raises Forbidden, Conflict (name or address taken), Invalid.

    wanted: fields of `User`; `username`, `name` and `email` at least
    """
    require_admin(caller)
    user = User(id=0, created_at=deps.runtime.now, **wanted)
    _check(user, new=True)
    return with_new_id(lambda: deps.sequences.next("users", "namespaces"), lambda ids: _store(ids, user, deps))


def _store(ids: tuple[int, ...], wanted: User, deps: UserDeps) -> User:
    """Store a user and their namespace under these ids. Raises Conflict, `ids.IdTaken`."""
    user_id, namespace_id = ids
    name, created_at = wanted.username, wanted.created_at
    namespace = Namespace(namespace_id, wanted.name, name, name, "user", user_id, created_at=created_at)
    user = replace(wanted, id=user_id, namespace_id=namespace.id)
    taken = deps.users.add_user(user, namespace)
    _refuse_taken(taken & {"username", "email"})
    if taken:
        raise IdTaken
    return user


def update_user(user_id: int, wanted: Mapping[str, Any], caller: User, deps: UserDeps) -> User:
    """Change the given fields of a user. Raises as `create_user`, and NotFound."""
    require_admin(caller)
    old = find_user(user_id, deps)
    new = replace(old, **wanted)
    _check(new)
    if new.username != old.username:
        raise Invalid({"username": ["cannot be changed"]}, code="username_is_fixed")
    _refuse_taken(deps.users.change_user(old, new))
    return new


def block_user(user_id: int, caller: User, deps: UserDeps) -> None:
    """Block a user and their tokens. Raises Forbidden, also for the caller's own account."""
    require_admin(caller)
    old = find_user(user_id, deps)
    if old.id == caller.id:
        raise Forbidden("API users cannot be blocked", code="own_account")
    deps.users.change_user(old, replace(old, state="blocked"))


def unblock_user(user_id: int, caller: User, deps: UserDeps) -> None:
    """Unblock a user. Raises Forbidden, NotFound."""
    require_admin(caller)
    old = find_user(user_id, deps)
    deps.users.change_user(old, replace(old, state="active"))


def find_user(user_id: int, deps: UserDeps) -> User:
    """A user by id. Raises NotFound."""
    user = deps.users.user(user_id) if user_id > 0 else None
    if user is None:
        raise NotFound("User")
    return user


def list_users(wanted: UserFilter, caller: User | None, deps: UserDeps) -> list[User]:
    """The matching users, newest first. Raises Forbidden for an anonymous caller who does not name a user."""
    if wanted.username is not None:
        found = deps.users.named(wanted.username)
        candidates = [found] if found else []
    elif caller is None:
        raise Forbidden("Not authorized to access /api/v4/users", code="no_token")
    else:
        candidates = list(deps.users.users().values())
    sees_all = caller is not None and caller.admin
    passing = [user for user in candidates if _matches(user, wanted, sees_all=sees_all)]
    return sorted(passing, key=lambda user: user.id, reverse=True)


def _matches(user: User, wanted: UserFilter, *, sees_all: bool) -> bool:
    search = (wanted.search or "").lower()
    return (
        (search in user.name.lower() or search in user.username.lower() or (sees_all and search == user.email.lower()))
        and (not wanted.active or user.state == "active")
        and (not wanted.blocked or user.state == "blocked")
        and (not (wanted.admins and sees_all) or user.admin)
    )


def _check(user: User, *, new: bool = False) -> None:
    """Raise Invalid for wrong fields. A stored username stays valid whatever the rules become."""
    problems: dict[str, list[str]] = {}
    if not EMAIL.match(user.email):
        problems["email"] = ["is invalid"]
    if not user.name.strip():
        problems["name"] = [BLANK]
    elif len(user.name) > MAX_LENGTH:
        problems["name"] = [TOO_LONG]
    if new and (phrases := namespace_path_problems(user.username)):
        problems["username"] = phrases
    if problems:
        raise Invalid(problems)


def _refuse_taken(taken: frozenset[str]) -> None:
    if "email" in taken:
        raise Conflict("Email has already been taken", code="taken")
    if taken:
        raise Conflict("Username has already been taken", code="taken")
