"""/variables of projects and groups, and /admin/ci/variables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from pullcord.usecases.auth.authenticate import READ, WRITE
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.settings import manage_variables
from pullcord.usecases.settings.manage_variables import Scope, Stored
from pullcord.wire import pagination, variable_params
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer


def _routes(variables: str) -> tuple[tuple[str, str, str], ...]:
    one = f"{variables}/<key>"
    return (
        ("GET", variables, "index"),
        ("POST", variables, "create"),
        ("GET", one, "show"),
        ("PUT", one, "update"),
        ("DELETE", one, "delete"),
    )


@dataclass(frozen=True, slots=True)
class _VariableRoutes:
    admission: Admission
    stored: Stored
    scoped: ClassVar[bool] = True

    def index(self, call: Call, **owner: str) -> Answer:
        """All variables."""
        found = manage_variables.all_of(self.scope(call, READ, **owner), self.stored)
        rows, headers = pagination.page(call, found)
        return Answer(200, [variable_params.variable(row, scoped=self.scoped) for row in rows], headers)

    def create(self, call: Call, **owner: str) -> Answer:
        """A new variable."""
        wanted, scope = variable_params.new(call), self.scope(call, WRITE, **owner)
        made = manage_variables.create(scope, wanted, self.stored)
        return Answer(201, variable_params.variable(made, scoped=self.scoped))

    def show(self, call: Call, key: str, **owner: str) -> Answer:
        """One variable."""
        environment, scope = variable_params.environment(call), self.scope(call, READ, **owner)
        found = manage_variables.one(scope, key, environment, self.stored)
        return Answer(200, variable_params.variable(found, scoped=self.scoped))

    def update(self, call: Call, key: str, **owner: str) -> Answer:
        """Another value, or other settings."""
        wanted, environment = variable_params.changes(call), variable_params.environment(call)
        scope = self.scope(call, WRITE, **owner)
        changed = manage_variables.update(scope, key, environment, wanted, self.stored)
        return Answer(200, variable_params.variable(changed, scoped=self.scoped))

    def delete(self, call: Call, key: str, **owner: str) -> Answer:
        """No such variable any more."""
        environment, scope = variable_params.environment(call), self.scope(call, WRITE, **owner)
        manage_variables.delete(scope, key, environment, self.stored)
        return Answer(204)

    def scope(self, call: Call, scopes: Sequence[str], **owner: str) -> Scope:
        """Whose variables they are."""
        raise NotImplementedError


class ProjectVariableRoutes(_VariableRoutes):
    """Variables of projects."""

    routes = _routes("/api/v4/projects/<project>/variables")

    def scope(self, call: Call, scopes: Sequence[str], **owner: str) -> Scope:
        """Those of a project."""
        return Scope.of_project(self.admission.member(personal_token(call), owner["project"], scopes))


class GroupVariableRoutes(_VariableRoutes):
    """Variables of groups."""

    routes = _routes("/api/v4/groups/<group>/variables")

    def scope(self, call: Call, scopes: Sequence[str], **owner: str) -> Scope:
        """Those of a group."""
        return Scope.of_group(self.admission.group(personal_token(call), owner["group"], scopes))


class InstanceVariableRoutes(_VariableRoutes):
    """Variables of the instance."""

    routes = _routes("/api/v4/admin/ci/variables")
    scoped: ClassVar[bool] = False

    def scope(self, call: Call, scopes: Sequence[str], **_: str) -> Scope:
        """Those of the instance."""
        return Scope.of_instance(self.admission.user(personal_token(call), scopes))
