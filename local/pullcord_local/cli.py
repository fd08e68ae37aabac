"""The entry point of the command line; it runs a plain `pullcord explain` without importing argparse."""

import gc
import os
import sys
from collections.abc import Sequence

EXPLAIN = "explain"


def program() -> int:
    """The console script `pullcord`; the exit status.

    A process that explains is short-lived. So Python's cyclic garbage collector is off: it would look at every module and
    every job and find nothing to free. And the process ends without freeing its objects, which takes as long as
    printing the explanation.
    """
    explains = sys.argv[1:2] == [EXPLAIN]
    if explains:
        gc.disable()
    status = main()
    if explains:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status, which is 2 for wrong use, as with argparse."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == [EXPLAIN]:
        from pullcord_local import explain
        from pullcord_local.explain.options import parse_plain

        if (options := parse_plain(words[1:])) is not None:
            return explain.run(options)
    from pullcord_local import commands

    return commands.main(words)
