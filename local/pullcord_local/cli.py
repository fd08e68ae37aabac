"""The command line. A usual `pullcord explain` starts at once; everything else is argparse's to read."""

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status. Wrong use is status 2, as argparse has it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["explain"]:
        from pullcord_local import explain
        from pullcord_local.explain.options import usual

        if (options := usual(given[1:])) is not None:
            return explain.run(options)
    from pullcord_local import commands

    return commands.main(given)
