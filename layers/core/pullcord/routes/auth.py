"""Who makes a call and what they may do: the credentials of the call, checked as its route asks for it."""

from dataclasses import dataclass

from pullcord.access import User
from pullcord.callers import Caller
from pullcord.errors import Unauthorized
from pullcord.times import Runtime
from pullcord.usecases.auth.authenticator import Authenticator
from pullcord.usecases.auth.group_access import GroupAccess
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.people_ports import Directory, Users
from pullcord.usecases.ports import Peppers, TokenRecords
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token


@dataclass(frozen=True, slots=True)
class RouteAuth:
    """The authenticator as routes use it: scopes, and whether a token is needed, come from the list of routes."""

    authenticator: Authenticator

    def caller(self, call: Call) -> Caller:
        """Look up the caller, once per call. Raises as `Authenticator.caller`."""
        if call.caller is None:
            route = call.route
            call.caller = self.authenticator.caller(personal_token(call), route.scopes, anonymous=route.anonymous)
        return call.caller

    def optional_user(self, call: Call) -> User | None:
        """The caller's user; None for an anonymous caller."""
        return self.caller(call).user

    def user(self, call: Call) -> User:
        """The caller's user. Raises Unauthorized for an anonymous caller."""
        user = self.caller(call).user
        if user is None:
            raise Unauthorized(code="no_token")
        return user

    def project(self, call: Call, project: str) -> ProjectAccess:
        """A project, by number or path, and the caller's rights in it."""
        return self.authenticator.project(self.caller(call), project)

    def group(self, call: Call, group: str) -> GroupAccess:
        """A group, by number or path, and the caller's rights in it."""
        return self.authenticator.group(self.caller(call), group)


def route_auth(
    peppers: Peppers, tokens: TokenRecords, users: Users, directory: Directory, runtime: Runtime
) -> RouteAuth:
    """The authentication of a function's routes. users: where the caller's user is read."""
    return RouteAuth(Authenticator(peppers, tokens, users, directory, runtime))
