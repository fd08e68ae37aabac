"""The commands and their options: `pullcord serve`, `pullcord explain`, `pullcord demo`.

Each command imports what it needs when it runs.
"""

import argparse
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from pullcord_local.explain.options import Options


def main(given: Sequence[str]) -> int:
    """Run one command; the exit status. Wrong use is status 2, as argparse has it."""
    if list(given[:1]) == ["demo"]:
        demo = import_module("pullcord_local.demo")
        return int(demo.main(list(given[1:])) or 0)
    parser = argparse.ArgumentParser(prog="pullcord", description="GitLab-compatible pipeline triggers.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="{serve,explain,demo}")
    serve_arguments(commands.add_parser("serve", help="run Pullcord on this machine, deployed from template.yaml"))
    commands.add_parser("demo", help="serve, and show a first trigger")
    explain_parser = commands.add_parser("explain", help="say which jobs a configuration would create, and why")
    if list(given[:1]) == ["explain"]:
        explain = import_module("pullcord_local.explain")
        explain.add_arguments(explain_parser)
        return int(explain.run(parser.parse_args(given, namespace=Options())))
    return serve(parser.parse_args(given))


def serve_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `pullcord serve`."""
    parser.add_argument("--port", type=int, default=8080, help="port on 127.0.0.1; 0 takes a free one")
    parser.add_argument("--root-token", required=True, metavar="TOKEN", help="the administrator's access token")
    parser.add_argument("--data", type=Path, metavar="DIR", help="keep state here across restarts")
    parser.add_argument(
        "--allow-remote",
        action="append",
        default=[],
        metavar="PREFIX",
        help="let git remotes begin with this although they are not public HTTPS hosts; repeatable",
    )
    parser.add_argument(
        "--parameter",
        action="append",
        default=[],
        type=parameter,
        metavar="NAME=VALUE",
        help="a parameter of the template, such as GitAuthorities; repeatable",
    )
    parser.add_argument("--decode-slashes", action="store_true", help="hand %%2F in paths over decoded")
    parser.add_argument(
        "--report", type=Path, metavar="FILE", help="at the end, write what IAM denied and never needed"
    )
    parser.add_argument("--verbose", action="store_true", help="show what the functions log")


def parameter(text: str) -> tuple[str, str]:
    """A parameter's name and value."""
    name, separator, value = text.partition("=")
    if not separator:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def serve(arguments: argparse.Namespace) -> int:
    """Serve until asked to stop."""
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
    )
    return service.run(options)
