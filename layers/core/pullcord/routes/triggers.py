"""/projects/:id/triggers: trigger tokens for their maintainers."""

from dataclasses import dataclass

from pullcord.access import User
from pullcord.tokens import Trigger
from pullcord.usecases.auth.authenticate import READ
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.triggers import manage_triggers, show_triggers
from pullcord.wire import fields, pagination, pipeline_json
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer

LIST = "/api/v4/projects/<project>/triggers"
ONE = f"{LIST}/<trigger>"
ROUTES = (
    ("GET", LIST, "index"),
    ("POST", LIST, "create"),
    ("GET", ONE, "show"),
    ("PUT", ONE, "update"),
    ("DELETE", ONE, "delete"),
)


@dataclass(frozen=True, slots=True)
class TriggerRoutes:
    """Managing trigger tokens. Parameters are checked before credentials, as in GitLab."""

    admission: Admission
    outside: manage_triggers.Outside
    showing: show_triggers.Outside
    routes = ROUTES

    def index(self, call: Call, project: str) -> Answer:
        """The project's triggers."""
        standing = self.admission.member(personal_token(call), project, READ)
        rows, headers = pagination.page(call, manage_triggers.all_of(standing, self.outside))
        shown = show_triggers.show(rows, standing.user, self.showing)
        return Answer(200, [pipeline_json.trigger(one, call.server) for one in shown], headers)

    def show(self, call: Call, project: str, trigger: str) -> Answer:
        """One trigger."""
        number = fields.identifier(trigger, "trigger_id")
        standing = self.admission.member(personal_token(call), project, READ)
        standing.needs("admin_build")
        return self._answer(call, 200, manage_triggers.one_of(standing.project, number, self.outside), standing.user)

    def create(self, call: Call, project: str) -> Answer:
        """A new trigger token."""
        description = fields.text(call, "description", required=True)
        expires_at = fields.moment(call, "expires_at")
        standing = self.admission.member(personal_token(call), project)
        made = manage_triggers.create(standing, description or "", expires_at, self.outside)
        return self._answer(call, 201, made, standing.user)

    def update(self, call: Call, project: str, trigger: str) -> Answer:
        """Another description; without one, none."""
        number, description = fields.identifier(trigger, "trigger_id"), fields.text(call, "description")
        standing = self.admission.member(personal_token(call), project)
        changed = manage_triggers.describe(standing, number, description, self.outside)
        return self._answer(call, 200, changed, standing.user)

    def delete(self, call: Call, project: str, trigger: str) -> Answer:
        """Revoke a trigger token."""
        number = fields.identifier(trigger, "trigger_id")
        standing = self.admission.member(personal_token(call), project)
        since = fields.header_moment(call.headers, "if-unmodified-since")
        manage_triggers.revoke(standing, number, since, self.outside)
        return Answer(204)

    def _answer(self, call: Call, status: int, trigger: Trigger, user: User | None) -> Answer:
        shown = show_triggers.show([trigger], user, self.showing)
        return Answer(status, pipeline_json.trigger(shown[0], call.server))
