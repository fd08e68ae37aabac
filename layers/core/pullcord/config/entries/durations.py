"""Durations as GitLab reads them: `1h 30m`, `3 hours and 20 minutes`, `one week`, `1:30`, `90`.

A bare number counts seconds, unknown words are ignored, a month has 30 days and a year 365.25.

Source: https://docs.gitlab.com/ci/yaml/#timeout
"""

import re
from functools import cache

from pullcord.config import lazy

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
"""Units of the parts of `1:02:03`, from the right."""

NUMBER = re.compile(r"(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)")
CLOCKED = lazy.pattern(r"[0-9]:\.?[0-9]")
"""Where one number ends and, after a colon, another one begins."""
MAX_LENGTH = 1024

ONES = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
VALUES = {word: number for number, word in enumerate(ONES.split())} | {
    word: 10 * number for number, word in enumerate(TENS.split(), start=2)
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
WORDS = frozenset(VALUES) | frozenset(SCALES)
WORD = lazy.pattern(r"[a-z]+")
HALF = lazy.pattern(r"\bhalf an?\b|\bhalf\b")
AND_A_HALF = lazy.pattern(r"(?<!\d)(\d++) ++and ++(?:a ++)?half\b")


def seconds(text: object) -> int | None:
    """Convert a duration to seconds, rounded down; None for what is no string, no duration, or zero."""
    if not isinstance(text, str) or len(text) > MAX_LENGTH:
        return None
    words = meaningful(NUMBER.sub(lambda number: f" {number[0]} ", unclocked(digits(text.lower()))).split())
    total = 0.0
    for index, word in enumerate(words):
        if NUMBER.search(word):
            following = words[index + 1] if index + 1 < len(words) else "seconds"
            total += number(word) * UNITS.get(following, 0)
    return int(total) if 0 < total < float("inf") else None


def unclocked(text: str) -> str:
    """Convert `1:30` to `1 minutes 30 seconds`; to "" if it has more parts than there are units."""
    packed = text.replace(" ", "")
    if not CLOCKED().search(packed):
        return text
    parts = packed.split(":")
    if len(parts) > len(CLOCK):
        return ""
    return " ".join(f"{part} {unit}" for part, unit in reversed(list(zip(reversed(parts), CLOCK, strict=False))))


def meaningful(words: list[str]) -> list[str]:
    """Keep numbers and units alone; a unit at the beginning counts once."""
    kept = [word.strip(",") for word in words]
    kept = [word for word in kept if NUMBER.search(word) or word in UNITS]
    return ["1", *kept] if kept and kept[0] in UNITS else kept


def number(word: str) -> float:
    """Read the number at the beginning of a word."""
    found = NUMBER.match(word)
    return float(found[0]) if found else 0.0


def digits(text: str) -> str:
    """Replace English numerals in a lower-case text by digits: `twenty-five minutes`, `half a day`."""
    if not WORDS.isdisjoint(WORD().findall(text)):
        text = numeral().sub(
            lambda found: str(value([word for word in WORD().findall(found[0]) if word in WORDS])), text
        )
    return HALF().sub("0.5", AND_A_HALF().sub(r"\1.5", text))


@cache
def numeral() -> re.Pattern[str]:
    """Pattern of words that make a number. Compiled late: slower than all other patterns, and rarely needed."""
    word = "|".join([*VALUES, *SCALES])
    return re.compile(rf"\b(?:{word})\b(?:(?:-| +| +and +)(?:{word})\b)*")


def value(words: list[str]) -> int:
    """Convert numerals to a number: `two hundred and five` → 205."""
    total = current = 0
    for word in words:
        if word in VALUES:
            current += VALUES[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        else:
            total += max(current, 1) * SCALES[word]
            current = 0
    return total + current
