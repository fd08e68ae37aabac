"""Segments of a path compared with the shape of a route, one by one, in time linear to their number.

Variable parts and formats are told apart as Grape does: a part ends at a dot unless the route says otherwise, and what
follows the dot of the last segment is the format (`/user.json`, `/triggers/5.json`).
"""

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote, unquote

from pullcord.errors import BadRequest

MAY_HOLD_SLASHES = frozenset({"<ref>", "<name>"})
MAY_HOLD_DOTS = MAY_HOLD_SLASHES | {"<project>", "<group>", "<namespace>"}


class Segments(NamedTuple):
    """Segments of a path, as sent and decoded."""

    sent: list[str]
    plain: list[str]

    @classmethod
    def of(cls, path: str) -> "Segments":
        """The segments of a path, without the empty ones between two slashes. Raises BadRequest if it is no UTF-8."""
        sent = [segment for segment in path.split("/") if segment]
        try:
            plain = [unquote(segment, errors="strict") if "%" in segment else segment for segment in sent]
        except UnicodeDecodeError as error:
            raise BadRequest("400 Bad request - invalid %-encoding") from error
        if any("\0" in segment for segment in plain):
            raise BadRequest("400 Bad request - invalid character in the path")
        return cls(sent, plain)


class Fitted(NamedTuple):
    """Segments in the form of a shape, variable parts encoded, and the format."""

    segments: list[str]
    format: str | None


def encoded(segments: Iterable[str]) -> str:
    """Segments as one percent-encoded segment, whatever was encoded before."""
    return quote(unquote("/".join(segments)), safe="")


def fitted(shapes: Iterable[list[str]], segments: Segments, start: int) -> Fitted | None:
    """The segments from `start` on in the form of the first shape that they have; None if they have none."""
    return next((found for shape in shapes if (found := _fit(shape, segments, start)) is not None), None)


def _fit(shape: list[str], segments: Segments, start: int) -> Fitted | None:
    """The segments from `start` on in the form of this shape, None if they have another one.

    What stands before and after the part that may hold slashes is compared first: nothing long is copied in vain.
    """
    free = next((index for index, wanted in enumerate(shape) if wanted in MAY_HOLD_SLASHES), None)
    if free is None:
        return _fit_each(shape, segments.plain[start:]) if len(segments.sent) - start == len(shape) else None
    end = len(segments.sent) - (len(shape) - free - 1)
    if end <= start + free:
        return None
    before = _fit_each([*shape[:free], "<part>"], [*segments.plain[start : start + free], "x"])
    after = _fit_each(shape[free + 1 :], segments.plain[end:])
    if before is None or after is None:
        return None
    name = encoded(segments.sent[start + free : end])
    return Fitted([*before.segments[:-1], name, *after.segments], after.format)


def _fit_each(shape: list[str], plain: list[str]) -> Fitted | None:
    found: list[str] = []
    extension: str | None = None
    for index, (wanted, segment) in enumerate(zip(shape, plain, strict=True)):
        part = _part(wanted, segment, last=index == len(shape) - 1)
        if part is None:
            return None
        found.append(part[0])
        extension = part[1]
    return Fitted(found, extension)


def _part(wanted: str, plain: str, *, last: bool) -> tuple[str, str | None] | None:
    """One segment in the form that is wanted, and the format behind it; None if it is another segment."""
    if wanted in MAY_HOLD_DOTS:
        return quote(plain, safe=""), None
    name, dot, extension = plain.partition(".")
    if dot and not (last and name and extension and not {".", "/"} & {*extension}):
        return None
    if wanted.startswith("<"):
        return quote(name, safe=""), extension or None
    return (wanted, extension or None) if name == wanted else None
