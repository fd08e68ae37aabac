"""CI/CD variables of projects, groups and the instance, for those who maintain them.

Source: https://docs.gitlab.com/api/project_level_variables, /api/group_level_variables, /api/instance_level_ci_variables
"""

from collections.abc import Callable, Mapping, Sequence
from copy import replace
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from pullcord import variables
from pullcord.access import User
from pullcord.errors import Conflict, Invalid, NotFound
from pullcord.usecases.auth.group_access import GroupStanding
from pullcord.usecases.auth.project_access import Standing
from pullcord.usecases.users.manage_users import needs_admin
from pullcord.variables import SettingsVariable

Kind = Literal["project", "group", "instance"]
TRIES = 5
"""How often a change is tried that met somebody else's."""
SEVERAL = "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'"

Variables = tuple[SettingsVariable, ...]


class Stored(Protocol):
    """Where variables are kept."""

    def versioned(self, kind: Kind, number: int) -> tuple[Variables, int]:
        """Those of a project, a group or the instance, with their version."""
        ...

    def store(self, kind: Kind, number: int, variables: Sequence[SettingsVariable], version: int) -> frozenset[str]:
        """Put these in their place; what stood in the way: `list` (changed meanwhile), `owner` (gone), `size`."""
        ...


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose variables: of a project, a group, or the instance (number 0)."""

    kind: Kind
    number: int = 0

    @classmethod
    def of_project(cls, standing: Standing) -> "Scope":
        """A project's, for its maintainers. Raises Forbidden."""
        standing.needs("admin_build")
        return cls("project", standing.project.id)

    @classmethod
    def of_group(cls, standing: GroupStanding) -> "Scope":
        """A group's, for its owners. Raises Forbidden."""
        standing.needs("admin_group")
        return cls("group", standing.group.id)

    @classmethod
    def of_instance(cls, user: User) -> "Scope":
        """The instance's, for administrators. Raises Forbidden."""
        needs_admin(user)
        return cls("instance")

    def fitted(self, variable: SettingsVariable) -> SettingsVariable:
        """The variable as this scope takes it: the instance knows no environments."""
        return replace(variable, environment_scope="*") if self.kind == "instance" else variable


def all_of(scope: Scope, stored: Stored) -> Variables:
    """The variables of a scope."""
    return stored.versioned(scope.kind, scope.number)[0]


def one(scope: Scope, key: str, environment: str | None, stored: Stored) -> SettingsVariable:
    """A variable by its key and, where there are several, by its environment scope. Raises NotFound, Conflict."""
    return _found(all_of(scope, stored), key, environment)


def create(scope: Scope, new: SettingsVariable, stored: Stored) -> SettingsVariable:
    """A new variable. Raises Invalid, also for a key that is taken in the same environment scope."""
    made = scope.fitted(new)
    _check(made)

    def added(known: Variables) -> Variables:
        _refuse_taken(known, made)
        return (*known, made)

    _change(scope, added, stored)
    return made


def update(
    scope: Scope, key: str, environment: str | None, wanted: Mapping[str, Any], stored: Stored
) -> SettingsVariable:
    """Change the given fields of a variable. What is hidden stays hidden. Raises NotFound, Conflict, Invalid."""
    changed: list[SettingsVariable] = []

    def with_change(known: Variables) -> Variables:
        old = _found(known, key, environment)
        new = scope.fitted(replace(old, **wanted))
        if old.hidden and not new.masked:
            raise Invalid({"masked": ["cannot be changed for masked and hidden variables"]})
        _check(new)
        others = tuple(variable for variable in known if variable is not old)
        _refuse_taken(others, new)
        changed[:] = [new]
        return tuple(new if variable is old else variable for variable in known)

    _change(scope, with_change, stored)
    return changed[0]


def delete(scope: Scope, key: str, environment: str | None, stored: Stored) -> None:
    """Take a variable away. Raises NotFound, Conflict."""

    def without(known: Variables) -> Variables:
        old = _found(known, key, environment)
        return tuple(variable for variable in known if variable is not old)

    _change(scope, without, stored)


def _change(scope: Scope, change: Callable[[Variables], Variables], stored: Stored) -> None:
    for _ in range(TRIES):
        known, version = stored.versioned(scope.kind, scope.number)
        failed = stored.store(scope.kind, scope.number, change(known), version)
        if "owner" in failed:
            raise NotFound(scope.kind.capitalize())
        if "size" in failed:
            raise Invalid({"base": ["All variables together are too large"]}, code="too_large")
        if not failed:
            return
    raise Conflict("409 Conflict", code="busy")


def _found(known: Variables, key: str, environment: str | None) -> SettingsVariable:
    found = [one for one in known if one.key == key and environment in {None, one.environment_scope}]
    if len(found) > 1:
        raise Conflict(SEVERAL, code="several")
    if not found:
        raise NotFound("Variable")
    return found[0]


def _refuse_taken(known: Variables, new: SettingsVariable) -> None:
    if any(one.key == new.key and one.environment_scope == new.environment_scope for one in known):
        raise Invalid({"key": [f"({new.key}) has already been taken"]}, code="taken")


def _check(variable: SettingsVariable) -> None:
    if found := variables.problems(variable):
        raise Invalid(found)
