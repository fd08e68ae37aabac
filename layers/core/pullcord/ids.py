"""Numbers for pipelines, jobs, triggers, projects and users: positive, below 2^53, rising with time, made by nobody else."""

from collections.abc import Callable

EPOCH = 1_735_689_600_000
"""2025-01-01T00:00:00Z in Unix milliseconds; 41 bits of milliseconds from here last until 2094."""

RANDOM_BITS = 12
LIMIT = 2**53
TRIES = 5
"""Two makers in one millisecond meet once in 4,096; five times in a row they do not."""


def fresh(milliseconds: int, random: int) -> int:
    """An identifier for this moment.

    milliseconds: Unix time
    random:       12 random bits that keep two makers of the same millisecond apart. They can still meet, so every
                  write of a new object is conditional on its absence.
    """
    return ((milliseconds - EPOCH) << RANDOM_BITS) | (random & ((1 << RANDOM_BITS) - 1))


def sortable(number: int) -> str:
    """The number as a sort key: text order is number order."""
    return f"{number:016d}"


class Taken(Exception):
    """Somebody made the same number in the same millisecond."""


def numbered[T](new_id: Callable[[], int], attempt: Callable[[int], T]) -> T:
    """Do something with a new identifier, and with another one when that was `Taken`."""
    for _ in range(TRIES - 1):
        try:
            return attempt(new_id())
        except Taken:
            continue
    return attempt(new_id())
