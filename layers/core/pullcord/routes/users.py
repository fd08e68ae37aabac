"""/users: users and, for administrators, their personal access tokens."""

from dataclasses import dataclass

from pullcord.routes.auth import RouteAuth
from pullcord.usecases.users import delete_user, manage_personal_tokens, manage_users
from pullcord.usecases.users.manage_personal_tokens import NewPersonalToken
from pullcord.usecases.users.manage_users import UserFilter
from pullcord.wire import fields, pagination, user_json, user_params
from pullcord.wire.call import Call
from pullcord.wire.http import Answer
from pullcord.wire.params import read_params


@dataclass(frozen=True, slots=True)
class UserRoutes:
    """Operations on users."""

    auth: RouteAuth
    deps: manage_users.UserDeps
    tokens: manage_personal_tokens.PersonalTokenDeps
    deleting: delete_user.DeleteUserDeps

    def list_users(self, call: Call) -> Answer:
        """List users, newest first."""
        wanted = read_params(user_params.UserListParams, call)
        caller = self.auth.optional_user(call)
        found = manage_users.list_users(UserFilter(**wanted.sent()), caller, self.deps)
        rows, headers = pagination.page(call, found)
        return Answer(200, [user_json.user_for(caller, row, call.server) for row in rows], headers)

    def get_user(self, call: Call, user: str) -> Answer:
        """Read a user."""
        number = fields.identifier(user, "id")
        caller = self.auth.user(call)
        return Answer(200, user_json.user_for(caller, manage_users.find_user(number, self.deps), call.server))

    def create_user(self, call: Call) -> Answer:
        """Create a user."""
        wanted = user_params.new_user(call)
        caller = self.auth.user(call)
        created = manage_users.create_user(wanted, caller, self.deps)
        return Answer(201, user_json.admin_user(created, call.server))

    def update_user(self, call: Call, user: str) -> Answer:
        """Change a user."""
        number, wanted = fields.identifier(user, "id"), user_params.changed_user(call)
        caller = self.auth.user(call)
        changed = manage_users.update_user(number, wanted, caller, self.deps)
        return Answer(200, user_json.admin_user(changed, call.server))

    def delete_user(self, call: Call, user: str) -> Answer:
        """Delete a user."""
        number = fields.identifier(user, "id")
        caller = self.auth.user(call)
        delete_user.delete_user(number, caller, self.deleting)
        return Answer(204)

    def block_user(self, call: Call, user: str) -> Answer:
        """Block a user."""
        number = fields.identifier(user, "id")
        manage_users.block_user(number, self.auth.user(call), self.deps)
        return Answer(201, body=True)

    def unblock_user(self, call: Call, user: str) -> Answer:
        """Unblock a user."""
        number = fields.identifier(user, "id")
        manage_users.unblock_user(number, self.auth.user(call), self.deps)
        return Answer(201, body=True)

    def create_personal_access_token(self, call: Call, user: str) -> Answer:
        """Create a personal access token for a user."""
        number, sent = fields.identifier(user, "user_id"), read_params(user_params.NewToken, call)
        caller = self.auth.user(call)
        wanted = NewPersonalToken(
            number, sent.name, tuple(dict.fromkeys(sent.scopes)), sent.expires_at, sent.description
        )
        created, value = manage_personal_tokens.create_token(wanted, caller, self.tokens)
        return Answer(201, user_json.personal_token(created, self.tokens.today.isoformat(), value))
