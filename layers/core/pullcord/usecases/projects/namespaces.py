"""Find namespaces: groups and users' own, and whether a path is free.

Source: https://docs.gitlab.com/api/namespaces
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count
from typing import NamedTuple

from pullcord import ids
from pullcord.access import Level, User
from pullcord.errors import NotFound
from pullcord.naming import path_suggestion
from pullcord.projects import Namespace
from pullcord.usecases.projects.list_projects import (
    ListDeps,
    Order,
    ProjectFilter,
    levels,
    list_groups,
    matches_search,
)

COUNTED_SUFFIXES = 4
"""Suffixes that are counted from 1 before larger ones are tried."""


@dataclass(frozen=True, slots=True)
class NamespaceFilter:
    """Criteria of a list of namespaces; None: any. full_path_search: search in paths and names with those above."""

    search: str | None = None
    owned: bool | None = None
    top_level_only: bool | None = None
    full_path_search: bool | None = None


class Existence(NamedTuple):
    """Whether a path is taken, and free paths to use instead."""

    exists: bool
    suggests: tuple[str, ...] = ()


def list_namespaces(wanted: NamespaceFilter, user: User, deps: ListDeps) -> list[Namespace]:
    """The user's own namespace and the groups that they are a member of; for an administrator all namespaces."""
    groups = ProjectFilter(membership=not user.admin, owned=wanted.owned, top_level_only=wanted.top_level_only)
    found = list_groups(groups, Order("id", ascending=True), user, deps)
    people = deps.users.users().values() if user.admin and not wanted.owned else [user]
    own = _own_namespaces(people, deps)
    return [one for one in (*own, *found) if _is_found(one, wanted)]


def find_namespace(wanted: str, user: User, deps: ListDeps) -> Namespace:
    """A namespace of `list_namespaces` by number or path; digits are always a number. Raises NotFound."""
    number = ids.parse(wanted)
    namespace_id = deps.directory.group_id(wanted) if number is None else number
    namespace = deps.directory.namespace(namespace_id) if namespace_id else None
    if namespace is None or not (number or namespace.full_path.lower() == wanted.lower()):
        raise NotFound("Namespace")
    member = namespace.kind == "group" and levels(user, deps).in_group(namespace) >= Level.GUEST
    if not (user.admin or namespace.owner_id == user.id or member):
        raise NotFound("Namespace")
    return namespace


def _own_namespaces(people: Iterable[User], deps: ListDeps) -> list[Namespace]:
    return deps.groups.namespaces([person.namespace_id for person in people if person.namespace_id])


def _is_found(namespace: Namespace, wanted: NamespaceFilter) -> bool:
    names = (
        (namespace.full_path, namespace.display_name) if wanted.full_path_search else (namespace.path, namespace.name)
    )
    return matches_search(wanted.search, *names)


def namespace_exists(path: str, parent_id: int | None, deps: ListDeps) -> Existence:
    """Whether a group directly in a group, or a top-level group or user, has this path. Digits are a path, too."""
    siblings = _siblings(parent_id, deps)
    if not any(one.path.lower() == path.lower() for one in siblings):
        return Existence(exists=False)
    taken = {name.lower() for one in siblings for name in (one.path, one.name)}
    base = path_suggestion(path)
    free = next(path for path in _candidates(base, deps) if path.lower() not in taken)
    return Existence(exists=True, suggests=(free,))


def _siblings(parent_id: int | None, deps: ListDeps) -> list[Namespace]:
    if parent_id is not None:
        return [group for group in deps.groups.groups_below(parent_id) if group.parent_id == parent_id]
    top = [group for group in deps.groups.groups() if group.parent_id is None]
    return [*top, *_own_namespaces(deps.users.users().values(), deps)]


def _candidates(base: str, deps: ListDeps) -> Iterator[str]:
    """The path itself, with a small number, and with numbers that hardly anybody has."""
    now = deps.runtime.clock()
    rare = int(f"{now:%f}"[:3] + f"{now:%M%V}")
    return chain([base], (f"{base}{suffix}" for suffix in chain(range(1, COUNTED_SUFFIXES + 1), count(rare))))
