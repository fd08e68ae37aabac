"""Numbers in English words, as durations may use them: `one hour`, `twenty-five minutes`, `half a day`."""

import re

ONES = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
VALUES = {word: number for number, word in enumerate(ONES.split())} | {
    word: 10 * number for number, word in enumerate(TENS.split(), start=2)
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
WORD = "|".join([*VALUES, *SCALES])
NUMERAL = re.compile(rf"\b(?:{WORD})\b(?:(?:-| +| +and +)(?:{WORD})\b)*")
HALF = re.compile(r"\bhalf an?\b|\bhalf\b")
AND_A_HALF = re.compile(r"(\d+) +and +(?:a +)?half\b")


def digits(text: str) -> str:
    """The same text with its numerals in digits. Expects lower case."""
    text = NUMERAL.sub(lambda found: str(value(re.findall(rf"\b(?:{WORD})\b", found[0]))), text)
    return HALF.sub("0.5", AND_A_HALF.sub(r"\1.5", text))


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
