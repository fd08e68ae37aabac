"""Which door a call belongs to, when its path says so in a way that API Gateway's routes cannot."""

import re

from pullcord.wire.paths import place

DOORS = {
    "pipelines": "readings",
    "jobs": "readings",
    "triggers": "triggers",
    "members": "settings",
    "variables": "settings",
    "protected_branches": "settings",
    "protected_tags": "settings",
    "repository": "repository",
}
"""What follows a project or group → who answers; Projects answers the rest."""

HEADS = re.compile(r"/api/v4/(user|version|metadata|namespaces(/[^/]+)?)\Z")
"""What else Projects answers to GET, by routes that HEAD has not."""


def door(method: str, path: str) -> str | None:
    """Name of the door for a path below /api/v4/projects or /api/v4/groups; None for what nobody answers."""
    found = place(path)
    if found is None:
        return "projects" if method == "HEAD" and HEADS.match(path) else None
    first = found.rest.partition("/")[0]
    if found.rest.endswith("trigger/pipeline") and first in {"trigger", "ref"}:
        return "trigger" if method == "POST" else None
    return DOORS.get(first, "projects")
