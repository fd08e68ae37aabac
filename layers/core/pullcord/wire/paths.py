"""The grammar of our paths, in one place.

A project is a number or a full path, a ref may hold slashes, and both come percent-encoded or, behind a gateway that
decodes `%2F`, raw. `canonical` turns every such path into the one form that the doors' routes are written for:
project and ref as one encoded segment each.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, unquote

PREFIX = "/api/v4/projects/"

PARTS = (
    r"ref/(?P<ref>.+)/trigger/pipeline",
    r"trigger/pipeline",
    r"triggers(?:/[^/]+)?",
    r"pipelines(?:/[^/]+(?:/[^/]+)?)?",
    r"pipeline",
    r"jobs(?:/[^/]+(?:/[^/]+)?)?",
)
"""What can follow a project; `ref` alone may hold slashes."""

PROJECT = r"(?P<project>-?\d+|[^/]+?(?:/|%2[fF]).+?)"
"""A number, or a path of two segments at least; the shortest that leaves one of the parts over is meant."""

GRAMMAR = [re.compile(rf"{PROJECT}/(?P<rest>{part})\Z", re.DOTALL) for part in PARTS]
NO_PROJECT = [re.compile(rf"(?P<project>[^/]+)/(?P<rest>{part})\Z", re.DOTALL) for part in PARTS if "/" in part]


class Place(NamedTuple):
    """A path below a project, taken apart. `rest` is "" for the project itself; project and ref are decoded."""

    project: str
    rest: str
    ref: str | None = None


def place(path: str) -> Place | None:
    """What a path means, None if it is not below `/api/v4/projects/`."""
    below = path.removeprefix(PREFIX).removesuffix("/")
    if not path.startswith(PREFIX) or not below:
        return None
    for pattern in (*GRAMMAR, *NO_PROJECT):
        if found := pattern.match(below):
            ref = found.groupdict().get("ref")
            return Place(unquote(found["project"]), found["rest"], None if ref is None else unquote(ref))
    return Place(unquote(below), "")


def canonical(path: str) -> str:
    """The path with project and ref as one percent-encoded segment each; other paths as they are."""
    found = place(path)
    if found is None:
        return path
    project = quote(found.project, safe="")
    if found.ref is not None:
        return f"{PREFIX}{project}/ref/{quote(found.ref, safe='')}/trigger/pipeline"
    return f"{PREFIX}{project}/{found.rest}" if found.rest else f"{PREFIX}{project}"
