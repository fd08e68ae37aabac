"""Python's garbage collector, and when it should leave us alone."""

import gc
from collections.abc import Callable


def at_rest[Answer](work: Callable[[], Answer]) -> Answer:
    """Let Python's garbage collector wait until some work is done.

    A compilation makes many containers that all live until its end; the collector goes over them again and again and
    finds nothing, which takes half of the time with ten thousand jobs.
    """
    working = gc.isenabled()
    gc.disable()
    try:
        return work()
    finally:
        if working:
            gc.enable()
