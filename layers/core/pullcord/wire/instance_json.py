"""JSON of the instance: its version and metadata.

Source: https://docs.gitlab.com/api/version, /api/metadata
"""

from pullcord.version import GITLAB_VERSION, VERSION
from pullcord.wire.types import Json


def version() -> Json:
    """GET /version: the GitLab version that clients expect; the revision names the server."""
    return {"version": GITLAB_VERSION, "revision": "pullcord"}


def metadata(server: str) -> Json:
    """GET /metadata, with Pullcord's own version under `pullcord`."""
    kas = {"enabled": False, "externalUrl": None, "externalK8sProxyUrl": None, "version": None}
    ours = {"version": VERSION}
    return {**version(), "kas": kas, "enterprise": False, "external_url": server, "pullcord": ours}
