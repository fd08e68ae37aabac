r"""Regular expressions of `changes:regexp` and `exists:regexp`: Ruby's, as far as RE2 can express them.

RE2 has no look-around. People use it here to leave out paths, at the beginning of the text, which two patterns can
express: `\A(?!docs/)x` is found where `\Ax` is found and `\Adocs/` is not.

Source: https://docs.gitlab.com/ci/yaml/#ruleschangesregexp
"""

from collections.abc import Callable
from functools import lru_cache

from pullcord.config.conditions import patterns
from pullcord.config.conditions.patterns import Pattern

ANCHORS = ("\\A", "^")


@lru_cache(maxsize=256)
def compiled(source: str) -> Callable[[str], bool] | None:
    """Return a test of paths; None for an expression that cannot be tested in linear time."""
    anchor = next((anchor for anchor in ANCHORS if source.startswith(anchor)), None)
    rest = source
    required: list[Pattern] = []
    excluded: list[Pattern] = []
    if anchor is not None:
        rest = source[len(anchor) :]
        while (end := lookahead(rest)) is not None:
            inside = from_source(anchor + "(?:" + rest[3 : end - 1] + ")")
            if inside is None:
                return None
            (required if rest[2] == "=" else excluded).append(inside)
            rest = rest[end:]
        rest = anchor + rest
    last = from_source(rest)
    if last is None:
        return None
    required.append(last)
    return lambda path: (
        all(test.found_in(path) for test in required) and not any(test.found_in(path) for test in excluded)
    )


def from_source(source: str) -> Pattern | None:
    """Compile a Ruby source, whose `^` and `$` match at every line; None if it does not compile."""
    return patterns.from_source(f"(?m){source}")


def lookahead(text: str) -> int | None:
    """Return the end of the look-ahead at the beginning of a text; None if there is none."""
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
