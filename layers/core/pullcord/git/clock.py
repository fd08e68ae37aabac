"""The time that one question may take, and all questions to one repository together."""

from time import monotonic

from pullcord.git.refusals import RepositoryUnavailable


class Clock:
    """Counts down from `seconds` for each question and from `session` for all; who waits asks how long they still may."""

    def __init__(self, seconds: float, session: float) -> None:
        self.seconds = seconds
        self.session = session
        self._last = monotonic() + session
        self.start()

    def start(self) -> None:
        """Begin a new question."""
        self._end = min(monotonic() + self.seconds, self._last)

    def left(self) -> float:
        """Seconds that are left, more than none. Raises RepositoryUnavailable."""
        left = self._end - monotonic()
        if left <= 0:
            allowed = self.session if self._end == self._last else self.seconds
            raise RepositoryUnavailable(f"timed out after {allowed:g} s")
        return left
