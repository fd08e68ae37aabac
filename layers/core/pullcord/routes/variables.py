"""/variables of projects and groups, and /admin/ci/variables."""

from dataclasses import dataclass
from typing import ClassVar

from pullcord.routes.auth import RouteAuth
from pullcord.usecases.ports import Variables
from pullcord.usecases.settings import manage_variables
from pullcord.usecases.settings.manage_variables import VariableScope
from pullcord.wire import pagination, variable_json, variable_params
from pullcord.wire.call import Call
from pullcord.wire.http import Answer


@dataclass(frozen=True, slots=True)
class _VariableRoutes:
    auth: RouteAuth
    stored: Variables
    scoped: ClassVar[bool] = True

    def list_variables(self, call: Call, **owner: str) -> Answer:
        """List the variables."""
        found = manage_variables.list_variables(self.scope(call, **owner), self.stored)
        rows, headers = pagination.page(call, found)
        return Answer(200, [variable_json.variable(row, scoped=self.scoped) for row in rows], headers)

    def create_variable(self, call: Call, **owner: str) -> Answer:
        """Create a variable."""
        wanted, scope = variable_params.new(call), self.scope(call, **owner)
        created = manage_variables.create_variable(scope, wanted, self.stored)
        return Answer(201, variable_json.variable(created, scoped=self.scoped))

    def get_variable(self, call: Call, key: str, **owner: str) -> Answer:
        """Read a variable."""
        environment, scope = variable_params.environment_scope(call), self.scope(call, **owner)
        found = manage_variables.find_variable(scope, key, environment, self.stored)
        return Answer(200, variable_json.variable(found, scoped=self.scoped))

    def update_variable(self, call: Call, key: str, **owner: str) -> Answer:
        """Change a variable."""
        wanted, environment = variable_params.changes(call), variable_params.environment_scope(call)
        scope = self.scope(call, **owner)
        changed = manage_variables.update_variable(scope, key, environment, wanted, self.stored)
        return Answer(200, variable_json.variable(changed, scoped=self.scoped))

    def delete_variable(self, call: Call, key: str, **owner: str) -> Answer:
        """Delete a variable."""
        environment, scope = variable_params.environment_scope(call), self.scope(call, **owner)
        manage_variables.delete_variable(scope, key, environment, self.stored)
        return Answer(204)

    def scope(self, call: Call, **owner: str) -> VariableScope:
        """The owner of the variables, with the caller's rights checked."""
        raise NotImplementedError


class ProjectVariableRoutes(_VariableRoutes):
    """Operations on variables of projects."""

    qualifier = "project_"

    def scope(self, call: Call, **owner: str) -> VariableScope:
        """The variables of a project."""
        return VariableScope.of_project(self.auth.project(call, owner["project"]))


class GroupVariableRoutes(_VariableRoutes):
    """Operations on variables of groups."""

    qualifier = "group_"

    def scope(self, call: Call, **owner: str) -> VariableScope:
        """The variables of a group."""
        return VariableScope.of_group(self.auth.group(call, owner["group"]))


class InstanceVariableRoutes(_VariableRoutes):
    """Operations on variables of the instance."""

    qualifier = "instance_"

    scoped: ClassVar[bool] = False

    def scope(self, call: Call, **_: str) -> VariableScope:
        """The variables of the instance."""
        return VariableScope.of_instance(self.auth.user(call))
