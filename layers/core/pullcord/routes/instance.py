"""/user, /version and /metadata: what clients ask first."""

from dataclasses import dataclass

from pullcord.routes.auth import RouteAuth
from pullcord.wire import instance_json, user_json
from pullcord.wire.call import Call
from pullcord.wire.http import Answer


@dataclass(frozen=True, slots=True)
class InstanceRoutes:
    """Operations on the instance and the caller."""

    auth: RouteAuth

    def get_current_user(self, call: Call) -> Answer:
        """Read the caller's own user."""
        return Answer(200, user_json.current_user(self.auth.user(call), call.server))

    def get_version(self, call: Call) -> Answer:
        """Read the GitLab version that the answers follow."""
        self.auth.user(call)
        return Answer(200, instance_json.version())

    def get_metadata(self, call: Call) -> Answer:
        """Read the version and other facts about the instance."""
        self.auth.user(call)
        return Answer(200, instance_json.metadata(call.server))
