"""Values of the command line's options, and its errors: one sentence that says what is wrong and what is wanted."""

import argparse
import os
import re
import sys
from pathlib import Path
from typing import Any, NoReturn

SERVE = "pullcord serve --port 8080 --root-token my-secret-token"
DEMO = "PORT=8080 pullcord demo"
# What can be sent in a header and typed in a shell: printable characters of ASCII.
ROOT_TOKEN = re.compile(r"[!-~]{1,255}")
REMOTE = re.compile(r"(https?|file)://[^\s,]*")


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line on standard error.

    example: a right use, shown after an error; a parser without one prints errors as argparse does
    """

    def __init__(self, *arguments: Any, example: str = "", **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.example = example

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and end with status 2."""
        if not self.example:
            super().error(message)
        words = message.removeprefix("argument ").replace("the following arguments are required:", "missing:")
        example = "" if "for example" in words else f", for example: {self.example}"
        self.exit(2, f"{self.prog}: {words}{example}\n")


def fail(message: str, status: int) -> int:
    """Print an error; the exit status."""
    print(f"pullcord: {message}", file=sys.stderr, flush=True)
    return status


def port(text: str) -> int:
    """A port's number. Raises ArgumentTypeError for anything else."""
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65535:
        message = f"{text!r} is no port: a number from 0 to 65535 is wanted, 0 for a free one, for example: --port 8080"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def root_token(text: str) -> str:
    """The administrator's token. Raises ArgumentTypeError for a text that could not be sent as one."""
    if not ROOT_TOKEN.fullmatch(text):
        message = (
            "the token must have 1 to 255 letters, digits or signs and no spaces, "
            "for example: --root-token glpat-0123456789abcdefghij"
        )
        raise argparse.ArgumentTypeError(message)
    return text


def remote(text: str) -> str:
    """The beginning of a git remote's address. Raises ArgumentTypeError for a text with which none begins."""
    if not REMOTE.fullmatch(text):
        message = f"{text!r} is no beginning of an address, for example: --allow-remote http://git.example.com/"
        raise argparse.ArgumentTypeError(message)
    return text


def parameter(text: str) -> tuple[str, str]:
    """The name and the value of a template's parameter. Raises ArgumentTypeError for a text without them."""
    name, separator, value = text.partition("=")
    if not separator or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE, for example: --parameter PlanRetentionDays=30")
    return name, value


def processes(text: str) -> int:
    """A number of processes. Raises ArgumentTypeError for anything else."""
    if not re.fullmatch(r"[0-9]{1,3}", text) or int(text) == 0:
        message = f"{text!r} is no number of processes: 1 to 999 are wanted, for example: --processes 4"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def folder(text: str) -> Path:
    """A folder. Raises ArgumentTypeError for an empty name or for a file."""
    path = Path(text)
    if not text or (path.exists() and not path.is_dir()):
        raise argparse.ArgumentTypeError(f"{text!r} is no folder, for example: --data state")
    return path


def file_to_write(text: str) -> Path:
    """A file that can be written. Raises ArgumentTypeError if it cannot."""
    path = Path(text)
    place = path if path.exists() else path.parent
    if not text or path.is_dir() or not os.access(place, os.W_OK):
        raise argparse.ArgumentTypeError(f"{text!r} cannot be written as a file, for example: --report report.json")
    return path


def sentence(error: OSError) -> str:
    """An error of the operating system without its number."""
    return ": ".join(part for part in (error.filename and str(error.filename), error.strerror or str(error)) if part)
