"""Numbers in English words, as durations may use them: `one hour`, `twenty-five minutes`, `half a day`."""

import re
from functools import cache

from pullcord.config import lazy

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
AND_A_HALF = lazy.pattern(r"(\d+) +and +(?:a +)?half\b")


def digits(text: str) -> str:
    """The same text with its numerals in digits. Expects lower case."""
    if not WORDS.isdisjoint(WORD().findall(text)):
        text = numeral().sub(
            lambda found: str(value([word for word in WORD().findall(found[0]) if word in WORDS])), text
        )
    return HALF().sub("0.5", AND_A_HALF().sub(r"\1.5", text))


@cache
def numeral() -> re.Pattern[str]:
    """Words that make one number. Compiled late: it takes longer than all other patterns here, and few need it."""
    word = "|".join([*VALUES, *SCALES])
    return re.compile(rf"\b(?:{word})\b(?:(?:-| +| +and +)(?:{word})\b)*")


def value(words: list[str]) -> int:
    """`two hundred and five` → 205."""
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
