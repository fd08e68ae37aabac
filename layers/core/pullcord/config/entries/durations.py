"""Lengths of time as people write them: `1h 30m`, `3 hours and 20 minutes`, `one week`, `1:30`, `90`.

GitLab's rules: a bare number counts seconds, unknown words are passed over, a month has 30 days and a year 365.25.

Source: https://docs.gitlab.com/ci/yaml/#timeout
"""

import re

from pullcord.config import lazy
from pullcord.config.entries import numerals

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
CLOCK = ("seconds", "minutes", "hours", "days", "months", "years")
"""What the parts of `1:02:03` count, from the right."""

NUMBER = re.compile(r"(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)")
CLOCKED = lazy.pattern(rf"{NUMBER.pattern}(?::{NUMBER.pattern})+")
LONGEST = 1024


def seconds(text: object) -> int | None:
    """How many seconds a duration has, rounded down; None for what is no text, no duration, or nothing at all."""
    if not isinstance(text, str) or len(text) > LONGEST:
        return None
    words = meaningful(NUMBER.sub(lambda number: f" {number[0]} ", unclocked(numerals.digits(text.lower()))).split())
    total = 0.0
    for index, word in enumerate(words):
        if NUMBER.search(word):
            following = words[index + 1] if index + 1 < len(words) else "seconds"
            total += number(word) * UNITS.get(following, 0)
    return int(total) if 0 < total < float("inf") else None


def unclocked(text: str) -> str:
    """`1:30` → `1 minutes 30 seconds`. Nothing is left of a clock with more parts than there are units."""
    packed = text.replace(" ", "")
    if not CLOCKED().search(packed):
        return text
    parts = packed.split(":")
    if len(parts) > len(CLOCK):
        return ""
    return " ".join(f"{part} {unit}" for part, unit in reversed(list(zip(reversed(parts), CLOCK, strict=False))))


def meaningful(words: list[str]) -> list[str]:
    """Numbers and units only; a unit that comes first counts once."""
    kept = [word.strip(",") for word in words]
    kept = [word for word in kept if NUMBER.search(word) or word in UNITS]
    return ["1", *kept] if kept and kept[0] in UNITS else kept


def number(word: str) -> float:
    """The number that a word begins with."""
    found = NUMBER.match(word)
    return float(found[0]) if found else 0.0
