"""/projects/:id/triggers: trigger tokens."""

from dataclasses import dataclass

from pullcord.access import User
from pullcord.routes.auth import RouteAuth
from pullcord.tokens import Trigger
from pullcord.usecases.triggers import manage_triggers, show_triggers
from pullcord.wire import fields, pagination, trigger_json
from pullcord.wire.call import Call
from pullcord.wire.http import Answer


@dataclass(frozen=True, slots=True)
class TriggerTokenRoutes:
    """Operations on trigger tokens. Parameters are checked before credentials, as in GitLab."""

    auth: RouteAuth
    deps: manage_triggers.TriggerTokenDeps
    showing: show_triggers.ShowTriggersDeps

    def list_triggers(self, call: Call, project: str) -> Answer:
        """List the project's trigger tokens."""
        access = self.auth.project(call, project)
        rows, headers = pagination.page(call, manage_triggers.list_triggers(access, self.deps))
        shown = show_triggers.show_triggers(rows, access.user, self.showing)
        return Answer(200, [trigger_json.trigger(one, call.server) for one in shown], headers)

    def get_trigger(self, call: Call, project: str, trigger: str) -> Answer:
        """Read a trigger token."""
        number = fields.identifier(trigger, "trigger_id")
        access = self.auth.project(call, project)
        access.require("admin_build")
        return self._answer(call, 200, manage_triggers.find_trigger(access.project, number, self.deps), access.user)

    def create_trigger(self, call: Call, project: str) -> Answer:
        """Create a trigger token."""
        description = fields.text(call, "description", required=True)
        expires_at = fields.timestamp(call, "expires_at")
        access = self.auth.project(call, project)
        created = manage_triggers.create_trigger(access, description or "", expires_at, self.deps)
        return self._answer(call, 201, created, access.user)

    def update_trigger(self, call: Call, project: str, trigger: str) -> Answer:
        """Change a trigger token's description."""
        number, description = fields.identifier(trigger, "trigger_id"), fields.text(call, "description")
        access = self.auth.project(call, project)
        changed = manage_triggers.describe_trigger(access, number, description, self.deps)
        return self._answer(call, 200, changed, access.user)

    def delete_trigger(self, call: Call, project: str, trigger: str) -> Answer:
        """Revoke a trigger token."""
        number = fields.identifier(trigger, "trigger_id")
        access = self.auth.project(call, project)
        since = fields.http_date(call.headers, "if-unmodified-since")
        manage_triggers.revoke_trigger(access, number, since, self.deps)
        return Answer(204)

    def _answer(self, call: Call, status: int, trigger: Trigger, user: User | None) -> Answer:
        shown = show_triggers.show_triggers([trigger], user, self.showing)
        return Answer(status, trigger_json.trigger(shown[0], call.server))
