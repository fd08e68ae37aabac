"""Errors and warnings about a configuration, each with its location."""

from collections.abc import Iterable
from typing import NamedTuple


class Location(NamedTuple):
    """Position of a node. `file` is "" for a text validated as content; line and column count from 1."""

    file: str
    line: int
    column: int


class Problem(NamedTuple):
    """Error or warning: GitLab's message, and the location, which GitLab does not give."""

    message: str
    location: Location | None = None


class Invalid(Exception):
    """Raised when a phase cannot go on. Carries every problem of the phase; a pipeline reports the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))

    @classmethod
    def because(cls, message: str, location: Location | None = None) -> "Invalid":
        """Make the exception for a single problem."""
        return cls([Problem(message, location)])
