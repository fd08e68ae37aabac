"""The grammar of our paths, in one place.

A project is a number or a full path, a ref may hold slashes, and both come percent-encoded or, behind a gateway that
decodes `%2F`, raw. `canonical` turns every such path into the one form that the doors' routes are written for:
project and ref as one encoded segment each.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import quote, unquote

PREFIX = "/api/v4/projects/"
GROUPS = "/api/v4/groups/"

PARTS = (
    r"ref/(?P<free>.+)/trigger/pipeline",
    r"repository/(?:branches|tags|commits)/(?P<free>.+)",
    r"protected_(?:branches|tags)/(?P<free>.+)",
    r"repository/(?:branches|tags|commits)",
    r"protected_(?:branches|tags)",
    r"trigger/pipeline",
    r"triggers(?:/[^/]+)?",
    r"pipelines(?:/[^/]+(?:/[^/]+)?)?",
    r"pipeline",
    r"jobs(?:/[^/]+(?:/[^/]+)?)?",
    r"members(?:/all)?(?:/[^/]+)?",
    r"variables(?:/[^/]+)?",
    r"job_token_scope(?:/[^/]+(?:/[^/]+)?)?",
    r"archive",
    r"unarchive",
)
"""What can follow a project; `free` alone, a ref or a wildcard, may hold slashes."""

GROUP_PARTS = (
    r"members(?:/all)?(?:/[^/]+)?",
    r"variables(?:/[^/]+)?",
    r"projects",
    r"subgroups",
    r"descendant_groups",
)
"""What can follow a group."""

PROJECT = r"(?P<owner>-?\d+|[^/]+?(?:/|%2[fF]).+?)"
"""A number, or a path of two segments at least; the shortest that leaves one of the parts over is meant."""


def _forms(owner: str, parts: Iterable[str]) -> list[tuple[str, str]]:
    """Patterns of paths, each with a word that all its paths have.

    Patterns are compiled when a path with their word comes along: a cold start pays for one, not for 3 ms of them.
    """
    return [(f"/{re.split('[^a-z_]', part)[0]}", rf"{owner}/(?P<rest>{part})\Z") for part in parts]


GRAMMAR = [*_forms(PROJECT, PARTS), *_forms("(?P<owner>[^/]+)", (part for part in PARTS if "/" in part))]
GROUP_GRAMMAR = _forms("(?P<owner>.+?)", GROUP_PARTS)


class Place(NamedTuple):
    """A path below a project or group, taken apart.

    owner: number or full path of the project or group, decoded
    rest:  what follows, its free part encoded as one segment; "" for the project or group itself
    """

    prefix: str
    owner: str
    rest: str


def place(path: str) -> Place | None:
    """What a path means, None if it is neither below `/api/v4/projects/` nor below `/api/v4/groups/`."""
    for prefix, grammar in ((PREFIX, GRAMMAR), (GROUPS, GROUP_GRAMMAR)):
        below = path.removeprefix(prefix).removesuffix("/")
        if path.startswith(prefix) and below:
            possible = (re.match(form, below, re.DOTALL) for word, form in grammar if word in below)
            found = next(filter(None, possible), None)
            return Place(prefix, unquote(found["owner"]), _rest(found)) if found else Place(prefix, unquote(below), "")
    return None


def canonical(path: str) -> str:
    """The path with project or group and the free part as one percent-encoded segment each; other paths as they are."""
    found = place(path)
    if found is None:
        return path.removesuffix("/")
    owner = quote(found.owner, safe="")
    return f"{found.prefix}{owner}/{found.rest}" if found.rest else f"{found.prefix}{owner}"


def relocated(path: str, number: int) -> str:
    """A canonical path below a project, with the project's number in place of what stands there."""
    return f"{PREFIX}{number}{''.join(path.removeprefix(PREFIX).partition('/')[1:])}"


def _rest(found: re.Match[str]) -> str:
    free, rest = found.groupdict().get("free"), found["rest"]
    if free is None:
        return rest
    start, end = (position - found.start("rest") for position in found.span("free"))
    return f"{rest[:start]}{quote(unquote(free), safe='')}{rest[end:]}"
