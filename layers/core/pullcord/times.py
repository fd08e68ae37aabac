"""Moments as GitLab's API writes them."""

from datetime import UTC, datetime


def iso(moment: datetime) -> str:
    """UTC with milliseconds: `2026-03-01T10:20:30.456Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parsed(text: str) -> datetime | None:
    """A moment from ISO 8601 text (a date counts as its first moment in UTC); None if it is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
