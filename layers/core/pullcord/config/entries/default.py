"""Keyword `default:`, and the global keywords that mean the same.

Source: https://docs.gitlab.com/ci/yaml/#default
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from pullcord.config.entries import checks, image, plain, retry, scripts
from pullcord.config.entries.entry import Entry
from pullcord.config.problems import Invalid, Problem

Keyword = Callable[[Entry], object]
"""Function that validates a keyword and returns its normalised value."""


def lazy_check(name: str) -> Keyword:
    """Return the check of a rare keyword, whose module is loaded at its first use: a start is half of a short run."""

    def check(entry: Entry) -> object:
        keyword: Keyword = import_module(f"pullcord.config.entries.{name}").check
        return keyword(entry)

    return check


KEYWORDS: Mapping[str, Keyword] = {
    "before_script": scripts.commands,
    "after_script": scripts.commands,
    "hooks": scripts.hooks,
    "cache": lazy_check("cache"),
    "image": image.image,
    "services": image.services,
    "interruptible": plain.boolean,
    "timeout": plain.timeout,
    "retry": retry.check,
    "tags": plain.tags,
    "artifacts": lazy_check("artifacts"),
    "id_tokens": lazy_check("tokens"),
}
OF_THE_FILE = ("before_script", "image", "services", "after_script", "cache")
"""Keywords that may be global instead."""


class Default(NamedTuple):
    """Default value of a keyword, with the problems that every job that inherits it repeats."""

    value: object
    problems: tuple[Problem, ...]


Defaults = Mapping[str, Default]


def unreported(parent: Entry, key: str) -> Default | None:
    """Validate a keyword of `parent`, without reporting its problems; None without the key or with null."""
    if parent.get(key) is None:
        return None
    problems: list[Problem] = []
    entry = Entry(parent.get(key), key, problems, parent=parent)
    return Default(KEYWORDS[key](entry), tuple(problems))


def check(entry: Entry, top: Defaults) -> Defaults:
    """Validate the defaults of a file: those of `default`, and global ones for other keywords.

    Raises Invalid if a keyword is in both places.
    """
    valid = True
    if entry.value is not None:
        checks.map_(entry)
        checks.allowed_keys(entry, (*KEYWORDS, "identity"))
        valid = not entry.own_faults()
    defaults: dict[str, Default] = {}
    for key in KEYWORDS:
        own = unreported(entry, key) if valid else None
        if own and key in top:
            raise Invalid.because(f"{key} is defined in top-level and `default:` entry", entry.child(key).location)
        if default := own or top.get(key):
            defaults[key] = default
            entry.problems.extend(default.problems)
    return defaults
