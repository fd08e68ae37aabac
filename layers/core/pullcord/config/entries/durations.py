"""Durations as GitLab reads them: `1h 30m`, `3 hours and 20 minutes`, `one week`, `1:30`, `90`.

    duration = clock | part*
    clock    = number (":" number)+         the last in seconds, before it minutes, hours, days, months, years
    part     = number [unit] | unit | "and" | "with" | "plus"

A number without a unit counts seconds; a unit without a number counts once at the beginning and nothing elsewhere. A
comma may stand before and after a word. Numbers may be numerals. With any other word the text is no duration. A month
has 30 days, a year 365.25.

Source: https://docs.gitlab.com/ci/yaml/#timeout
"""

import re
from collections.abc import Iterable

MINUTE, HOUR, DAY = 60, 3600, 86_400
UNITS: dict[str, int] = {
    **dict.fromkeys(("second", "seconds", "sec", "secs", "s"), 1),
    **dict.fromkeys(("minute", "minutes", "min", "mins", "m"), MINUTE),
    **dict.fromkeys(("hour", "hours", "hr", "hrs", "h"), HOUR),
    **dict.fromkeys(("day", "days", "dy", "d"), DAY),
    **dict.fromkeys(("week", "weeks", "wk", "wks", "w"), 7 * DAY),
    **dict.fromkeys(("month", "months", "mo", "mos"), 30 * DAY),
    **dict.fromkeys(("year", "years", "yr", "yrs", "y"), 31_557_600),
}
JOINERS = frozenset(("and", "with", "plus"))
CLOCK = ("seconds", "minutes", "hours", "days", "months", "years")
"""Units of the parts of `1:02:03`, from the right."""

CLOCKED = re.compile(r"[0-9]:\.?[0-9]")
NUMBER = re.compile(r"[0-9]++(?:\.[0-9]++)?|\.[0-9]++")
WORD = re.compile(r"[^ \t\n\v\f\r]++")
MAX_LENGTH = 1024


def seconds(text: object) -> int | float | None:
    """Convert a duration to seconds; None for what is no string, no duration, or zero."""
    if not isinstance(text, str) or len(text) > MAX_LENGTH or not (lower := text.lower()).isascii():
        return None
    if meaningful(words(lower.replace(":", " "))) is None:
        from pullcord.config.entries import numerals  # hardly any duration has one

        lower = numerals.digits(lower) or ""
    units_only = unclocked(lower)
    kept = None if units_only is None else meaningful(words(units_only))
    return total(kept) or None if kept else None


def words(text: str) -> list[str]:
    """Split a text at white space and around numbers."""
    return WORD.findall(NUMBER.sub(r" \g<0> ", text))


def unclocked(text: str) -> str | None:
    """Convert `1:30` to `1 minutes 30 seconds`; None if it has more parts than there are units."""
    packed = text.replace(" ", "")
    if ":" not in packed or not CLOCKED.search(packed):
        return text
    parts = packed.rstrip(":").split(":")
    if len(parts) > len(CLOCK):
        return None
    return " ".join(f"{part} {unit}" for part, unit in reversed(list(zip(reversed(parts), CLOCK, strict=False))))


def meaningful(words: Iterable[str]) -> list[str] | None:
    """Keep numbers and units; a unit at the beginning counts once. None if there is an unknown word."""
    kept: list[str] = []
    for word in words:
        bare = word.removeprefix(",").removesuffix(",")
        if NUMBER.fullmatch(word) or bare in UNITS:
            kept.append(bare)
        elif bare not in JOINERS:
            return None
    return ["1", *kept] if kept and kept[0] in UNITS else kept


def total(words: list[str]) -> int | float:
    """Add up numbers, each with the unit that follows it. A number before another number counts nothing."""
    found: int | float = 0
    for word, following in zip(words, [*words[1:], "seconds"], strict=True):
        if word not in UNITS:
            number = float(word)
            found += (number if number % 1 > 0 else whole(word)) * UNITS.get(following, 0)
    return found


def whole(word: str) -> int:
    """Read the digits before the point, of which there may be more than a float holds."""
    return int(word.partition(".")[0] or "0")
