"""The time that one question may take."""

from time import monotonic

from pullcord.git.refusals import RepositoryUnavailable


class Clock:
    """Counts down from `seconds`; whoever waits asks it how long they still may."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.start()

    def start(self) -> None:
        """Begin a new question."""
        self._end = monotonic() + self.seconds

    def left(self) -> float:
        """Seconds that are left, more than none. Raises RepositoryUnavailable."""
        left = self._end - monotonic()
        if left <= 0:
            raise RepositoryUnavailable(f"timed out after {self.seconds:g} s")
        return left
