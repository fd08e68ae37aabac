"""HTTP basic authentication: its header, and which remotes are known to want it."""

from base64 import b64encode

from pullcord.git.commit_cache import RecentlyUsed, digest
from pullcord.git.policy import MEBIBYTE
from pullcord.git.remotes import Remote

WANTED: RecentlyUsed[bytes] = RecentlyUsed(MEBIBYTE)
"""Remotes that answered only after a login: whoever asks them again saves the refusal."""


def headers(remote: Remote) -> dict[str, str]:
    """The header that says who is asking, if anybody is."""
    if remote.credentials is None:
        return {}
    pair = f"{remote.credentials.username}:{remote.credentials.password}"
    return {"Authorization": f"Basic {b64encode(pair.encode('utf-8', 'surrogateescape')).decode()}"}


def is_wanted(remote: Remote) -> bool:
    """Whether this remote had to be logged in to before, so far as this process remembers."""
    return remote.credentials is None and WANTED.get(digest(remote.url)) is not None


def get_or_fetch(remote: Remote) -> None:
    """Log in to this remote at once the next time."""
    WANTED.put(digest(remote.url), b"1")
