"""Numbers for pipelines, jobs, triggers, projects and users: positive, below 2^53, rising with time, made by nobody else.

    40 bits  milliseconds since `EPOCH`: until 2059
     1 bit   lane
     7 bits  chance: two makers in one millisecond meet once in 128 times
     5 bits  its own

Whatever is made gets a number of lane 0 whose own bits are 0. The 31 numbers after it are its own, too: the jobs of a
pipeline that has few of them. So a job's number tells its pipeline's. The other lane is for the jobs of pipelines that
have more; there, nothing is anybody's own.
"""

from collections.abc import Callable

EPOCH = 1_735_689_600_000
"""2025-01-01T00:00:00Z in Unix milliseconds."""

OWN_BITS, LANE_BITS = 5, 12
MOMENT_BITS = LANE_BITS + 1
OWN = (1 << OWN_BITS) - 1
"""Numbers after one that are its own."""

OTHER_LANE = 1 << LANE_BITS
IN_LANE = OTHER_LANE - 1
LIMIT = 2**53
MOST_DIGITS = len(str(LIMIT))
TRIES = 8
"""Two makers in one millisecond meet once in 128 times; eight times in a row they do not."""


def fresh(milliseconds: int, random: int) -> int:
    """An identifier for this moment.

    milliseconds: Unix time
    random:       7 random bits that keep two makers of the same millisecond apart. They can still meet, so every
                  write of a new object is conditional on its absence.
    """
    return ((milliseconds - EPOCH) << MOMENT_BITS) | (random << OWN_BITS & IN_LANE)


def owner(number: int) -> int | None:
    """Whose own a number is, such as the pipeline of a job; None for one of the other lane."""
    return None if number & OTHER_LANE else number & ~OWN


def beside(number: int) -> int:
    """The number of the other lane that belongs to the same moment."""
    return number | OTHER_LANE


def after(first: int, steps: int) -> int:
    """The number so many steps after another one in its lane."""
    moment, place = first >> MOMENT_BITS, first & IN_LANE
    moments, place = divmod(place + steps, OTHER_LANE)
    return ((moment + moments) << MOMENT_BITS) | (first & OTHER_LANE) | place


def spelled(text: str) -> int | None:
    """The number that a text is: 0, which nothing has, when it has more digits than any; None when it is none."""
    if not (text.isdecimal() and text.isascii()):
        return None
    digits = text.lstrip("0")
    return int(digits or 0) if len(digits) <= MOST_DIGITS else 0


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
