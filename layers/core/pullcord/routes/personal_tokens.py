"""/personal_access_tokens."""

from dataclasses import dataclass

from pullcord.routes.auth import RouteAuth
from pullcord.tokens import PersonalToken
from pullcord.usecases.users import manage_personal_tokens
from pullcord.usecases.users.manage_personal_tokens import PersonalTokenFilter
from pullcord.wire import fields, pagination, user_json, user_params
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer
from pullcord.wire.params import read_params


@dataclass(frozen=True, slots=True)
class PersonalTokenRoutes:
    """Operations on personal access tokens."""

    auth: RouteAuth
    deps: manage_personal_tokens.PersonalTokenDeps

    def list_personal_access_tokens(self, call: Call) -> Answer:
        """List the caller's tokens; for an administrator all tokens."""
        wanted = read_params(user_params.PersonalTokenListParams, call)
        caller = self.auth.user(call)
        found = manage_personal_tokens.list_tokens(PersonalTokenFilter(**wanted.sent()), caller, self.deps)
        rows, headers = pagination.page(call, found)
        return Answer(200, [self._shape(row) for row in rows], headers)

    def get_own_token(self, call: Call) -> Answer:
        """Read the token that this call is made with."""
        return Answer(200, self._shape(self._own(call)))

    def revoke_own_token(self, call: Call) -> Answer:
        """Revoke the token that this call is made with."""
        manage_personal_tokens.revoke_token(self._own(call), self.deps)
        return Answer(204)

    def rotate_own_token(self, call: Call) -> Answer:
        """Rotate the token that this call is made with."""
        wanted = read_params(user_params.Rotation, call)
        return self._rotated(self._own(call), wanted)

    def get_personal_access_token(self, call: Call, token: str) -> Answer:
        """Read a token."""
        number = fields.identifier(token, "id")
        caller = self.auth.user(call)
        return Answer(200, self._shape(manage_personal_tokens.find_token(number, caller, self.deps)))

    def revoke_personal_access_token(self, call: Call, token: str) -> Answer:
        """Revoke a token."""
        number = fields.identifier(token, "id")
        caller = self.auth.user(call)
        manage_personal_tokens.revoke_token(manage_personal_tokens.find_token(number, caller, self.deps), self.deps)
        return Answer(204)

    def rotate_personal_access_token(self, call: Call, token: str) -> Answer:
        """Rotate a token."""
        number, wanted = fields.identifier(token, "id"), read_params(user_params.Rotation, call)
        caller = self.auth.user(call)
        return self._rotated(manage_personal_tokens.find_token(number, caller, self.deps), wanted)

    def _own(self, call: Call) -> PersonalToken:
        value = personal_token(call)
        self.auth.user(call)
        return manage_personal_tokens.own_token(value or "", self.deps)

    def _rotated(self, token: PersonalToken, wanted: user_params.Rotation) -> Answer:
        created, value = manage_personal_tokens.rotate_token(token, wanted.expires_at, self.deps)
        return Answer(200, self._shape(created, value))

    def _shape(self, token: PersonalToken, value: str | None = None) -> dict[str, object]:
        return user_json.personal_token(token, self.deps.today.isoformat(), value)
