"""Texts without the values of masked variables."""

from collections.abc import Iterable, Iterator

MASKED = "[MASKED]"


def masked(text: str, secrets: Iterable[str]) -> str:
    """Replace every place of every secret by `[MASKED]`; places that overlap count as one.

    Secrets are looked up in the text as it came: one may begin, end or contain another, or stand in `[MASKED]`.
    """
    places = sorted(place for secret in set(secrets) if secret for place in _places(text, secret))
    if not places:
        return text
    parts, end = [], 0
    for start, stop in places:
        if start >= end:
            parts += [text[end:start], MASKED]
        end = max(end, stop)
    return "".join([*parts, text[end:]])


def _places(text: str, secret: str) -> Iterator[tuple[int, int]]:
    """Beginning and end of every place of a secret, which may overlap itself, in time linear in the text's length.

    Two places that overlap lie one period apart or several, or share less than a period. So a place is extended period
    by period, and the search goes on where less than a period of it is left.
    """
    start = text.find(secret)
    period = _period(secret) if start >= 0 else 0
    while start >= 0:
        end = start + len(secret)
        while text.startswith(secret[-period:], end):
            end += period
        yield start, end
        start = text.find(secret, end - period + 1)


def _period(text: str) -> int:
    """The smallest distance at which a text can be laid over itself."""
    borders = [0]
    for character in text[1:]:
        border = borders[-1]
        while border and text[border] != character:
            border = borders[border - 1]
        borders.append(border + (text[border] == character))
    return len(text) - borders[-1]
