"""English numerals in durations, written as digits: `twenty-five` → 25, `two and a half` → 2.5.

The steps and their order are those of the parser that GitLab uses, since they decide what is a number: `two hundreds`
is 200 seconds, and `half an hour` is none. Numerals are marked while they are added up, digits as written are not.

Source: https://docs.gitlab.com/ci/yaml/#timeout (behaviour of GitLab's parser of durations)
"""

import re
from functools import cache, partial

from pullcord.config import lazy, ruby

MARK = "<num>"
ONES = (
    "zero one two three four five six seven eight nine ten "
    "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fourty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
DIVISORS = {"third": 3, "fourth": 4, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "nineth": 9}
ORDINALS = "third|fourth|fifth|sixth|seventh|eighth"
FRACTION = rf"(?:half|(?P<divisor>{'|'.join(DIVISORS)})s?)(?!\w)"

HYPHEN = lazy.pattern(r" +|(\D)-(\D)", re.ASCII)
WORD = lazy.pattern(r"(?<!\w)[a-z]+(?!\w)", re.ASCII)
ORDINAL = lazy.pattern(rf"(?<!\w)(?:{'|'.join(TENS)})\s(?:{ORDINALS})(?!\w)", re.ASCII)
ONE_FRACTION = lazy.pattern(rf"a {FRACTION}", re.ASCII)
FRACTIONS = lazy.pattern(rf"\s{FRACTION}", re.ASCII)
MIXED = lazy.pattern(rf"(?<!\d)(\d++)(?: and | |-)++(?:{MARK}|\s)*+(\d++)\s*+/\s*+(\d++)", re.ASCII)
SCALED = {scale: lazy.pattern(rf"(?:{MARK})?(?<!\d)(\d*+) *+{scale}", re.ASCII) for scale in SCALES}
SUM = lazy.pattern(rf"{MARK}(\d++)( | and ){MARK}(\d++)(?!\w)", re.ASCII)


def digits(text: str) -> str | None:
    """Replace the numerals in a lower-case ASCII text; None for one with an ordinal, which is no duration."""
    text = HYPHEN().sub(lambda found: f"{found[1] or ''} {found[2] or ''}", text)
    if ORDINAL().search(text):
        return None
    text = WORD().sub(lambda found: f"{MARK}{words()[found[0]]}" if found[0] in words() else found[0], text)
    text = ONE_FRACTION().sub(lambda found: f"{MARK}1/{divisor(found)}", text)
    text = FRACTIONS().sub(lambda found: f"/{divisor(found)}", text)
    text = MIXED().sub(mixed, text)
    for scale, pattern in SCALED.items():
        text = added(pattern().sub(partial(scaled, SCALES[scale]), text))
    return added(text).replace(MARK, "")


@cache
def words() -> dict[str, int]:
    """Numerals of one word. Two of them are misspelt as people do."""
    ones = ONES.split()
    numbers = {word: number for number, word in enumerate(ones)} | {"ninteen": 19} | TENS
    return numbers | {ten + ones[number]: TENS[ten] + number for ten in TENS for number in range(1, 10)}


def divisor(found: re.Match[str]) -> int:
    """Return what a fraction divides by."""
    return DIVISORS.get(found["divisor"] or "", 2)


def mixed(found: re.Match[str]) -> str:
    """Add a number and a fraction: `2 and 1/2` → 2.5. Without a divisor there is no number."""
    whole, numerator, denominator = map(float, found.groups())
    return ruby.to_s(whole + numerator / denominator) if denominator else "infinity"


def scaled(factor: int, found: re.Match[str]) -> str:
    """Multiply a number, if there is one, by hundred, thousand, …"""
    return f"{MARK}{factor * int(found[1])}" if found[1] else str(factor)


def added(text: str) -> str:
    """Add neighbouring numerals, if there is an `and` between them or the first is longer: `20 5` → 25."""
    position = 0
    while found := SUM().search(text, position):
        first, between, second = found.groups()
        position = found.end()
        if "and" in between or len(first) > len(second):
            position = found.start()
            text = f"{text[:position]}{MARK}{int(first) + int(second)}{text[found.end() :]}"
    return text
