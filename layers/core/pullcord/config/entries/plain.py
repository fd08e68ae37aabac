"""Keywords whose value is a boolean, a number, a text, a duration or a list of texts.

Source: https://docs.gitlab.com/ci/yaml/
"""

from pullcord.config.checked import AllowFailure
from pullcord.config.conditions import patterns
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry
from pullcord.config.ruby import blank, to_s

MOST_TAGS = 50
MONTH = 2_629_746
"""Seconds of the longest timeout a job may have."""


def boolean(entry: Entry) -> bool:
    """`interruptible`, `unprotect`, `untracked`."""
    checks.boolean(entry, "config")
    return entry.value is True


def string(entry: Entry) -> object:
    """`stage`, `publish`."""
    checks.string(entry, "config")
    return entry.value


def strings(entry: Entry) -> object:
    """`paths` and `fallback_keys` of a cache."""
    checks.strings(entry, "config")
    return entry.value


def timeout(entry: Entry) -> int | None:
    """Seconds after which a job fails."""
    checks.duration(entry, "config", MONTH)
    return checks.seconds(entry.value)


def tags(entry: Entry) -> object:
    """What a runner has to have. Commas part tags, and each counts once."""
    checks.strings(entry, "config")
    if isinstance(entry.value, list) and len(_names(entry.value)) >= MOST_TAGS:
        entry.wrong("config", f"must be less than the limit of {MOST_TAGS} tags")
    return entry.value


def _names(tags: list[object]) -> set[str]:
    if len(tags) < MOST_TAGS and not any("," in tag for tag in tags if isinstance(tag, str)):
        return set()
    return {name.strip() for tag in tags for name in to_s(tag).split(",") if not blank(name)}


def coverage(entry: Entry) -> object:
    """A pattern between slashes; its source is the value."""
    value = entry.value
    if not checks.is_string(value) or patterns.from_literal(value) is None:
        entry.wrong("config", "must be a regular expression with re2 syntax")
        return None
    return value[1:-1]


def allow_failure(entry: Entry) -> AllowFailure:
    """True, false, or some exit codes. Such a job counts as one that may not fail until its exit code is known."""
    checks.map_or_boolean(entry, "config")
    checks.allowed_keys(entry, ("exit_codes",))
    checks.integers_or_integer(entry, "exit_codes")
    codes = entry.get("exit_codes")
    listed = codes if isinstance(codes, list) else [codes]
    return AllowFailure(entry.value is True, tuple(code for code in listed if checks.is_integer(code)))
