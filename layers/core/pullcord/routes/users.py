"""/users: people, for administrators to keep and for everybody to find."""

from dataclasses import dataclass

from pullcord.usecases.auth.authenticate import READ_USER, WRITE
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.users import delete_user, manage_personal_tokens, manage_users
from pullcord.usecases.users.manage_personal_tokens import Wanted
from pullcord.usecases.users.manage_users import Filter
from pullcord.wire import fields, pagination, user_json, user_params
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer
from pullcord.wire.params import checked

LIST = "/api/v4/users"
ONE = f"{LIST}/<user>"
ROUTES = (
    ("GET", LIST, "index"),
    ("POST", LIST, "create"),
    ("GET", ONE, "show"),
    ("PUT", ONE, "update"),
    ("DELETE", ONE, "delete"),
    ("POST", f"{ONE}/block", "block"),
    ("POST", f"{ONE}/unblock", "unblock"),
    ("POST", f"{ONE}/personal_access_tokens", "create_token"),
)


@dataclass(frozen=True, slots=True)
class UserRoutes:
    """Managing users."""

    admission: Admission
    outside: manage_users.Outside
    tokens: manage_personal_tokens.Outside
    deleting: delete_user.Outside
    routes = ROUTES

    def index(self, call: Call) -> Answer:
        """Users, newest first."""
        wanted = checked(user_params.UserFilter, call)
        caller = self.admission.anyone(personal_token(call), READ_USER)
        found = manage_users.listed(Filter(**wanted.sent()), caller, self.outside)
        rows, headers = pagination.page(call, found)
        return Answer(200, [user_json.user_for(caller, row, call.server) for row in rows], headers)

    def show(self, call: Call, user: str) -> Answer:
        """One user."""
        number = fields.identifier(user, "id")
        caller = self.admission.user(personal_token(call), READ_USER)
        return Answer(200, user_json.user_for(caller, manage_users.one(number, self.outside), call.server))

    def create(self, call: Call) -> Answer:
        """A new user."""
        wanted = user_params.new_user(call)
        caller = self.admission.user(personal_token(call), WRITE)
        made = manage_users.create(wanted, caller, self.outside)
        return Answer(201, user_json.admin_user(made, call.server))

    def update(self, call: Call, user: str) -> Answer:
        """Another name, address or right."""
        number, wanted = fields.identifier(user, "id"), user_params.changed_user(call)
        caller = self.admission.user(personal_token(call), WRITE)
        changed = manage_users.update(number, wanted, caller, self.outside)
        return Answer(200, user_json.admin_user(changed, call.server))

    def delete(self, call: Call, user: str) -> Answer:
        """Nobody any more, and their tokens nothing."""
        number = fields.identifier(user, "id")
        caller = self.admission.user(personal_token(call), WRITE)
        delete_user.delete_user(number, caller, self.deleting)
        return Answer(204)

    def block(self, call: Call, user: str) -> Answer:
        """Let somebody do nothing."""
        number = fields.identifier(user, "id")
        manage_users.block(number, self.admission.user(personal_token(call), WRITE), self.outside)
        return Answer(201, body=True)

    def unblock(self, call: Call, user: str) -> Answer:
        """Let somebody work again."""
        number = fields.identifier(user, "id")
        manage_users.unblock(number, self.admission.user(personal_token(call), WRITE), self.outside)
        return Answer(201, body=True)

    def create_token(self, call: Call, user: str) -> Answer:
        """A personal access token for a user, its value for the only time."""
        number, sent = fields.identifier(user, "user_id"), checked(user_params.NewToken, call)
        caller = self.admission.user(personal_token(call), WRITE)
        wanted = Wanted(number, sent.name, tuple(dict.fromkeys(sent.scopes)), sent.expires_at, sent.description)
        made, value = manage_personal_tokens.create(wanted, caller, self.tokens)
        return Answer(201, user_json.personal_token(made, self.tokens.today.isoformat(), value))
