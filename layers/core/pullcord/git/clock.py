"""The time that one question may take, all questions to one repository, and all that are asked for one purpose."""

from math import inf
from time import monotonic

from pullcord.git.refusals import TimedOut

NO_TIME = "no time was left for it"


class Clock:
    """Counts down from `seconds` for each question and from `session` for all; who waits asks how long they still may.

    until: when the time of several clocks together is over, as `monotonic` counts
    """

    def __init__(self, seconds: float, session: float, until: float = inf) -> None:
        self.seconds = seconds
        self.session = session
        self.until = until
        self._last = min(monotonic() + session, until)
        self.start()

    def start(self) -> None:
        """Begin a new question."""
        self._end = min(monotonic() + self.seconds, self._last)

    def left(self) -> float:
        """Seconds that are left, more than none. Raises TimedOut."""
        left = self._end - monotonic()
        if left <= 0:
            raise TimedOut(self.excuse)
        return left

    @property
    def excuse(self) -> str:
        """Why there is no time left: which of the limits is the one that counts now."""
        if self._end == self.until:
            return NO_TIME
        return f"timed out after {self.session if self._end == self._last else self.seconds:g} s"
