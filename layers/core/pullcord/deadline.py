"""An end for work that nothing else ends: an alarm of the process, which rings in the main thread."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from pullcord.errors import Refusal

AGAIN = 0.25
"""Seconds until it rings again: Python swallows what is raised while an object is being deleted."""


class _TimeIsUp(BaseException):
    """No `except Exception` on the way may take it for its own."""


@contextmanager
def deadline(seconds: float, refusal: Refusal) -> Iterator[None]:
    """Raise the refusal out of the `with` block as soon as that has taken so long. For the main thread; not nested."""
    armed = True

    def ring(_signal: int, _frame: FrameType | None) -> None:
        if armed:
            raise _TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
        yield
        armed = False
    except _TimeIsUp:
        armed = False
        raise refusal from None
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
