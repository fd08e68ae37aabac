"""Keywords whose value is a boolean, a number, a string, a duration or a list of strings.

Source: https://docs.gitlab.com/ci/yaml/
"""

from pullcord.config.checked import AllowFailure
from pullcord.config.conditions import patterns
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry
from pullcord.config.ruby import blank, to_s

MAX_TAGS = 50
MAX_TIMEOUT = 2_629_746
"""Seconds of the longest timeout of a job: a month."""


def boolean(entry: Entry) -> bool:
    """Validate a boolean: `interruptible`, `unprotect`, `untracked`."""
    checks.boolean(entry, "config")
    return entry.value is True


def string(entry: Entry) -> object:
    """Validate a string: `stage`, `publish`."""
    checks.string(entry, "config")
    return entry.value


def strings(entry: Entry) -> object:
    """Validate a list of strings: `paths` and `fallback_keys` of a cache."""
    checks.strings(entry, "config")
    return entry.value


def timeout(entry: Entry) -> int | None:
    """Validate `timeout`; the result is in seconds, rounded down."""
    checks.duration(entry, "config", MAX_TIMEOUT)
    seconds = checks.seconds(entry.value)
    return None if seconds is None else int(seconds)


def tags(entry: Entry) -> object:
    """Validate `tags`. For their number commas separate tags, and each is counted once."""
    checks.strings(entry, "config")
    if isinstance(entry.value, list) and len(_names(entry.value)) >= MAX_TAGS:
        entry.wrong("config", f"must be less than the limit of {MAX_TAGS} tags")
    return entry.value


def _names(tags: list[object]) -> set[str]:
    if len(tags) < MAX_TAGS and not any("," in tag for tag in tags if isinstance(tag, str)):
        return set()
    return {name.strip() for tag in tags for name in to_s(tag).split(",") if not blank(name)}


def coverage(entry: Entry) -> object:
    """Validate `coverage`, a pattern between slashes; the result is its source."""
    value = entry.value
    if not checks.is_string(value) or patterns.from_literal(value) is None:
        entry.wrong("config", "must be a regular expression with re2 syntax")
        return None
    return value[1:-1]


def allow_failure(entry: Entry) -> AllowFailure:
    """Validate `allow_failure`: a boolean, or a map of exit codes, with which a failure is not allowed at first."""
    checks.map_or_boolean(entry, "config")
    checks.allowed_keys(entry, ("exit_codes",))
    checks.integers_or_integer(entry, "exit_codes")
    codes = entry.get("exit_codes")
    listed = codes if isinstance(codes, list) else [codes]
    return AllowFailure(entry.value is True, tuple(code for code in listed if checks.is_integer(code)))
