"""JSON of `detailed_status`."""

from pullcord.statuses import LABELS
from pullcord.wire.types import Json


def detailed_status(status: str, path: str) -> Json:
    """The `detailed_status` of a pipeline or job. `has_details` is false, as in GitLab's API."""
    text, label = LABELS[status]
    return {
        "icon": f"status_{'pending' if status.startswith('waiting') else status}",
        "text": text,
        "label": label,
        "group": status.replace("_", "-"),
        "tooltip": label if status == "success" else status.replace("_", " "),
        "has_details": False,
        "details_path": path,
        "illustration": None,
        "favicon": f"/assets/favicon_{status}.png",
    }
