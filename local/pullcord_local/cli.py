"""The command line. A usual `pullcord explain` starts at once; everything else is argparse's to read."""

import gc
import os
import sys
from collections.abc import Sequence

EXPLAIN = "explain"


def program() -> int:
    """The console script. An explanation is a moment's work of a process that ends with it.

    So Python's collector never runs: it would look at every module and every job and find nothing to free. And the
    process leaves at once: taking everything apart piece by piece takes as long as writing it down.
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
    """Run one command; the exit status. Wrong use is status 2, as argparse has it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [EXPLAIN]:
        from pullcord_local import explain
        from pullcord_local.explain.options import parse_plain

        if (options := parse_plain(given[1:])) is not None:
            return explain.run(options)
    from pullcord_local import commands

    return commands.main(given)
