"""Which door a call belongs to, when its path says so in a way that API Gateway's routes cannot."""

from pullcord.wire.paths import place


def door(method: str, path: str) -> str | None:
    """Name of the door for a path below /api/v4/projects; None for what nobody answers."""
    found = place(path)
    if found is None:
        return None
    first = found.rest.partition("/")[0]
    if found.rest.endswith("trigger/pipeline"):
        return "trigger" if method == "POST" else None
    if first in {"pipelines", "jobs"}:
        return "readings"
    return {"triggers": "triggers", "": "projects"}.get(first)
