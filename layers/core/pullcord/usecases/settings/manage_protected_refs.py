"""Protected branches and tags: who may push, merge or create, and so who may run pipelines there.

Source: https://docs.gitlab.com/api/protected_branches and /api/protected_tags
"""

from collections.abc import Callable, Container, Sequence
from copy import replace
from dataclasses import dataclass
from typing import Literal, Protocol

from pullcord.access import User
from pullcord.errors import Conflict, NotFound, RecordNotFound, Unprocessable
from pullcord.ids import Taken, numbered
from pullcord.projects import Grant, ProtectedRef
from pullcord.times import Moment
from pullcord.usecases.auth.project_access import Standing

Kind = Literal["branch", "tag"]
TRIES = 5
"""How often a change is tried that met somebody else's."""

Protections = tuple[ProtectedRef, ...]


class Stored(Protocol):
    """Where protections are kept."""

    def versioned(self, project_id: int) -> tuple[Protections, int]:
        """Those of a project, with their version."""
        ...

    def store(self, project_id: int, refs: Protections, version: int) -> frozenset[str]:
        """Put these in their place; what stood in the way: `list` (changed meanwhile), `owner` (gone), `size`."""
        ...


class Users(Protocol):
    """Users by id."""

    def user(self, user_id: int) -> User | None:
        """One of them."""
        ...


@dataclass(frozen=True, slots=True)
class Outside:
    """All of the world that protecting touches."""

    stored: Stored
    users: Users
    moment: Moment


@dataclass(frozen=True, slots=True)
class Wish:
    """A change of one entry of a list of grants: a new one, another one, or none any more.

    id: of the entry that is meant, None for a new one
    """

    level: int | None = None
    user_id: int | None = None
    id: int | None = None
    destroy: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants of a protection; None leaves as it is."""

    push: tuple[Wish, ...] = ()
    merge: tuple[Wish, ...] = ()
    create: tuple[Wish, ...] = ()
    allow_force_push: bool | None = None


def all_of(standing: Standing, kind: Kind, search: str | None, outside: Outside) -> list[ProtectedRef]:
    """The protected branches or tags whose names contain the text. Raises Forbidden."""
    standing.needs("admin_project")
    known = outside.stored.versioned(standing.project.id)[0]
    return [one for one in known if one.kind == kind and (search or "").lower() in one.name.lower()]


def one(standing: Standing, kind: Kind, name: str, outside: Outside) -> ProtectedRef:
    """One of them, by the very name or wildcard. Raises Forbidden, RecordNotFound."""
    standing.needs("admin_project")
    return _found(outside.stored.versioned(standing.project.id)[0], kind, name)


def protect(standing: Standing, kind: Kind, name: str, wanted: Wanted, outside: Outside) -> ProtectedRef:
    """Protect a branch or tag, or all that a wildcard covers. Raises Forbidden, Conflict, Unprocessable."""
    standing.needs("admin_project")
    if not name.strip():
        raise Unprocessable("Name can't be blank")
    unnumbered = _changed(ProtectedRef(kind, name, 0), wanted, outside)
    made: list[ProtectedRef] = []

    def added(known: Protections) -> Protections:
        if any(one.kind == kind and one.name == name for one in known):
            raise _taken(kind, name)
        made[:] = [replace(unnumbered, id=_free({one.id for one in known}, outside))]
        return (*known, *made)

    _change(standing, added, outside)
    return made[0]


def change(standing: Standing, kind: Kind, name: str, wanted: Wanted, outside: Outside) -> ProtectedRef:
    """Change who may do what. Raises Forbidden, RecordNotFound, Unprocessable."""
    standing.needs("admin_project")
    changed: list[ProtectedRef] = []

    def with_change(known: Protections) -> Protections:
        old = _found(known, kind, name)
        changed[:] = [_changed(old, wanted, outside)]
        return tuple(changed[0] if one is old else one for one in known)

    _change(standing, with_change, outside)
    return changed[0]


def unprotect(standing: Standing, kind: Kind, name: str, outside: Outside) -> None:
    """Let everybody do again what their role allows. Raises Forbidden, RecordNotFound."""
    standing.needs("admin_project")

    def without(known: Protections) -> Protections:
        old = _found(known, kind, name)
        return tuple(one for one in known if one is not old)

    _change(standing, without, outside)


def named_users(refs: Sequence[ProtectedRef], outside: Outside) -> dict[int, str]:
    """Names of the users that have grants of their own, by id."""
    wanted = {grant.user_id for ref in refs for grant in (*ref.push, *ref.merge, *ref.create) if grant.user_id}
    found = [outside.users.user(user_id) for user_id in wanted]
    return {user.id: user.name for user in found if user is not None}


def _change(standing: Standing, change: Callable[[Protections], Protections], outside: Outside) -> None:
    for _ in range(TRIES):
        known, version = outside.stored.versioned(standing.project.id)
        failed = outside.stored.store(standing.project.id, change(known), version)
        if "owner" in failed:
            raise NotFound("Project")
        if "size" in failed:
            raise Unprocessable("Too many branches and tags are protected", code="too_many")
        if not failed:
            return
    raise Conflict("409 Conflict", code="busy")


def _changed(old: ProtectedRef, wanted: Wanted, outside: Outside) -> ProtectedRef:
    force = old.allow_force_push if wanted.allow_force_push is None else wanted.allow_force_push
    return replace(
        old,
        push=_granted(old.push, wanted.push, outside),
        merge=_granted(old.merge, wanted.merge, outside),
        create=_granted(old.create, wanted.create, outside),
        allow_force_push=force,
    )


def _granted(old: tuple[Grant, ...], wishes: tuple[Wish, ...], outside: Outside) -> tuple[Grant, ...]:
    grants = {grant.id: grant for grant in old}
    for wish in wishes:
        if wish.id is not None and wish.id not in grants:
            raise RecordNotFound
        if wish.destroy and wish.id is not None:
            del grants[wish.id]
            continue
        if wish.user_id is not None and outside.users.user(wish.user_id) is None:
            raise Unprocessable("Access levels user is not a member of the project", code="not_a_member")
        number = _free(grants, outside) if wish.id is None else wish.id
        grants[number] = Grant(number, wish.level, wish.user_id)
    return tuple(grants.values())


def _free(known: Container[int], outside: Outside) -> int:
    """A new number that none of these has: all are made at the same moment."""

    def untaken(number: int) -> int:
        if number in known:
            raise Taken
        return number

    return numbered(outside.moment.new_id, untaken)


def _found(known: Protections, kind: Kind, name: str) -> ProtectedRef:
    found = next((one for one in known if one.kind == kind and one.name == name), None)
    if found is None:
        raise RecordNotFound
    return found


def _taken(kind: Kind, name: str) -> Conflict | Unprocessable:
    if kind == "branch":
        return Conflict(f"Protected branch '{name}' already exists", code="taken")
    return Unprocessable("Name has already been taken", code="taken")
