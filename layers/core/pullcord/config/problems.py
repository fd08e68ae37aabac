"""What is wrong with a configuration, and where."""

from collections.abc import Iterable
from typing import NamedTuple


class Place(NamedTuple):
    """Where a node was written. `file` is "" for a text validated as content; line and column count from 1."""

    file: str
    line: int
    column: int


class Problem(NamedTuple):
    """One error or warning: GitLab's text, and the place that GitLab does not tell."""

    message: str
    place: Place | None = None


class Invalid(Exception):
    """A pass cannot go on. Carries every problem that the pass found; a pipeline reports the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))

    @classmethod
    def because(cls, message: str, place: Place | None = None) -> "Invalid":
        """The usual case: one problem."""
        return cls([Problem(message, place)])
