"""Authentication: from a personal access token to a caller, and from a caller to what they may do in a project or group.

Source: https://docs.gitlab.com/api/rest/authentication and https://docs.gitlab.com/api/personal_access_tokens
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pullcord.access import User
from pullcord.callers import ANONYMOUS, Caller
from pullcord.errors import Forbidden, InsufficientScope, InvalidToken, Unauthorized
from pullcord.times import Runtime
from pullcord.usecases.auth.group_access import GroupAccess, authorize_group
from pullcord.usecases.auth.project_access import ProjectAccess, authorize_project
from pullcord.usecases.people_ports import Directory, Users
from pullcord.usecases.ports import Peppers, TokenRecords

EXPIRED = "Token is expired. You can either do re-authorization or token refresh."
REVOKED = "Token was revoked. You have to re-authorize from the user."


@dataclass(frozen=True, slots=True)
class Authenticator:
    """Looks up callers and their rights. users: where the caller's user is read; directory: projects and groups."""

    peppers: Peppers
    tokens: TokenRecords
    users: Users
    directory: Directory
    runtime: Runtime

    def caller(self, token: str | None, scopes: Sequence[str], *, anonymous: bool) -> Caller:
        """Look up the caller of a personal access token.

        scopes:    the token needs one of these; none if empty
        anonymous: whether a call without a token is allowed
        Raises Unauthorized (no token, unknown), InvalidToken (expired, revoked), InsufficientScope, Forbidden (blocked).
        """
        if token is None:
            if not anonymous:
                raise Unauthorized(code="no_token")
            return ANONYMOUS
        record = self.tokens.find(self.peppers.keyring().digests(token))
        if record is None or record.kind != "personal":
            raise Unauthorized(code="unknown_token")
        if record.revoked:
            raise InvalidToken(REVOKED, code="token_revoked")
        if record.expired(self.runtime.now):
            raise InvalidToken(EXPIRED, code="token_expired")
        if scopes and not set(scopes) & set(record.scopes):
            raise InsufficientScope(" ".join(scopes))
        return Caller("person", self._active_user(record.user_id), record.scopes, record.token_id)

    def project(self, caller: Caller, project: str) -> ProjectAccess:
        """Look up a project by number or path and what the caller may do in it. Raises NotFound, Moved."""
        return authorize_project(project, caller.user, self.directory, self.runtime.today)

    def group(self, caller: Caller, group: str) -> GroupAccess:
        """Look up a group by number or path and what the caller may do in it. Raises NotFound."""
        return authorize_group(group, caller.user, self.directory, self.runtime.today)

    def _active_user(self, user_id: int) -> User:
        user = self.users.user(user_id)
        if user is None:
            raise Unauthorized(code="user_deleted")
        if user.state != "active":
            raise Forbidden("Your account has been blocked.", code="user_blocked")
        return user
