"""Keyword `stages:`.

Source: https://docs.gitlab.com/ci/yaml/#stages
"""

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry, flattened

FIRST, LAST = ".pre", ".post"
DEFAULT = (FIRST, "build", "test", "deploy", LAST)
OF_A_JOB = "test"
"""Stage of a job without the keyword `stage`."""

_MALFORMED = f"should be an array of strings or a nested array of strings up to {checks.MAX_LEVELS} levels deep"


def check(entry: Entry) -> tuple[str, ...]:
    """Validate stages; each is listed once, between `.pre` and `.post` unless the list is empty."""
    if entry.value is None:
        return DEFAULT
    if not checks.is_nested_strings(entry.value):
        entry.wrong("config", _MALFORMED)
        return ()
    written = dict.fromkeys(ruby.to_s(stage) for stage, _ in flattened(entry.value, None))
    named = [stage for stage in written if stage not in {FIRST, LAST}]
    return (FIRST, *named, LAST) if written else ()
