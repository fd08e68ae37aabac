"""A time limit for work that cannot be interrupted otherwise: an alarm signal of the process, for the main thread."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pullcord.errors import Refusal

REPEAT_SECONDS = 0.25
"""Interval at which the alarm repeats: Python discards exceptions raised while an object is being finalised."""


class _TimeUp(BaseException):
    """An exception that no `except Exception` catches."""


@contextmanager
def deadline(seconds: float, refusal: Refusal) -> Iterator[None]:
    """Raise the refusal inside the `with` block after so many seconds. For the main thread; not nested."""
    armed = True

    def on_alarm(_signal: int, _frame: FrameType | None) -> None:
        if armed:
            raise _TimeUp

    before = signal.signal(signal.SIGALRM, on_alarm)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, REPEAT_SECONDS)
        yield
        armed = False
    except _TimeUp:
        armed = False
        raise refusal from None
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
