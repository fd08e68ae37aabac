"""A node of the configuration under validation: its value, what GitLab calls its location, and where problems go."""

import re
from collections.abc import Hashable, Iterator, Mapping
from types import MappingProxyType

from pullcord.config import lazy, ruby
from pullcord.config.problems import Place, Problem
from pullcord.config.tree import Map, Seq, Spot, place_of

_NOTHING: Mapping[Hashable, object] = MappingProxyType({})
_UNIMPLEMENTED = lazy.pattern(r"jobs ([a-z\s]+) config should implement")


def spot_in(container: object, key: Hashable, otherwise: Spot) -> Spot:
    """Where an item of a container was written; for a value that came from elsewhere, the spot of its container."""
    if isinstance(container, Map):
        return container.spots.get(key, container.spot)
    if isinstance(container, Seq) and isinstance(key, int) and key < len(container.spots):
        return container.spots[key]
    return otherwise


def flattened(value: object, spot: Spot) -> Iterator[tuple[object, Spot]]:
    """The items of lists within lists, each with its spot; a value that is no list is its only item."""
    if not isinstance(value, list):
        yield value, spot
        return
    for index, item in enumerate(value):
        if isinstance(item, list):
            yield from flattened(item, spot_in(value, index, spot))
        else:
            yield item, spot_in(value, index, spot)


class Entry:
    """One node.

    value: what stands there; map: the same if it is a map, else an empty one
    key:   what the node is called in locations of itself and of what is below; None: it is only called by its kind
    kind:  what it is called where it has no key

    Messages follow the order of GitLab: those of the node itself (`wrong`, and `late` for what is only known after the
    children were checked), then those of its children. Locations are put together when there is something to say.
    """

    __slots__ = ("_late_at", "_start", "key", "kind", "map", "parent", "problems", "value", "written")

    def __init__(
        self,
        value: object,
        key: Hashable,
        problems: list[Problem],
        parent: "Entry | None" = None,
        place: Spot = None,
        *,
        kind: str = "",
    ) -> None:
        self.value = value
        self.map: Mapping[Hashable, object] = value if isinstance(value, dict) else _NOTHING
        self.key = key
        self.kind = kind
        self.parent = parent
        self.written = place
        self.problems = problems
        self._start = self._late_at = len(problems)

    @property
    def spot(self) -> Spot:
        """Where the node was written: if nobody said so, where its parent has its key."""
        if self.written is not None or self.parent is None:
            return self.written
        return spot_in(self.parent.value, self.key, self.parent.spot)

    @property
    def place(self) -> Place | None:
        """The place of that spot."""
        return place_of(self.spot)

    def child(self, key: Hashable, kind: str = "") -> "Entry":
        """The node below `key` of a map; null when there is none."""
        entry = Entry(self.map.get(key), key, self.problems, self)
        entry.kind = kind
        return entry

    def item(self, value: object, kind: str, place: Spot) -> "Entry":
        """An item of a list: GitLab calls it by its kind."""
        return Entry(value, kind, self.problems, self, place)

    def get(self, key: Hashable) -> object:
        """The value below `key`; null when there is none or the node is no map."""
        return self.map.get(key)

    def has(self, key: Hashable) -> bool:
        """Whether `key` is written, be it with null."""
        return key in self.map

    def wrong(self, attribute: str, message: str, at: Hashable = None) -> None:
        """Report a problem of a key below ("config": of the node itself). `at`: the key, if called differently."""
        self.problems.append(self._problem(attribute, message, at))

    def late(self, attribute: str, message: str) -> None:
        """Report a problem of the node itself after its children were looked at."""
        self.problems.insert(self._late_at, self._problem(attribute, message))
        self._late_at += 1

    def refuse(self, message: str) -> None:
        """Report that the value has none of the forms the keyword knows. Such messages keep their case."""
        self.problems.append(Problem(f"{self.location()} {message}", self.place))

    def own_faults(self) -> bool:
        """Whether the node itself has problems, which ends its validation: children are not looked at then."""
        self._late_at = len(self.problems)
        return self._late_at > self._start

    def faults(self) -> bool:
        """Whether there are problems in the node or below it."""
        return len(self.problems) > self._start

    def location(self) -> str:
        """The path of the node, as `jobs:build:artifacts`."""
        nameless = self.key is None or self.key is False or self.key == ""
        names = [self.kind if nameless else ruby.to_s(self.key)]
        above = self.parent
        while above is not None:
            if above.key is not None:
                names.append(ruby.to_s(above.key))
            above = above.parent
        return ":".join(reversed(names))

    def _problem(self, attribute: str, message: str, at: Hashable = None) -> Problem:
        words = [self.location(), *([attribute.replace("_", " ")] if attribute else []), message]
        text = _UNIMPLEMENTED().sub(_joined, " ".join(words).lower())
        key = attribute if at is None else at
        return Problem(text, self.place if key == "config" else place_of(spot_in(self.value, key, self.spot)))


def _joined(found: re.Match[str]) -> str:
    """GitLab writes the blanks of such a name as underscores."""
    return f"jobs {found[1].replace(' ', '_')} config should implement"


class Places(Mapping[str, Place | None]):
    """Where the keys of a map were written, made out when asked for."""

    __slots__ = ("_map",)

    def __init__(self, written: Map) -> None:
        self._map = written

    def __getitem__(self, key: str) -> Place | None:
        return place_of(self._map.spots[key])

    def __iter__(self) -> Iterator[str]:
        return (key for key in self._map.spots if isinstance(key, str))

    def __len__(self) -> int:
        return sum(1 for _ in self)
