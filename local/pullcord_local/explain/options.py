"""Options of `pullcord explain`, and a quick parser of plain ones.

argparse takes as long to load as a small configuration to compile. Both parsers read the same table, and the quick one
leaves everything that it does not know for certain to argparse, errors included.
"""

from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

FILE_HELP = "the configuration (.gitlab-ci.yml); - reads it from standard input"
FORMATS = ("text", "json")


class Option(NamedTuple):
    """Option of the command.

    kind: value: takes one; list: takes one, repeatable; optional: may take one; flag: takes none
    """

    name: str
    kind: Literal["value", "list", "optional", "flag"]
    help: str
    metavar: str | None = None
    choices: tuple[str, ...] | None = None

    @property
    def attribute(self) -> str:
        """Name of the value in `Options`."""
        return self.name.replace("-", "_")

    @property
    def settings(self) -> dict[str, Any]:
        """Arguments of argparse's `add_argument`. The defaults are those of `Options`."""
        match self.kind:
            case "flag":
                return {"action": "store_true"}
            case "list":
                return {"action": "append", "metavar": self.metavar}
            case "optional":
                return {"nargs": "?", "const": True, "metavar": self.metavar}
            case _:
                return {"metavar": self.metavar, "choices": self.choices}


OPTIONS = (
    Option("ref", "value", "branch or tag of the pipeline (the checked-out branch, or main)", "NAME"),
    Option("tag", "optional", "the pipeline is for a tag: NAME, or that of --ref", "NAME"),
    Option("source", "value", "CI_PIPELINE_SOURCE: push (default), merge_request_event, trigger, …", "SOURCE"),
    Option("variable", "list", "a pipeline variable; repeatable", "K=V"),
    Option("set", "list", "a predefined variable, instead of the placeholder; repeatable", "NAME=VALUE"),
    Option("input", "list", "a pipeline input; repeatable", "K=V"),
    Option("changed", "list", "a changed path; repeatable; without any, no diff is known", "PATH"),
    Option("include", "list", "read includes and components of a project from DIR; repeatable", "group/project=DIR"),
    Option("remote", "list", "read `include:remote` of URL from FILE; repeatable", "URL=FILE"),
    Option("templates", "value", "read `include:template` from DIR", "DIR"),
    Option("skip-missing-includes", "flag", "go on without includes that are not at hand, with a warning for each"),
    Option("format", "value", "for people, or for machines", choices=FORMATS),
    Option("batch", "flag", "answer JSON Lines on standard input, one request a line"),
)
BY_NAME = {option.name: option for option in OPTIONS}


class Options:
    """Values of the options. tag: True for the ref itself; source: None for push; changed: None for no known diff."""

    def __init__(self) -> None:
        self.file: str | None = None
        self.ref: str | None = None
        self.tag: str | bool | None = None
        self.source: str | None = None
        self.variable: list[str] = []
        self.set: list[str] = []
        self.input: list[str] = []
        self.changed: list[str] | None = None
        self.include: list[str] = []
        self.remote: list[str] = []
        self.templates: str | None = None
        self.skip_missing_includes = False
        self.format = "text"
        self.batch = False


def parse_plain(arguments: Sequence[str]) -> Options | None:
    """Parse options that are written out and have what they need; None for anything that argparse should parse."""
    options = Options()
    waiting = list(reversed(arguments))
    while waiting:
        word = waiting.pop()
        if not word.startswith("-"):
            if options.file is not None:
                return None
            options.file = word
            continue
        name, equals, value = word.removeprefix("--").partition("=")
        option = BY_NAME.get(name) if word.startswith("--") else None
        if option is None:
            return None
        kind, attribute = option.kind, option.attribute
        follows = bool(waiting) and not waiting[-1].startswith("-")
        if kind == "flag" and not equals:
            setattr(options, attribute, True)
        elif kind == "optional" and not equals:
            setattr(options, attribute, waiting.pop() if follows else True)
        elif kind != "flag" and (equals or follows):
            value = value if equals else waiting.pop()
            setattr(options, attribute, [*(getattr(options, attribute) or ()), value] if kind == "list" else value)
        else:
            return None
    return options if options.format in FORMATS else None


def options_of_requests(options: Options) -> list[str]:
    """Return the options that describe a pipeline: each request of a batch describes its own."""
    default = Options()
    kept = {"batch", "format", "skip_missing_includes"}
    given = vars(options).items()
    found = [name for name, value in given if name in vars(default) and value != vars(default)[name]]
    return ["FILE" if name == "file" else f"--{name}" for name in found if name not in kept and options.file != "-"]
