"""Command `pullcord explain`: which jobs a configuration would create, and why. No server, no network."""

import sys
from typing import TYPE_CHECKING

from pullcord_local.explain.options import FILE_HELP, OPTIONS, Options

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: "argparse.ArgumentParser") -> None:
    """Add the options of the command to a parser."""
    parser.add_argument("file", nargs="?", metavar="FILE", help=FILE_HELP)
    defaults = vars(Options())
    for option in OPTIONS:
        parser.add_argument(f"--{option.name}", help=option.help, default=defaults[option.attribute], **option.settings)


def run(arguments: Options) -> int:
    """Run the command. Exit status: 0 a pipeline would be created, 1 not, 2 wrong use."""
    if arguments.batch:
        from pullcord_local.explain.batch import run as answer_batch
        from pullcord_local.explain.options import options_of_requests

        if names := options_of_requests(arguments):
            sys.stderr.write(f"pullcord explain: --batch has this in its requests: {', '.join(names)}\n")
            return 2
        return answer_batch(skip_missing=arguments.skip_missing_includes)
    from pullcord_local.explain.command import run as explain

    return explain(arguments)
