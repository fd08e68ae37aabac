r"""`changes:regexp` and `exists:regexp`: Ruby's regular expressions, as far as RE2 can stand in for them.

RE2 has no look-around. What people use it for here is to leave out paths, at the beginning of the text, and that can be
said with two patterns: `\A(?!docs/)x` is found where `\Ax` is found and `\Adocs/` is not.

Source: https://docs.gitlab.com/ci/yaml/#ruleschangesregexp
"""

from collections.abc import Callable
from functools import lru_cache

from pullcord.config.conditions import patterns
from pullcord.config.conditions.patterns import Pattern

ANCHORS = ("\\A", "^")


@lru_cache(maxsize=256)
def compiled(source: str) -> Callable[[str], bool] | None:
    """A test of paths; None for what cannot be tested in linear time."""
    anchor = next((anchor for anchor in ANCHORS if source.startswith(anchor)), None)
    rest = source
    wanted: list[Pattern] = []
    unwanted: list[Pattern] = []
    if anchor is not None:
        rest = source[len(anchor) :]
        while (end := lookahead(rest)) is not None:
            inside = from_source(anchor + "(?:" + rest[3 : end - 1] + ")")
            if inside is None:
                return None
            (wanted if rest[2] == "=" else unwanted).append(inside)
            rest = rest[end:]
        rest = anchor + rest
    last = from_source(rest)
    if last is None:
        return None
    wanted.append(last)
    return lambda path: (
        all(test.found_in(path) for test in wanted) and not any(test.found_in(path) for test in unwanted)
    )


def from_source(source: str) -> Pattern | None:
    """Ruby's `^` and `$` stand at every line."""
    return patterns.from_source(f"(?m){source}")


def lookahead(text: str) -> int | None:
    """Where the look-ahead that a text begins with ends; None if it begins with none."""
    if not text.startswith(("(?!", "(?=")):
        return None
    depth, position, bracketed = 0, 0, False
    while position < len(text):
        match text[position]:
            case "\\":
                position += 1
            case "[" | "]" as bracket:
                bracketed = bracket == "["
            case "(" if not bracketed:
                depth += 1
            case ")" if not bracketed:
                depth -= 1
                if depth == 0:
                    return position + 1
        position += 1
    return None
