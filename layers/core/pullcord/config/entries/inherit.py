"""`inherit:` of a job: which defaults and which variables of the file it takes.

Source: https://docs.gitlab.com/ci/yaml/#inherit
"""

from collections.abc import Collection
from typing import NamedTuple

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

_MALFORMED = "should be a bool or array of strings"


class Inherited(NamedTuple):
    """True: everything; False: nothing; or the names of what is taken."""

    default: bool | tuple[str, ...] = True
    variables: bool | tuple[str, ...] = True

    def takes(self, keyword: str) -> bool:
        """Whether the default of a keyword counts for the job."""
        return self.default if isinstance(self.default, bool) else keyword in self.default


EVERYTHING = Inherited()
NOTHING = Inherited(default=False)


def check(entry: Entry, keywords: Collection[str]) -> Inherited:
    """What a job takes; `keywords` are those that have defaults."""
    checks.map_(entry)
    checks.allowed_keys(entry, ("default", "variables"))
    if entry.own_faults():
        return NOTHING
    return Inherited(_choice(entry.child("default"), keywords), _choice(entry.child("variables")))


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
