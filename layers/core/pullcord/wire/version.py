"""What version a client believes to talk to."""

VERSION: dict[str, object] = {"version": "19.2.0", "revision": "pullcord"}
"""The GitLab that our answers follow; `revision` says who really answers."""


def metadata(server: str) -> dict[str, object]:
    """GET /metadata."""
    kas = {"enabled": False, "externalUrl": None, "externalK8sProxyUrl": None, "version": None}
    return {**VERSION, "kas": kas, "enterprise": False, "external_url": server}
