"""Keyword `inherit:` of a job: which defaults and global variables it inherits.

Source: https://docs.gitlab.com/ci/yaml/#inherit
"""

from collections.abc import Collection
from typing import NamedTuple

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

_MALFORMED = "should be a bool or array of strings"


class Inheritance(NamedTuple):
    """Inherited defaults and variables. True: all; False: none; else their names."""

    default: bool | tuple[str, ...] = True
    variables: bool | tuple[str, ...] = True

    def inherits(self, keyword: str) -> bool:
        """Whether the default of a keyword is inherited."""
        return self.default if isinstance(self.default, bool) else keyword in self.default


EVERYTHING = Inheritance()
NOTHING = Inheritance(default=False)


def check(entry: Entry, keywords: Collection[str]) -> Inheritance:
    """Validate `inherit`. keywords: those that have defaults."""
    checks.map_(entry)
    checks.allowed_keys(entry, ("default", "variables"))
    if entry.own_faults():
        return NOTHING
    return Inheritance(_choice(entry.child("default"), keywords), _choice(entry.child("variables")))


def _choice(entry: Entry, known: Collection[str] = ()) -> bool | tuple[str, ...]:
    value = entry.value
    if value is None or isinstance(value, bool):
        return value is not False
    if not isinstance(value, list):
        entry.refuse(_MALFORMED)
        return False
    checks.strings(entry, "config")
    if known:
        checks.known_items(entry, "config", known)
    return tuple(map(ruby.to_s, value))
