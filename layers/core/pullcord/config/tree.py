"""What YAML becomes: plain values whose containers remember where each entry was written.

Scalars are str, int, float, bool, None and `Symbol`; containers are `Map` and `Seq`; a `!reference` is a
`Reference` until the references pass has resolved it.
"""

from collections.abc import Hashable

from pullcord.config.problems import Place


class Map(dict[Hashable, object]):
    """A mapping in the order of the file. `places[key]` is where the key was written."""

    __slots__ = ("place", "places")

    def __init__(self, place: Place | None = None) -> None:
        super().__init__()
        self.place = place
        self.places: dict[Hashable, Place | None] = {}

    def put(self, key: Hashable, value: object, place: Place | None) -> None:
        """Set an entry together with its place."""
        self[key] = value
        self.places[key] = place

    def at(self, key: Hashable) -> Place | None:
        """Where `key` was written; the mapping's own place for a key that is not there."""
        return self.places.get(key, self.place)


class Seq(list[object]):
    """A sequence. `places[i]` is where item i was written."""

    __slots__ = ("place", "places")

    def __init__(self, place: Place | None = None) -> None:
        super().__init__()
        self.place = place
        self.places: list[Place | None] = []

    def put(self, value: object, place: Place | None) -> None:
        """Append an item together with its place."""
        self.append(value)
        self.places.append(place)

    def at(self, index: int) -> Place | None:
        """Where item `index` was written; the sequence's own place for an item that is not there."""
        return self.places[index] if index < len(self.places) else self.place


class Symbol(str):
    """Psych reads a plain `:word` as a Ruby symbol: a string for lists of strings, not for "type String"."""

    __slots__ = ()


class Reference(tuple[object, ...]):
    """`!reference [key, sub, …]`: opaque to merging, resolved by its own pass."""

    __slots__ = ()
