"""`pullcord explain`: which jobs a configuration would create, and why. No server, no network, nothing slow to import."""

from typing import TYPE_CHECKING

from pullcord_local.explain.options import Options

if TYPE_CHECKING:
    import argparse


def add_arguments(parser: "argparse.ArgumentParser") -> None:
    """The options of the command."""
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="the configuration (.gitlab-ci.yml); - reads it from standard input"
    )
    parser.add_argument("--ref", metavar="NAME", help="branch or tag of the pipeline (the checked-out branch, or main)")
    parser.add_argument(
        "--tag", nargs="?", const=True, metavar="NAME", help="the pipeline is for a tag: NAME, or that of --ref"
    )
    parser.add_argument(
        "--source", default="push", metavar="SOURCE", help="CI_PIPELINE_SOURCE: push, merge_request_event, trigger, …"
    )
    parser.add_argument(
        "--variable", action="append", default=[], metavar="K=V", help="a pipeline variable; repeatable"
    )
    parser.add_argument("--input", action="append", default=[], metavar="K=V", help="a pipeline input; repeatable")
    parser.add_argument(
        "--changed", action="append", metavar="PATH", help="a changed path; repeatable; without any, no diff is known"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="for people, or for machines")
    parser.add_argument("--batch", action="store_true", help="answer JSON Lines on standard input, one request a line")


def run(arguments: Options, remains: list[object] | None = None) -> int:
    """Exit status: 0 a pipeline would be created, 1 not, 2 wrong use.

    remains: gets all that was made. Whoever ends the process next keeps it, so that nothing is taken apart
    """
    if arguments.batch:
        from pullcord_local.explain.batch import run as answer_batch

        return answer_batch()
    from pullcord_local.explain.command import run as explain

    return explain(arguments, [] if remains is None else remains)
