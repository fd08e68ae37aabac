"""The options of `pullcord explain`, and a quick way to read the usual ones: argparse takes as long to load as a small
configuration to compile. What this way does not know for certain is left to argparse, its complaints included.
"""

from collections.abc import Sequence

ONE = frozenset({"--ref", "--source", "--format"})
MANY = frozenset({"--variable", "--input", "--changed"})
FORMATS = frozenset({"text", "json"})


class Options:
    """What was asked for. tag: True for the ref itself; changed: None when no diff is known."""

    def __init__(self) -> None:
        self.file: str | None = None
        self.ref: str | None = None
        self.tag: str | bool | None = None
        self.source = "push"
        self.variable: list[str] = []
        self.input: list[str] = []
        self.changed: list[str] | None = None
        self.format = "text"
        self.batch = False


def usual(given: Sequence[str]) -> Options | None:
    """The options, if each is written out and has what it needs; None where argparse should look."""
    options = Options()
    waiting = list(reversed(given))
    while waiting:
        word = waiting.pop()
        name, equals, value = word.partition("=")
        if word == "--batch":
            options.batch = True
        elif word == "--tag":
            options.tag = waiting.pop() if waiting and not waiting[-1].startswith("-") else True
        elif name in ONE | MANY | {"--tag"} and (equals or (waiting and not waiting[-1].startswith("-"))):
            take(options, name[2:], value if equals else waiting.pop())
        elif word.startswith("-") or options.file is not None:
            return None
        else:
            options.file = word
    return options if options.format in FORMATS else None


def take(options: Options, name: str, value: str) -> None:
    """Put a value where it belongs."""
    if f"--{name}" in MANY:
        setattr(options, name, [*(getattr(options, name) or ()), value])
    else:
        setattr(options, name, value)
