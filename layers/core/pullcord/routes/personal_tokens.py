"""/personal_access_tokens: what opens this API, for its owners."""

from dataclasses import dataclass

from pullcord.tokens import PersonalToken
from pullcord.usecases.auth.authenticate import ANY, READ, ROTATE, WRITE
from pullcord.usecases.auth.authenticator import Admission
from pullcord.usecases.users import manage_personal_tokens
from pullcord.usecases.users.manage_personal_tokens import Filter
from pullcord.wire import fields, pagination, user_json, user_params
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer
from pullcord.wire.params import checked

LIST = "/api/v4/personal_access_tokens"
SELF = f"{LIST}/self"
ONE = f"{LIST}/<token>"
ROUTES = (
    ("GET", LIST, "index"),
    ("GET", SELF, "show_own"),
    ("DELETE", SELF, "revoke_own"),
    ("POST", f"{SELF}/rotate", "rotate_own"),
    ("GET", ONE, "show"),
    ("DELETE", ONE, "revoke"),
    ("POST", f"{ONE}/rotate", "rotate"),
)


@dataclass(frozen=True, slots=True)
class PersonalTokenRoutes:
    """Managing personal access tokens."""

    admission: Admission
    outside: manage_personal_tokens.Outside
    routes = ROUTES

    def index(self, call: Call) -> Answer:
        """The caller's tokens; for an administrator everybody's."""
        wanted = checked(user_params.TokenFilter, call)
        caller = self.admission.user(personal_token(call), READ)
        found = manage_personal_tokens.listed(Filter(**wanted.sent()), caller, self.outside)
        rows, headers = pagination.page(call, found)
        return Answer(200, [self._shape(row) for row in rows], headers)

    def show_own(self, call: Call) -> Answer:
        """The token that this call came with."""
        return Answer(200, self._shape(self._own(call, ANY)))

    def revoke_own(self, call: Call) -> Answer:
        """Let the token that this call came with be the last time."""
        manage_personal_tokens.revoke(self._own(call, ANY), self.outside)
        return Answer(204)

    def rotate_own(self, call: Call) -> Answer:
        """Exchange the token that this call came with."""
        wanted = checked(user_params.Rotation, call)
        return self._rotated(self._own(call, ROTATE), wanted)

    def show(self, call: Call, token: str) -> Answer:
        """One token."""
        number = fields.identifier(token, "id")
        caller = self.admission.user(personal_token(call), READ)
        return Answer(200, self._shape(manage_personal_tokens.one(number, caller, self.outside)))

    def revoke(self, call: Call, token: str) -> Answer:
        """Let a token open nothing any more."""
        number = fields.identifier(token, "id")
        caller = self.admission.user(personal_token(call), WRITE)
        manage_personal_tokens.revoke(manage_personal_tokens.one(number, caller, self.outside), self.outside)
        return Answer(204)

    def rotate(self, call: Call, token: str) -> Answer:
        """Exchange a token."""
        number, wanted = fields.identifier(token, "id"), checked(user_params.Rotation, call)
        caller = self.admission.user(personal_token(call), WRITE)
        return self._rotated(manage_personal_tokens.one(number, caller, self.outside), wanted)

    def _own(self, call: Call, scopes: tuple[str, ...]) -> PersonalToken:
        value = personal_token(call)
        self.admission.user(value, scopes)
        return manage_personal_tokens.own(value or "", self.outside)

    def _rotated(self, token: PersonalToken, wanted: user_params.Rotation) -> Answer:
        made, value = manage_personal_tokens.rotate(token, wanted.expires_at, self.outside)
        return Answer(200, self._shape(made, value))

    def _shape(self, token: PersonalToken, value: str | None = None) -> dict[str, object]:
        return user_json.personal_token(token, self.outside.today.isoformat(), value)
