"""What work costs, in numbers that a slow or busy machine does not change: steps of Python, and growth between sizes."""

import sys
import time
from collections.abc import Callable
from math import inf

from pullcord.deadline import deadline
from pullcord.errors import Refusal

EVENTS = (sys.monitoring.events.PY_START, sys.monitoring.events.CALL, sys.monitoring.events.JUMP)
TOOL = 4
"""Of the numbers that sys.monitoring has for tools one that no debugger, profiler or coverage takes."""

ROUNDS = 5
NO_END = 60
"""Seconds after which work is taken for endless: only to stop it, no judgement."""


def steps(work: Callable[[], object], most: float = inf) -> int:
    """How many calls and turns of loops Python makes for the work, in all threads. Fails as soon as there are too many.

    The inside of a function that is written in C has no steps. `most` is for work in this thread alone: a failure
    elsewhere would leave whoever waits there waiting.
    """
    count, limit = 0, most

    def step(*_: object) -> None:
        nonlocal count
        count += 1
        if count > limit:
            raise AssertionError(f"more than {most} steps")

    sys.monitoring.use_tool_id(TOOL, "steps")
    for event in EVENTS:
        sys.monitoring.register_callback(TOOL, event, step)
    sys.monitoring.set_events(TOOL, sum(EVENTS))
    try:
        work()
    finally:
        limit = inf  # also for the call that ends the counting
        sys.monitoring.set_events(TOOL, 0)
        sys.monitoring.free_tool_id(TOOL)
    assert count <= most, f"more than {most} steps"
    return count


def growth(small: Callable[[], object], large: Callable[[], object]) -> float:
    """How many times the processor time of the small work the large one takes. For what is done in C.

    The least of several rounds in turns: whatever else the machine does makes both dearer alike.
    """
    rounds = [(timed(small), timed(large)) for _ in range(ROUNDS)]
    return min(time for _, time in rounds) / min(time for time, _ in rounds)


def timed(work: Callable[[], object]) -> float:
    begun = time.thread_time()
    with deadline(NO_END, Refusal("this does not end")):
        work()
    return time.thread_time() - begun
