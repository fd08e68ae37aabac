"""Manage the CI/CD variables of projects, groups and the instance.

Source: https://docs.gitlab.com/api/project_level_variables, /api/group_level_variables, /api/instance_level_ci_variables
"""

from collections.abc import Callable, Mapping
from copy import replace
from dataclasses import dataclass
from typing import Any

from pullcord import variables
from pullcord.access import User, require_admin
from pullcord.errors import Conflict, Invalid, NotFound
from pullcord.usecases.auth.group_access import GroupAccess
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.ports import VariableOwner
from pullcord.usecases.ports import Variables as VariableStore
from pullcord.variables import SettingsVariable

ATTEMPTS = 5
"""Attempts to change what somebody else changes at the same time."""
SEVERAL = "There are multiple variables with provided parameters. Please use 'filter[environment_scope]'"

Variables = tuple[SettingsVariable, ...]


@dataclass(frozen=True, slots=True)
class VariableScope:
    """The owner of variables: a project, a group, or the instance (number 0)."""

    kind: VariableOwner
    number: int = 0

    @classmethod
    def of_project(cls, access: ProjectAccess) -> "VariableScope":
        """The variables of a project, for its maintainers. Raises Forbidden."""
        access.require("admin_build")
        return cls("project", access.project.id)

    @classmethod
    def of_group(cls, access: GroupAccess) -> "VariableScope":
        """The variables of a group, for its owners. Raises Forbidden."""
        access.require("admin_group")
        return cls("group", access.group.id)

    @classmethod
    def of_instance(cls, user: User) -> "VariableScope":
        """The variables of the instance, for administrators. Raises Forbidden."""
        require_admin(user)
        return cls("instance")

    def fitted(self, variable: SettingsVariable) -> SettingsVariable:
        """The variable as this owner stores it: the instance has no environment scopes."""
        return replace(variable, environment_scope="*") if self.kind == "instance" else variable


def list_variables(scope: VariableScope, store: VariableStore) -> Variables:
    """All variables of an owner."""
    return store.versioned(scope.kind, scope.number)[0]


def find_variable(scope: VariableScope, key: str, environment: str | None, store: VariableStore) -> SettingsVariable:
    """A variable by its key and, where there are several, by its environment scope. Raises NotFound, Conflict."""
    return _found(list_variables(scope, store), key, environment)


def create_variable(scope: VariableScope, new: SettingsVariable, store: VariableStore) -> SettingsVariable:
    """Create a variable. Raises Invalid, also for a key that is taken in the same environment scope."""
    created = scope.fitted(new)
    _check(created)

    def added(known: Variables) -> Variables:
        _refuse_taken(known, created)
        return (*known, created)

    _change(scope, added, store)
    return created


def update_variable(
    scope: VariableScope, key: str, environment: str | None, wanted: Mapping[str, Any], store: VariableStore
) -> SettingsVariable:
    """Change the given fields of a variable. A hidden variable stays hidden. Raises NotFound, Conflict, Invalid."""
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

    _change(scope, with_change, store)
    return changed[0]


def delete_variable(scope: VariableScope, key: str, environment: str | None, store: VariableStore) -> None:
    """Delete a variable. Raises NotFound, Conflict."""

    def without(known: Variables) -> Variables:
        old = _found(known, key, environment)
        return tuple(variable for variable in known if variable is not old)

    _change(scope, without, store)


def _change(scope: VariableScope, change: Callable[[Variables], Variables], store: VariableStore) -> None:
    for _ in range(ATTEMPTS):
        known, version = store.versioned(scope.kind, scope.number)
        failed = store.store(scope.kind, scope.number, change(known), version)
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
