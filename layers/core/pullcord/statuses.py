"""Statuses of pipelines and jobs: their names and groups.

Source: https://docs.gitlab.com/api/pipelines/#list-project-pipelines and https://docs.gitlab.com/api/jobs
"""

STATUSES = (
    "created",
    "waiting_for_resource",
    "preparing",
    "waiting_for_callback",
    "pending",
    "running",
    "success",
    "failed",
    "canceling",
    "canceled",
    "skipped",
    "manual",
    "scheduled",
)
"""Every status, in the order in which GitLab lists them."""

FINISHED = frozenset({"success", "failed", "canceled", "skipped"})
"""Statuses after which nothing runs any more, unless somebody retries."""

LABELS = {
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
"""Status → text and label of `detailed_status`."""
