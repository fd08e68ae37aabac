"""Times as GitLab's API writes them, and the runtime services of one invocation: clock, random source, sleep."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from pullcord.ids import new

DAY = 86_400
"""Seconds."""


def iso(time: datetime) -> str:
    """UTC with milliseconds: `2026-03-01T10:20:30.456Z`."""
    return time.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parsed(text: str) -> datetime | None:
    """A time from ISO 8601 text, in UTC; None if the text is none. A date counts as its midnight in UTC."""
    try:
        time = datetime.fromisoformat(text.strip())
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except (ValueError, OverflowError):  # year 1 and year 9999 have hours that cannot be expressed in UTC
        return None


class Clock(Protocol):
    """A source of the current time, in UTC."""

    def __call__(self) -> datetime:
        """The current time."""
        ...


class Random(Protocol):
    """A source of unpredictable random bytes."""

    def __call__(self, size: int, /) -> bytes:
        """`size` random bytes."""
        ...


class Runtime(NamedTuple):
    """Clock, random source and sleep function of one invocation, injectable for tests."""

    clock: Clock
    random: Random
    sleep: Callable[[float], None]

    @property
    def now(self) -> str:
        """The current time, as GitLab writes it."""
        return iso(self.clock())

    @property
    def today(self) -> str:
        """The current date in UTC, YYYY-MM-DD."""
        return self.now[:10]

    @property
    def seconds(self) -> int:
        """The current time in Unix seconds."""
        return int(self.clock().timestamp())

    def new_id(self) -> int:
        """An id for a new object."""
        return new(int(self.clock().timestamp() * 1000), int.from_bytes(self.random(2)))
