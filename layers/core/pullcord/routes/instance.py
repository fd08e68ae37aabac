"""/user, /version, /metadata: what clients ask first."""

from dataclasses import dataclass

from pullcord.usecases.auth.authenticator import Admission
from pullcord.wire import pipeline_json, version
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer

ROUTES = (
    ("GET", "/api/v4/user", "user"),
    ("GET", "/api/v4/version", "version"),
    ("GET", "/api/v4/metadata", "metadata"),
)


@dataclass(frozen=True, slots=True)
class CallerRoutes:
    """Who is calling, and whom."""

    admission: Admission
    routes = ROUTES

    def user(self, call: Call) -> Answer:
        """Who the token belongs to."""
        return Answer(200, pipeline_json.current_user(self.admission.user(personal_token(call)), call.server))

    def version(self, call: Call) -> Answer:
        """Which GitLab we are like."""
        self.admission.user(personal_token(call))
        return Answer(200, version.VERSION)

    def metadata(self, call: Call) -> Answer:
        """The same, and more."""
        self.admission.user(personal_token(call))
        return Answer(200, version.metadata(call.server))
