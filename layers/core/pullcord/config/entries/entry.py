"""Node of the configuration under validation: its value, its path in GitLab's messages, and its problems."""

import re
from collections.abc import Hashable, Iterator, Mapping
from types import MappingProxyType

from pullcord.config import lazy, ruby
from pullcord.config.problems import Location, Problem
from pullcord.config.tree import Map, RawLocation, Seq, location_of

_NOTHING: Mapping[Hashable, object] = MappingProxyType({})
_UNIMPLEMENTED = lazy.pattern(r"jobs ([a-z\s]+) config should implement")


def raw_location_in(container: object, key: Hashable, otherwise: RawLocation) -> RawLocation:
    """Location of an item of a container; `otherwise` for a container without locations."""
    if isinstance(container, Map):
        return container.raw_locations.get(key, container.raw_location)
    if isinstance(container, Seq) and isinstance(key, int) and key < len(container.raw_locations):
        return container.raw_locations[key]
    return otherwise


def flattened(value: object, raw_location: RawLocation) -> Iterator[tuple[object, RawLocation]]:
    """Yield the items of nested lists, each with its location; a value that is no list is its only item."""
    if not isinstance(value, list):
        yield value, raw_location
        return
    for index, item in enumerate(value):
        if isinstance(item, list):
            yield from flattened(item, raw_location_in(value, index, raw_location))
        else:
            yield item, raw_location_in(value, index, raw_location)


class Entry:
    """Node of the configuration.

    value: as written; map: the value if it is a map, else an empty one
    key:   name of the node in its path and in those of its children; None: only its kind names it
    kind:  name of a node without key

    Messages follow the order of GitLab: those of the node itself (`wrong`, and `late` for checks that follow those of
    the children), then those of its children. Paths are put together when there is a message.
    """

    __slots__ = ("_given_location", "_late_at", "_start", "key", "kind", "map", "parent", "problems", "value")

    def __init__(
        self,
        value: object,
        key: Hashable,
        problems: list[Problem],
        parent: "Entry | None" = None,
        location: RawLocation = None,
        *,
        kind: str = "",
    ) -> None:
        self.value = value
        self.map: Mapping[Hashable, object] = value if isinstance(value, dict) else _NOTHING
        self.key = key
        self.kind = kind
        self.parent = parent
        self._given_location = location
        self.problems = problems
        self._start = self._late_at = len(problems)

    @property
    def raw_location(self) -> RawLocation:
        """Location of the node as given, else that of its key in the parent."""
        if self._given_location is not None or self.parent is None:
            return self._given_location
        return raw_location_in(self.parent.value, self.key, self.parent.raw_location)

    @property
    def location(self) -> Location | None:
        """Location of the node."""
        return location_of(self.raw_location)

    def child(self, key: Hashable, kind: str = "") -> "Entry":
        """Return the child at `key` of a map; its value is null if there is none."""
        entry = Entry(self.map.get(key), key, self.problems, self)
        entry.kind = kind
        return entry

    def item(self, value: object, kind: str, location: RawLocation) -> "Entry":
        """Return an item of a list, named by its kind."""
        return Entry(value, kind, self.problems, self, location)

    def get(self, key: Hashable) -> object:
        """Return the value at `key`; null if there is none or the node is no map."""
        return self.map.get(key)

    def has(self, key: Hashable) -> bool:
        """Whether `key` is written, even with null."""
        return key in self.map

    def wrong(self, attribute: str, message: str, at: Hashable = None) -> None:
        """Report a problem of an attribute ("config": the node itself). `at`: the key, if it has another name."""
        self.problems.append(self._problem(attribute, message, at))

    def late(self, attribute: str, message: str) -> None:
        """Report a problem of the node itself after those of its children."""
        self.problems.insert(self._late_at, self._problem(attribute, message))
        self._late_at += 1

    def refuse(self, message: str) -> None:
        """Report that the value has none of the valid forms. Such messages keep their case."""
        self.problems.append(Problem(f"{self.path()} {message}", self.location))

    def own_faults(self) -> bool:
        """Whether the node itself has problems, which ends its validation: children are not checked then."""
        self._late_at = len(self.problems)
        return self._late_at > self._start

    def faults(self) -> bool:
        """Whether there are problems in the node or its children."""
        return len(self.problems) > self._start

    def path(self) -> str:
        """Return the path of the node, as `jobs:build:artifacts`."""
        nameless = self.key is None or self.key is False or self.key == ""
        names = [self.kind if nameless else ruby.to_s(self.key)]
        above = self.parent
        while above is not None:
            if above.key is not None:
                names.append(ruby.to_s(above.key))
            above = above.parent
        return ":".join(reversed(names))

    def _problem(self, attribute: str, message: str, at: Hashable = None) -> Problem:
        words = [self.path(), *([attribute.replace("_", " ")] if attribute else []), message]
        text = _UNIMPLEMENTED().sub(_joined, " ".join(words).lower())
        key = attribute if at is None else at
        return Problem(
            text, self.location if key == "config" else location_of(raw_location_in(self.value, key, self.raw_location))
        )


def _joined(found: re.Match[str]) -> str:
    """Write a name with underscores for blanks, as GitLab does in this message."""
    return f"jobs {found[1].replace(' ', '_')} config should implement"


class KeyLocations(Mapping[str, Location | None]):
    """Locations of the keys of a map, converted when they are read."""

    __slots__ = ("_map",)

    def __init__(self, written: Map) -> None:
        self._map = written

    def __getitem__(self, key: str) -> Location | None:
        return location_of(self._map.raw_locations[key])

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._map.raw_locations if isinstance(key, str))

    def __len__(self) -> int:
        return sum(1 for _ in self)
