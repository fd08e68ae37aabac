"""Python's garbage collector, and when it should leave us alone."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Let Python's garbage collector wait until the plan is there.

    A compilation makes many containers that all live until its end; the collector goes over them again and again and
    finds nothing, which takes half of the time with ten thousand jobs.
    """
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()
