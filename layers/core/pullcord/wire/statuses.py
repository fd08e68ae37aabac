"""How GitLab shows a status: `detailed_status` of pipelines and jobs."""

NAMES = {
    "created": ("Created", "created"),
    "waiting_for_resource": ("Waiting", "waiting for resource"),
    "preparing": ("Preparing", "preparing"),
    "waiting_for_callback": ("Waiting", "waiting for callback"),
    "pending": ("Pending", "pending"),
    "running": ("Running", "running"),
    "success": ("Passed", "passed"),
    "failed": ("Failed", "failed"),
    "canceling": ("Canceling", "canceling"),
    "canceled": ("Canceled", "canceled"),
    "skipped": ("Skipped", "skipped"),
    "manual": ("Manual", "waiting for manual action"),
    "scheduled": ("Scheduled", "waiting for delayed job"),
}
"""Status → text and label; the tooltip is the label of most."""


def detailed(status: str, path: str) -> dict[str, object]:
    """`detailed_status` as the API shows it: without a user, so it leads nowhere (`has_details` false)."""
    text, label = NAMES[status]
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
