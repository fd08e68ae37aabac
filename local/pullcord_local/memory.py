"""Memory of the embedded cloud's own process: what Python has freed goes back to the system.

glibc keeps an arena of memory for each of many threads, and what is freed in one is not used for another. Two arenas are
enough, since only one thread of Python runs at a time.

Source: https://www.gnu.org/software/libc/manual/html_node/Malloc-Tunable-Parameters.html
"""

import contextlib
import ctypes

ARENAS = 2
M_ARENA_MAX = -8


def limit_arenas() -> None:
    """Let later threads share few arenas. Does nothing where there is no glibc."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)


def trim() -> None:
    """Give free memory back to the system. Does nothing where there is no glibc."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
