"""What YAML becomes: plain values whose containers remember where each entry was written.

Scalars are str, int, float, bool, None and `Symbol`; containers are `Map` and `Seq`; a `!reference` is a
`Reference` until the references pass has resolved it. Subtrees are shared between places (aliases, extended jobs,
resolved references): a pass that changes something makes a new container and never writes into one it was given.
"""

from collections.abc import Hashable
from typing import Protocol

from pullcord.config.problems import Place


class Mark(Protocol):
    """A position as libyaml gives it: line and column count from 0. Kept as it is until somebody asks."""

    @property
    def name(self) -> str:
        """The file."""
        ...

    @property
    def line(self) -> int:
        """From 0."""
        ...

    @property
    def column(self) -> int:
        """From 0."""
        ...


type Spot = Place | Mark | None
"""A place, or the mark that becomes one."""


def place_of(spot: Spot) -> Place | None:
    """The place of a spot. Made late: a configuration has ten thousands of spots and few are ever shown."""
    if spot is None or isinstance(spot, Place):
        return spot
    return Place(spot.name, spot.line + 1, spot.column + 1)


class Map(dict[Hashable, object]):
    """A mapping in the order of the file. `spots[key]` is where the key was written; `at` makes it a place."""

    __slots__ = ("spot", "spots")

    def __init__(self, spot: Spot = None) -> None:
        self.spot = spot
        self.spots: dict[Hashable, Spot] = {}

    @property
    def place(self) -> Place | None:
        """Where the mapping begins."""
        return place_of(self.spot)

    def put(self, key: Hashable, value: object, spot: Spot) -> None:
        """Set an entry together with where it was written."""
        self[key] = value
        self.spots[key] = spot

    def at(self, key: Hashable) -> Place | None:
        """Where `key` was written; the mapping's own place for a key that is not there."""
        return place_of(self.spots.get(key, self.spot))

    def copied(self) -> "Map":
        """A new mapping with the same entries; what stands below is shared."""
        copy = Map(self.spot)
        copy.update(self)
        copy.spots.update(self.spots)
        return copy

    def without(self, key: Hashable) -> "Map":
        """The mapping if it lacks `key`, else a new one that does."""
        if key not in self:
            return self
        copy = self.copied()
        copy.pop(key, None)
        copy.spots.pop(key, None)
        return copy


class Seq(list[object]):
    """A sequence. `spots[i]` is where item i was written; `at` makes it a place."""

    __slots__ = ("spot", "spots")

    def __init__(self, spot: Spot = None) -> None:
        self.spot = spot
        self.spots: list[Spot] = []

    @property
    def place(self) -> Place | None:
        """Where the sequence begins."""
        return place_of(self.spot)

    def put(self, value: object, spot: Spot) -> None:
        """Append an item together with where it was written."""
        self.append(value)
        self.spots.append(spot)

    def at(self, index: int) -> Place | None:
        """Where item `index` was written; the sequence's own place for an item that is not there."""
        return place_of(self.spots[index] if index < len(self.spots) else self.spot)


class Symbol(str):
    """Psych reads a plain `:word` as a Ruby symbol: a string for lists of strings, not for "type String"."""

    __slots__ = ()


class Reference:
    """`!reference [key, sub, …]`: opaque to merging, resolved by its own pass. `data` is what follows the tag."""

    __slots__ = ("data", "spot")

    def __init__(self, data: object, spot: Spot = None) -> None:
        self.data = data
        self.spot = spot


def nodes(value: object) -> int:
    """How many values a value is made of, shared ones counted wherever they stand."""
    if isinstance(value, Map):
        return 1 + sum(map(nodes, value.values()))
    return 1 + sum(map(nodes, value)) if isinstance(value, Seq) else 1
