"""Globs of `changes:` and `exists:`: Ruby's `File.fnmatch` with FNM_PATHNAME, FNM_DOTMATCH and FNM_EXTGLOB.

A glob becomes one compiled pattern. Every wildcard but the last of its stretch is atomic, which is right because the
leftmost fit of a stretch never spoils what follows, and keeps a hostile glob from taking exponential time.

Source: https://docs.ruby-lang.org/en/master/File.html#method-c-fnmatch
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from pullcord.config.conditions import braces

MOST_ALTERNATIVES = 1024
MOST_CHARACTERS = 65_536
NOTHING = re.compile(r"(?!)")


def wild(glob: str) -> bool:
    """Whether a glob of `exists` is more than the path of one file or directory."""
    return any(character in glob for character in "*?[{")


def matches(glob: str, path: str) -> bool:
    """Whether the whole path fits the glob."""
    return compiled(glob).match(path) is not None


def any_matches(globs: Iterable[str], paths: Iterable[str]) -> bool:
    """Whether at least one of the paths fits at least one of the globs."""
    tests = [compiled(glob).match for glob in globs]
    return any(test(path) for path in paths for test in tests)


@lru_cache(maxsize=1024)
def compiled(glob: str) -> re.Pattern[str]:
    """The pattern of a glob. One with more than 1,024 alternatives, or 64 KiB of them, fits nothing."""
    alternatives: list[str] = []
    characters = 0
    for alternative in braces.expand(glob):
        characters += len(alternative)
        if len(alternatives) == MOST_ALTERNATIVES or characters > MOST_CHARACTERS:
            return NOTHING
        if (pattern := translate(alternative)) is not None:
            alternatives.append(pattern)
    return re.compile(rf"(?:{'|'.join(alternatives)})\Z") if alternatives else NOTHING


def translate(glob: str) -> str | None:
    """A glob without braces as a pattern; None for a bracket that is never closed, which fits nothing.

    `**/` at the start of a segment divides the glob into stretches of segments, `*` a segment into fixed pieces.
    """
    stretches: list[list[list[str]]] = [[[""]]]
    position, fresh = 0, True
    while position < len(glob):
        if fresh and glob.startswith("**/", position):
            if stretches[-1] != [[""]] or len(stretches) == 1:
                stretches.append([[""]])
            position += 3
            continue
        piece, position = next_piece(glob, position)
        if piece is None:
            return None
        fresh = piece == "/"
        if fresh:
            stretches[-1].append([""])
        elif piece == "*":
            stretches[-1][-1].append("")
        else:
            stretches[-1][-1][-1] += piece
    return joined(["/".join(joined(segment, "[^/]*") for segment in stretch) for stretch in stretches], "(?:[^/]*/)*")


def joined(pieces: list[str], wildcard: str) -> str:
    """Pieces with something wild between them; all but the last of those are lazy and never taken back."""
    if len(pieces) == 1:
        return pieces[0]
    first, *middle, last = pieces
    return first + "".join(f"(?>{wildcard}?{piece})" for piece in middle) + wildcard + last


def next_piece(glob: str, position: int) -> tuple[str | None, int]:
    """What stands at a position, as a pattern, and where the next one begins. `*` and `/` stand for themselves."""
    match glob[position]:
        case "*":
            while glob.startswith("*", position):
                position += 1
            return "*", position
        case "?":
            return "[^/]", position + 1
        case "[":
            return bracket(glob, position + 1)
        case "\\" if position + 1 < len(glob):
            position += 1
    character = glob[position]
    return character if character == "/" else re.escape(character), position + 1


def bracket(glob: str, position: int) -> tuple[str | None, int]:
    """`[a-c]`, `[!x]`, `[^x]`: one character that is not a slash. `[]` fits nothing and `[!]` anything, as in Ruby."""
    negated = glob[position : position + 1] in {"!", "^"}
    position += negated
    members = ""
    while position < len(glob) and glob[position] != "]":
        first, position = member(glob, position)
        if glob[position : position + 1] == "-" and glob[position + 1 : position + 2] not in {"]", ""}:
            last, position = member(glob, position + 1)
            members += span(first, last)
        else:
            members += re.escape(first)
    if position >= len(glob):
        return None, position
    if not members:
        return "[^/]" if negated else "(?!)", position + 1
    return f"(?!/)[{'^' if negated else ''}{members}]", position + 1


def span(first: str, last: str) -> str:
    """A range of characters; of one that runs backwards only the ends count."""
    if first > last:
        return re.escape(first) + re.escape(last)
    return f"{re.escape(first)}-{re.escape(last)}"


def member(glob: str, position: int) -> tuple[str, int]:
    """One character of a bracket, and where the next one begins. A backslash protects the character after it."""
    if glob[position] == "\\" and position + 1 < len(glob):
        position += 1
    return glob[position], position + 1
