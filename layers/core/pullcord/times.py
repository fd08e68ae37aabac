"""Moments, as GitLab's API writes them, and what one call takes from its moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from pullcord.ids import fresh

DAY = 86_400
"""Seconds."""


def iso(moment: datetime) -> str:
    """UTC with milliseconds: `2026-03-01T10:20:30.456Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parsed(text: str) -> datetime | None:
    """A moment from ISO 8601 text (a date counts as its first moment in UTC), in UTC; None if it is none."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # the first and the last day of all years have hours that UTC has not
        return None


class Clock(Protocol):
    """What time it is, in UTC."""

    def __call__(self) -> datetime:
        """Now."""
        ...


class Random(Protocol):
    """Random bytes that nobody can guess."""

    def __call__(self, size: int, /) -> bytes:
        """That many of them."""
        ...


class Moment(NamedTuple):
    """Clock, dice and patience of one call."""

    clock: Clock
    random: Random
    sleep: Callable[[float], None]

    @property
    def now(self) -> str:
        """Now, as GitLab writes it."""
        return iso(self.clock())

    @property
    def seconds(self) -> int:
        """Now, in Unix seconds."""
        return int(self.clock().timestamp())

    def new_id(self) -> int:
        """An identifier for something new."""
        return fresh(int(self.clock().timestamp() * 1000), int.from_bytes(self.random(2)))
