"""The commands and their options: `pullcord serve`, `pullcord explain`, `pullcord demo`.

A command's modules are imported when it runs.
"""

import argparse
from collections.abc import Sequence

from pullcord.version import VERSION
from pullcord_local.arguments import (
    DEMO,
    SERVE,
    Parser,
    file_to_write,
    folder,
    parameter,
    port,
    processes,
    remote,
    root_token,
)
from pullcord_local.explain.options import Options


def main(words: Sequence[str]) -> int:
    """Run a command; the exit status, which is 2 for wrong use, as with argparse."""
    parser = Parser(prog="pullcord", description="GitLab-compatible pipeline triggers.", example=SERVE)
    parser.add_argument("--version", action="version", version=f"pullcord {VERSION}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="{serve,explain,demo}")
    serve_arguments(
        commands.add_parser("serve", example=SERVE, help="run Pullcord on this machine, deployed from template.yaml")
    )
    commands.add_parser("demo", example=DEMO, help="serve on $PORT (8080), and trigger a first pipeline")
    explain_parser = commands.add_parser("explain", help="say which jobs a configuration would create, and why")
    if list(words[:1]) == ["explain"]:
        from pullcord_local import explain

        explain.add_arguments(explain_parser)
        return explain.run(parser.parse_args(words, namespace=Options()))
    arguments = parser.parse_args(words)
    if arguments.command == "demo":
        from pullcord_local import demo

        return demo.main()
    return serve(arguments)


def serve_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `pullcord serve`."""
    parser.add_argument("--port", type=port, default=8080, help="port on 127.0.0.1; 0 takes a free port")
    parser.add_argument(
        "--root-token", required=True, type=root_token, metavar="TOKEN", help="the administrator's access token"
    )
    parser.add_argument("--data", type=folder, metavar="DIR", help="keep the state in this folder across restarts")
    parser.add_argument(
        "--allow-remote",
        action="append",
        default=[],
        type=remote,
        metavar="PREFIX",
        help="allow git remotes that begin with PREFIX although it is no public HTTPS host; repeatable",
    )
    parser.add_argument(
        "--parameter",
        action="append",
        default=[],
        type=parameter,
        metavar="NAME=VALUE",
        help="a parameter of the template, such as GitAuthorities; repeatable",
    )
    parser.add_argument(
        "--processes",
        type=processes,
        metavar="NUMBER",
        help="let each function have so many processes at most (default: one for each processor, two to eight)",
    )
    parser.add_argument("--decode-slashes", action="store_true", help="decode %%2F in paths before functions see them")
    parser.add_argument(
        "--report",
        type=file_to_write,
        metavar="FILE",
        help="at the end, write which permissions were denied and which were never used",
    )
    parser.add_argument("--verbose", action="store_true", help="print the functions' logs")


def serve(arguments: argparse.Namespace) -> int:
    """Run `pullcord serve` until it is stopped; the exit status."""
    from pullcord_local import serve as service

    options = service.Options(
        port=arguments.port,
        parameters={
            **dict(arguments.parameter),
            "RootToken": arguments.root_token,
            "AllowedRemotes": ",".join(["file://", *arguments.allow_remote]),
        },
        address_parameter="ExternalUrl",
        data=arguments.data,
        decode_slashes=arguments.decode_slashes,
        report=arguments.report,
        verbose=arguments.verbose,
        processes=arguments.processes,
    )
    return service.run(options)
