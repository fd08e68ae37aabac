"""`default:`, and the keywords at the top of the file that mean the same.

Source: https://docs.gitlab.com/ci/yaml/#default
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple

from pullcord.config.entries import checks, image, plain, retry, scripts
from pullcord.config.entries.entry import Entry
from pullcord.config.problems import Invalid, Problem

Keyword = Callable[[Entry], object]
"""Checks one keyword and returns its normalised value."""


def seldom(name: str) -> Keyword:
    """The check of a keyword that few files have. Its module is loaded when one does: a start is half of a short run."""

    def check(entry: Entry) -> object:
        keyword: Keyword = import_module(f"pullcord.config.entries.{name}").check
        return keyword(entry)

    return check


KEYWORDS: Mapping[str, Keyword] = {
    "before_script": scripts.commands,
    "after_script": scripts.commands,
    "hooks": scripts.hooks,
    "cache": seldom("cache"),
    "image": image.image,
    "services": image.services,
    "interruptible": plain.boolean,
    "timeout": plain.timeout,
    "retry": retry.check,
    "tags": plain.tags,
    "artifacts": seldom("artifacts"),
    "id_tokens": seldom("tokens"),
}
OF_THE_FILE = ("before_script", "image", "services", "after_script", "cache")
"""Those that may stand at the top of the file instead."""


class Default(NamedTuple):
    """A value that jobs take over, with the problems that every job taking it over repeats."""

    value: object
    problems: tuple[Problem, ...]


Defaults = Mapping[str, Default]


def kept(parent: Entry, key: str) -> Default | None:
    """The checked value of a keyword below `parent`, reported to nobody yet; None without the key or null."""
    if parent.get(key) is None:
        return None
    problems: list[Problem] = []
    entry = Entry(parent.get(key), key, problems, parent=parent)
    return Default(KEYWORDS[key](entry), tuple(problems))


def check(entry: Entry, top: Defaults) -> Defaults:
    """The defaults of the file: those of `default`, and of the top of the file where it says nothing.

    Raises Invalid when a keyword stands in both places.
    """
    valid = True
    if entry.value is not None:
        checks.map_(entry)
        checks.allowed_keys(entry, (*KEYWORDS, "identity"))
        valid = not entry.own_faults()
    defaults: dict[str, Default] = {}
    for key in KEYWORDS:
        own = kept(entry, key) if valid else None
        if own and key in top:
            raise Invalid.because(f"{key} is defined in top-level and `default:` entry", entry.child(key).place)
        if default := own or top.get(key):
            defaults[key] = default
            entry.problems.extend(default.problems)
    return defaults
