"""Braces in globs, as Ruby expands them for FNM_EXTGLOB: `{a,b}c` is `ac` or `bc`."""

from collections.abc import Iterator

MOST_CHARACTERS = 262_144
"""How much text is read in all for one glob."""


def expand(glob: str) -> Iterator[str]:
    """Every alternative, in order; nested and repeated braces too. A brace that is never closed yields nothing.

    A glob whose braces nest or repeat so much that this costs more than 256 KiB of reading yields no more.
    """
    waiting, budget = [glob], MOST_CHARACTERS
    while waiting and budget > 0:
        text = waiting.pop()
        budget -= len(text)
        opening, closing = group(text)
        if opening is None:
            yield text
        elif closing is not None:
            head, inner, tail = text[:opening], text[opening + 1 : closing], text[closing + 1 :]
            choices = options(inner)
            if len(choices) * (len(text) - len(inner)) > MOST_CHARACTERS:
                return
            waiting.extend(head + choice + tail for choice in reversed(choices))


def group(text: str) -> tuple[int | None, int | None]:
    """Where the first group of braces opens and closes. Backslashes protect."""
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


def options(inner: str) -> list[str]:
    """What the commas outside nested braces divide."""
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
