"""The grammar of paths, built from the list of routes.

A project is a number or a full path, a ref may hold slashes, and both come percent-encoded or, behind a gateway that
decodes `%2F`, raw. Slashes collapse, one at the end is ignored, and a format may follow the last segment (`/user.json`).
`parsed` turns every such path into the one form that routes are written for: each variable part as one encoded segment.
Segments are compared one by one, in time linear to the length of the path.
"""

from functools import cache
from typing import NamedTuple

from pullcord.errors import PathTooLong, Refusal
from pullcord.routes.shapes import MAY_HOLD_SLASHES, Segments, encoded, fitted
from pullcord.routes.table import BASE, ROUTES, Route

PROJECTS = f"{BASE}/projects/"
OWNERS = {"projects": "<project>", "groups": "<group>"}
PREFIX = BASE.split("/")[1:]
MAX_LENGTH = 8192


class ParsedPath(NamedTuple):
    """A path in the form of the list of routes.

    canonical: variable parts as one percent-encoded segment each, single slashes, none at the end
    format:    what was asked for after a dot at the end, such as "json" of `/user.json`; None without
    is_known:  whether a route has this path, for whatever method
    """

    canonical: str
    format: str | None = None
    is_known: bool = True


def parsed(path: str) -> ParsedPath:
    """The canonical form of a path and its format; a path without a route is left as it is, but for its slashes.

    Raises PathTooLong before it looks at a path of more than `MAX_LENGTH` characters, BadRequest for one that is no
    encoded UTF-8.
    """
    if len(path) > MAX_LENGTH:
        raise PathTooLong
    segments = Segments.of(path)
    if not path.startswith("/") or segments.plain[: len(PREFIX)] != PREFIX:
        return ParsedPath("/".join([*([""] if path.startswith("/") else []), *segments.sent]), is_known=False)
    below = Segments(segments.sent[len(PREFIX) :], segments.plain[len(PREFIX) :])
    head = below.plain[0].partition(".")[0] if below.plain else ""
    if (found := fitted(_shapes("").get(head, ()), below, 0)) is not None:
        return ParsedPath("/".join([BASE, *found.segments]), found.format)
    if len(below.sent) > 1 and below.plain[0] in OWNERS:
        return _owned(below.plain[0], Segments(below.sent[1:], below.plain[1:]))
    return ParsedPath("/".join([BASE, *below.sent]), is_known=False)


def canonical(path: str) -> str:
    """The canonical form of a path."""
    return parsed(path).canonical


def relocated(path: str, project_id: int) -> str:
    """A canonical path below a project, with the project's number in place of its path."""
    return f"{PROJECTS}{project_id}{''.join(path.removeprefix(PROJECTS).partition('/')[1:])}"


def route_of(method: str, path: str) -> Route | None:
    """The route of a call, whatever the form of its path; a HEAD request has the route of its GET. None: no route."""
    wanted = "GET" if method == "HEAD" else method
    return next((route for route in _routes_at(path) if route.method == wanted), None)


def methods(path: str) -> tuple[str, ...]:
    """The methods of a path in the order of the list, with GET also HEAD; empty if it has no route."""
    found = dict.fromkeys(route.method for route in _routes_at(path))
    return (*found, "HEAD") if "GET" in found else (*found,)


def _routes_at(path: str) -> list[Route]:
    try:
        found = parsed(path)
    except Refusal:
        return []
    segments = found.canonical.split("/")
    return [route for route in ROUTES if found.is_known and _same(route.path.split("/"), segments)]


def _same(shape: list[str], segments: list[str]) -> bool:
    return len(shape) == len(segments) and all(
        bool(given) if wanted.startswith("<") else wanted == given
        for wanted, given in zip(shape, segments, strict=True)
    )


def _owned(collection: str, segments: Segments) -> ParsedPath:
    """A path below `/projects` or `/groups`: its owner as one segment, and what follows."""
    shapes, prefix = _shapes(OWNERS[collection]), f"{BASE}/{collection}"
    for length in _owner_lengths(collection, segments):
        heads = shapes.get(segments.plain[length].partition(".")[0], ())
        if (found := fitted(heads, segments, length)) is not None:
            return ParsedPath("/".join([prefix, encoded(segments.sent[:length]), *found.segments]), found.format)
    if _is_whole(segments.plain[0]):
        rest = segments.sent[1:]
        return ParsedPath("/".join([prefix, encoded(segments.sent[:1]), *rest]), is_known=not rest)
    return ParsedPath(f"{prefix}/{encoded(segments.sent)}")


@cache
def _shapes(owner: str) -> dict[str, list[list[str]]]:
    """The shapes of paths after `<project>` or `<group>`, by their first segment; for "", those of all other paths.

    An object of a collection may be followed by one more segment, so that an operation that does not exist yet is told
    apart from a project that does not exist.
    """
    found: dict[str, list[list[str]]] = {}
    for route in ROUTES:
        segments = route.path.removeprefix(f"{BASE}/").split("/")
        if owner != next((part for part in segments if part in OWNERS.values()), ""):
            continue
        segments = segments[2:] if owner else segments
        if segments and segments not in (shapes := found.setdefault(segments[0], [])):
            shapes.append(segments)
            if owner and _is_object(*segments[1:]):
                shapes.append([*segments, "<part>"])
    return found


def _is_object(part: str = "", *more: str) -> bool:
    """Whether what follows a collection's name is one part, which names an object in it."""
    return part.startswith("<") and part not in MAY_HOLD_SLASHES and not more


def _is_whole(owner: str) -> bool:
    """Whether a decoded segment can only be a whole owner: a number, or a path whose slashes were encoded."""
    digits = owner.removeprefix("-")
    return "/" in owner or (digits.isascii() and digits.isdecimal())


def _owner_lengths(collection: str, segments: Segments) -> list[int]:
    """How many segments the owner may have, the likeliest first: the shortest that leaves a known rest is meant."""
    longer = list(range(2, len(segments.sent)))
    if len(segments.sent) == 1:
        return []
    if _is_whole(segments.plain[0]):
        return [1]
    if collection == "groups":
        return [1, *longer]
    # A project has a namespace, so one bare name is an owner only before what cannot be a project's path.
    return [*longer, 1] if longer or _has_objects(collection, segments.plain[1]) else longer


def _has_objects(collection: str, head: str) -> bool:
    return any(len(shape) > 1 for shape in _shapes(OWNERS[collection]).get(head, ()))
