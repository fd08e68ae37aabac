"""Values read from YAML. Containers remember where each entry was written.

Scalars are str, int, float, bool, None and `Symbol`; containers are `Map` and `Seq`; a `!reference` is a `Reference`
until that phase has resolved it. Subtrees are shared (aliases, extended jobs, resolved references): a phase that
changes something makes a new container and never writes into one it was given.
"""

from collections.abc import Hashable
from typing import Protocol

from pullcord.config.problems import Location


class YamlMark(Protocol):
    """Position as libyaml gives it: line and column count from 0. Converted to a Location when one is needed."""

    @property
    def name(self) -> str:
        """Name of the file."""
        ...

    @property
    def line(self) -> int:
        """Line, from 0."""
        ...

    @property
    def column(self) -> int:
        """Column, from 0."""
        ...


type RawLocation = Location | YamlMark | None
"""Location, or the libyaml mark that is converted to one on demand."""


def location_of(raw_location: RawLocation) -> Location | None:
    """Convert to a Location. Late, since a configuration has ten thousands of marks and few are ever printed."""
    if raw_location is None or isinstance(raw_location, Location):
        return raw_location
    return Location(raw_location.name, raw_location.line + 1, raw_location.column + 1)


class Map(dict[Hashable, object]):
    """Mapping in the order of the file. `raw_locations[key]` is where the key was written; `at` converts it."""

    __slots__ = ("raw_location", "raw_locations")

    def __init__(self, raw_location: RawLocation = None) -> None:
        self.raw_location = raw_location
        self.raw_locations: dict[Hashable, RawLocation] = {}

    @property
    def location(self) -> Location | None:
        """Location at which the mapping begins."""
        return location_of(self.raw_location)

    def put(self, key: Hashable, value: object, raw_location: RawLocation) -> None:
        """Set an entry together with where it was written."""
        self[key] = value
        self.raw_locations[key] = raw_location

    def at(self, key: Hashable) -> Location | None:
        """Location of `key`; the mapping's own location for a key that is not there."""
        return location_of(self.raw_locations.get(key, self.raw_location))

    def copied(self) -> "Map":
        """Make a new mapping with the same entries; the values are shared."""
        copy = Map(self.raw_location)
        copy.update(self)
        copy.raw_locations.update(self.raw_locations)
        return copy

    def without(self, key: Hashable) -> "Map":
        """Return the mapping itself if it lacks `key`, else a copy without it."""
        if key not in self:
            return self
        copy = self.copied()
        copy.pop(key, None)
        copy.raw_locations.pop(key, None)
        return copy


class Seq(list[object]):
    """Sequence. `raw_locations[i]` is where item i was written; `at` converts it."""

    __slots__ = ("raw_location", "raw_locations")

    def __init__(self, raw_location: RawLocation = None) -> None:
        self.raw_location = raw_location
        self.raw_locations: list[RawLocation] = []

    @property
    def location(self) -> Location | None:
        """Location at which the sequence begins."""
        return location_of(self.raw_location)

    def put(self, value: object, raw_location: RawLocation) -> None:
        """Append an item together with where it was written."""
        self.append(value)
        self.raw_locations.append(raw_location)

    def at(self, index: int) -> Location | None:
        """Location of item `index`; the sequence's own location for an item that is not there."""
        return location_of(self.raw_locations[index] if index < len(self.raw_locations) else self.raw_location)


class Symbol(str):
    """Ruby symbol, as Psych reads a plain `:word`: a string in lists of strings, but not for "type String"."""

    __slots__ = ()


class Reference:
    """Tag `!reference [key, sub, …]`: opaque to merging, resolved by its own phase. `data`: what follows the tag."""

    __slots__ = ("data", "raw_location")

    def __init__(self, data: object, raw_location: RawLocation = None) -> None:
        self.data = data
        self.raw_location = raw_location


def nodes(value: object) -> int:
    """Count the values below and including `value`; a shared value counts as often as it is used."""
    if isinstance(value, Map):
        return 1 + sum(map(nodes, value.values()))
    return 1 + sum(map(nodes, value)) if isinstance(value, Seq) else 1
