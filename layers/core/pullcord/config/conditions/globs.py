"""Globs of `changes:` and `exists:`, as Ruby's `File.fnmatch` with FNM_PATHNAME, FNM_DOTMATCH and FNM_EXTGLOB.

A glob is compiled to one pattern. Braces are expanded first: `{a,b}c` is `ac` or `bc`. Every wildcard but the last of
its stretch is atomic, which is right because the leftmost match of a stretch never spoils what follows, and keeps a
hostile glob from taking exponential time.

Source: https://docs.ruby-lang.org/en/master/File.html#method-c-fnmatch
"""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

MAX_ALTERNATIVES = 1024
MAX_PATTERN_CHARACTERS = 65_536
MAX_READ_CHARACTERS = 262_144
"""Characters read in all to expand the braces of one glob."""

NOTHING = re.compile(r"(?!)")


class TooManyAlternatives(ValueError):
    """Raised for a glob whose braces make more alternatives than are compared. The text says how many may be."""

    def __init__(self) -> None:
        maximum = f"{MAX_ALTERNATIVES} with {MAX_PATTERN_CHARACTERS} characters in all"
        super().__init__(f"has too many alternatives in the braces of a glob (maximum is {maximum})")


def wild(glob: str) -> bool:
    """Whether a glob has wildcards; without any it is the path of one file or directory."""
    return any(character in glob for character in "*?[{")


def matches(glob: str, path: str) -> bool:
    """Whether the whole path matches the glob. Raises TooManyAlternatives."""
    return any_matches([glob], [path])


def any_matches(globs: Iterable[str], paths: Collection[str]) -> bool:
    """Whether at least one of the paths matches at least one of the globs.

    Raises TooManyAlternatives if there is such a glob and no other matches.
    """
    patterns = [compiled(glob) for glob in globs]
    tests = [found.match for found in patterns if found is not None]
    if any(test(path) for path in paths for test in tests):
        return True
    if paths and len(tests) < len(patterns):
        raise TooManyAlternatives
    return False


@lru_cache(maxsize=1024)
def compiled(glob: str) -> re.Pattern[str] | None:
    """Compile a glob; None for more than 1,024 alternatives, or 64 KiB of them."""
    patterns: list[str] = []
    characters = 0
    try:
        for count, alternative in enumerate(expand_braces(glob), start=1):
            characters += len(alternative)
            if count > MAX_ALTERNATIVES or characters > MAX_PATTERN_CHARACTERS:
                return None
            if (translated := translate(alternative)) is not None:
                patterns.append(translated)
    except TooManyAlternatives:
        return None
    return re.compile(rf"(?:{'|'.join(patterns)})\Z") if patterns else NOTHING


def translate(glob: str) -> str | None:
    """Translate a glob without braces to a pattern; None for a bracket that is never closed, which matches nothing.

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
    """Join pieces with wildcards; all but the last wildcard are lazy and atomic."""
    if len(pieces) == 1:
        return pieces[0]
    first, *middle, last = pieces
    return first + "".join(f"(?>{wildcard}?{piece})" for piece in middle) + wildcard + last


def next_piece(glob: str, position: int) -> tuple[str | None, int]:
    """Translate the piece at a position to a pattern, and return the next position. `*` and `/` stay as they are."""
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
    """Translate a bracket, `[a-c]`, `[!x]` or `[^x]`, which matches no slash.

    As in Ruby `[]` matches nothing and `[!]` anything.
    """
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
    """Translate a range of characters; one that runs backwards matches its two ends."""
    if first > last:
        return re.escape(first) + re.escape(last)
    return f"{re.escape(first)}-{re.escape(last)}"


def member(glob: str, position: int) -> tuple[str, int]:
    """Read a character of a bracket; the result is the character and the next position. A backslash protects."""
    if glob[position] == "\\" and position + 1 < len(glob):
        position += 1
    return glob[position], position + 1


def expand_braces(glob: str) -> Iterator[str]:
    """Yield every alternative, in order, also of nested and repeated braces. A brace that is never closed yields none.

    Raises TooManyAlternatives if braces nest or repeat so much that this costs more than 256 KiB of reading.
    """
    waiting, budget = [glob], MAX_READ_CHARACTERS
    while waiting:
        if budget <= 0:
            raise TooManyAlternatives
        text = waiting.pop()
        budget -= len(text)
        opening, closing = brace_group(text)
        if opening is None:
            yield text
        elif closing is not None:
            head, inner, tail = text[:opening], text[opening + 1 : closing], text[closing + 1 :]
            alternatives = split_alternatives(inner)
            if len(alternatives) * (len(text) - len(inner)) > MAX_READ_CHARACTERS:
                raise TooManyAlternatives
            waiting.extend(head + choice + tail for choice in reversed(alternatives))


def brace_group(text: str) -> tuple[int | None, int | None]:
    """Return where the first group of braces opens and closes. Backslashes protect."""
    opening, depth, position = None, 0, 0
    while position < len(text):
        match text[position]:
            case "\\":
                position += 1
            case "{":
                opening = position if depth == 0 else opening
                depth += 1
            case "}" if opening is not None:
                depth -= 1
                if depth == 0:
                    return opening, position
        position += 1
    return opening, None


def split_alternatives(inner: str) -> list[str]:
    """Split at the commas outside nested braces."""
    found, start, depth, position = [], 0, 0, 0
    while position < len(inner):
        match inner[position]:
            case "\\":
                position += 1
            case "{":
                depth += 1
            case "}":
                depth -= 1
            case "," if depth == 0:
                found.append(inner[start:position])
                start = position + 1
        position += 1
    return [*found, inner[start:]]
