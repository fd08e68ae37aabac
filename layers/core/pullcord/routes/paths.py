"""The grammar of paths, built from the list of routes.

A project is a number or a full path, a ref may hold slashes, and both come percent-encoded or, behind a gateway that
decodes `%2F`, raw. `canonical` turns every such path into the one form that routes are written for: owner and ref as one
encoded segment each. Segments are compared one by one, in time linear to the length of the path.
"""

from functools import cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from pullcord.routes.table import BASE, ROUTES, Route

PROJECTS = f"{BASE}/projects/"
GROUPS = f"{BASE}/groups/"
MAY_HOLD_SLASHES = frozenset({"<ref>", "<name>"})


class OwnedPath(NamedTuple):
    """A path below a project or group, taken apart.

    owner: number or full path of the project or group, decoded
    rest:  what follows, its ref or name encoded as one segment; "" for the project or group itself
    """

    prefix: str
    owner: str
    rest: str


@cache
def _shapes(prefix: str) -> dict[str, list[list[str]]]:
    """The shapes of paths after an owner, by their first segment.

    An object of a collection may be followed by one more segment, so that an operation that does not exist yet is told
    apart from a project that does not exist.
    """
    found: dict[str, list[list[str]]] = {}
    for route in ROUTES:
        _, below, rest = route.path.partition(prefix)
        segments = rest.split("/")[1:] if below else []
        if segments and segments not in (shapes := found.setdefault(segments[0], [])):
            shapes.append(segments)
            if segments[-1].startswith("<") and segments[-1] not in MAY_HOLD_SLASHES and len(segments) == 2:
                shapes.append([*segments, "<part>"])
    return found


def owned(path: str) -> OwnedPath | None:
    """The owner and what follows; None for a path that is neither below `/projects/` nor below `/groups/`."""
    for prefix in (PROJECTS, GROUPS):
        below = path.removeprefix(prefix).removesuffix("/")
        if path.startswith(prefix) and below:
            segments = below.split("/")
            for length in _owner_lengths(prefix, segments):
                rest = _fitted(_shapes(prefix), segments, length)
                if rest is not None:
                    return OwnedPath(prefix, unquote("/".join(segments[:length])), rest)
            return OwnedPath(prefix, unquote(below), "")
    return None


def canonical(path: str) -> str:
    """The path with owner and ref as one percent-encoded segment each; other paths without a slash at the end."""
    found = owned(path)
    if found is None:
        return path.removesuffix("/")
    owner = quote(found.owner, safe="")
    return f"{found.prefix}{owner}/{found.rest}" if found.rest else f"{found.prefix}{owner}"


def relocated(path: str, project_id: int) -> str:
    """A canonical path below a project, with the project's number in place of its path."""
    return f"{PROJECTS}{project_id}{''.join(path.removeprefix(PROJECTS).partition('/')[1:])}"


def route_of(method: str, path: str) -> Route | None:
    """The route of a call, whatever the form of its path; a HEAD request has the route of its GET. None: no route."""
    segments = canonical(path).split("/")
    wanted = "GET" if method == "HEAD" else method
    fitting = (route for route in ROUTES if route.method == wanted and _same(route.path.split("/"), segments))
    return next(fitting, None)


def _owner_lengths(prefix: str, segments: list[str]) -> list[int]:
    """How many segments the owner may have, the likeliest first: the shortest that leaves a known rest is meant."""
    longer = list(range(2, len(segments)))
    single = len(segments) > 1
    if prefix == GROUPS or segments[0].removeprefix("-").isdecimal() or "%2f" in segments[0].lower():
        return [1, *longer] if single else []
    # A project has a namespace, so one bare name is an owner only before what cannot be a project's path.
    return [*longer, 1] if single and (len(segments) > 2 or _has_objects(prefix, segments[1])) else longer


def _has_objects(prefix: str, head: str) -> bool:
    return any(len(shape) > 1 for shape in _shapes(prefix).get(head, ()))


def _fitted(shapes: dict[str, list[list[str]]], segments: list[str], start: int) -> str | None:
    """The segments from `start` on in the form of the first shape that they have."""
    for shape in shapes.get(segments[start], ()):
        if (fitted := _fit(shape, segments, start)) is not None:
            return fitted
    return None


def _fit(shape: list[str], segments: list[str], start: int) -> str | None:
    """The segments from `start` on in the form of this shape, None if they have another one.

    What stands before and after the free part is compared first, so that nothing long is copied in vain.
    """
    free = next((index for index, segment in enumerate(shape) if segment in MAY_HOLD_SLASHES), None)
    if free is None:
        fits = len(segments) - start == len(shape) and _same(shape, segments[start:])
        return "/".join(segments[start:]) if fits else None
    first, end = start + free, len(segments) - (len(shape) - free - 1)
    if end <= first or not _same(shape[:free], segments[start:first]) or not _same(shape[free + 1 :], segments[end:]):
        return None
    name = quote(unquote("/".join(segments[first:end])), safe="")
    return "/".join([*segments[start:first], name, *segments[end:]]) if name else None


def _same(shape: list[str], segments: list[str]) -> bool:
    return len(shape) == len(segments) and all(
        bool(given) if wanted.startswith("<") else wanted == given
        for wanted, given in zip(shape, segments, strict=True)
    )
