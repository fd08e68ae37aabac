"""Ids of pipelines, jobs and requests: positive, below 2^53, rising with time, made without coordination.

    40 bits  milliseconds since `EPOCH`: until 2059
     1 bit   lane
     7 bits  random: two makers in one millisecond meet once in 128 times
     5 bits  job index

A new id has lane 0 and job index 0. The 31 ids after it are reserved for the jobs of a pipeline that has at most 31, so
the id of such a job tells its pipeline's. The jobs of larger pipelines have ids of lane 1, where none is reserved.

All other objects have small numbers from sequences. Installations from before these have objects with ids of this kind.
"""

from collections.abc import Callable

EPOCH = 1_735_689_600_000
"""2025-01-01T00:00:00Z in Unix milliseconds."""

INDEX_BITS, LANE_BITS = 5, 12
TIME_SHIFT = LANE_BITS + 1
INLINE_JOBS = (1 << INDEX_BITS) - 1
"""Number of ids after a pipeline's that are reserved for its jobs."""

JOB_LANE = 1 << LANE_BITS
LANE_MASK = JOB_LANE - 1
LIMIT = 2**53
MAX_DIGITS = len(str(LIMIT))
ATTEMPTS = 8
"""Two makers in one millisecond meet once in 128 times; eight times in a row they do not."""


def new(milliseconds: int, random: int) -> int:
    """An id made at this time.

    milliseconds: Unix time
    random:       7 random bits that keep two makers of the same millisecond apart. They can still meet, so every
                  write of a new object is conditional on its absence.
    """
    return ((milliseconds - EPOCH) << TIME_SHIFT) | (random << INDEX_BITS & LANE_MASK)


def pipeline_of_job(job_id: int) -> int | None:
    """The id of the pipeline for whose jobs this id is reserved; None for an id of the job lane."""
    return None if job_id & JOB_LANE else job_id & ~INLINE_JOBS


def job_lane(new_id: int) -> int:
    """The id of the job lane that was made at the same time."""
    return new_id | JOB_LANE


def following(first: int, steps: int) -> int:
    """The id that comes so many steps after another one in its lane."""
    time, place = first >> TIME_SHIFT, first & LANE_MASK
    carried, place = divmod(place + steps, JOB_LANE)
    return ((time + carried) << TIME_SHIFT) | (first & JOB_LANE) | place


def parse(text: str) -> int | None:
    """The id that a text spells; None for any other text. An id with more digits than any has becomes 0, which is free."""
    if not (text.isdecimal() and text.isascii()):
        return None
    digits = text.lstrip("0")
    return int(digits or 0) if len(digits) <= MAX_DIGITS else 0


def sortable(number: int) -> str:
    """The id as a sort key: text order is numeric order."""
    return f"{number:016d}"


class IdTaken(Exception):
    """Another object has this id."""


def with_new_id[New, T](new_id: Callable[[], New], attempt: Callable[[New], T]) -> T:
    """Call `attempt` with a new id or several, and with others each time it raises `IdTaken`."""
    for _ in range(ATTEMPTS - 1):
        try:
            return attempt(new_id())
        except IdTaken:
            continue
    return attempt(new_id())
