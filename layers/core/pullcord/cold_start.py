"""Disable the cyclic garbage collector while a handler module is imported.

A handler imports this module first and calls `done` at its end. Objects that are made during the import live as long as
the sandbox. Python would search them for garbage again and again while their number grows: a tenth of the instructions
of a cold start.
"""

import gc

gc.disable()


def done() -> None:
    """Enable the garbage collector again, for the objects of invocations alone."""
    gc.freeze()
    gc.enable()
