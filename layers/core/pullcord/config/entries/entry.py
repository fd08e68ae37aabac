"""A node of the configuration under validation: its value, what GitLab calls its location, and where problems go."""

import re
from collections.abc import Hashable, Iterator

from pullcord.config import ruby
from pullcord.config.problems import Place, Problem
from pullcord.config.tree import Map, Seq

_UNIMPLEMENTED = re.compile(r"jobs ([a-z\s]+) config should implement")


def place_in(container: object, key: object, otherwise: Place | None) -> Place | None:
    """Where an item of a container was written; for a value that came from elsewhere, the place of its container."""
    if isinstance(container, Map) and isinstance(key, Hashable):
        return container.at(key)
    if isinstance(container, Seq) and isinstance(key, int):
        return container.at(key)
    return otherwise


def flattened(value: object, place: Place | None) -> Iterator[tuple[object, Place | None]]:
    """The items of lists within lists, each with its place; a value that is no list is its only item."""
    if not isinstance(value, list):
        yield value, place
        return
    for index, item in enumerate(value):
        yield from flattened(item, place_in(value, index, place))


class Entry:
    """One node.

    key:   what the node is called in locations of itself and of what is below; None: it is only called by its kind
    kind:  what it is called where it has no key

    Messages follow the order of GitLab: those of the node itself (`wrong`, and `late` for what is only known after the
    children were checked), then those of its children. Locations are put together when there is something to say.
    """

    __slots__ = ("_late_at", "_start", "key", "kind", "parent", "place", "problems", "value")

    def __init__(
        self,
        value: object,
        key: object,
        problems: list[Problem],
        *,
        parent: "Entry | None" = None,
        place: Place | None = None,
        kind: str = "",
    ) -> None:
        self.value = value
        self.key = key
        self.kind = kind
        self.parent = parent
        self.place = place
        self.problems = problems
        self._start = self._late_at = len(problems)

    def child(self, key: object, kind: str = "") -> "Entry":
        """The node below `key` of a map; null when there is none."""
        place = place_in(self.value, key, self.place)
        return Entry(self.get(key), key, self.problems, parent=self, place=place, kind=kind)

    def item(self, value: object, kind: str, place: Place | None) -> "Entry":
        """An item of a list: GitLab calls it by its kind."""
        return Entry(value, kind, self.problems, parent=self, place=place)

    def get(self, key: object) -> object:
        """The value below `key`; null when there is none or the node is no map."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def has(self, key: object) -> bool:
        """Whether `key` is written, be it with null."""
        return isinstance(self.value, dict) and key in self.value

    def wrong(self, attribute: str, message: str) -> None:
        """Report a problem of a key below ("config": of the node itself)."""
        self.problems.append(self._problem(attribute, message))

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

    def _problem(self, attribute: str, message: str) -> Problem:
        text = f"{self.location()} {attribute.replace('_', ' ')} {message}".lower()
        text = _UNIMPLEMENTED.sub(lambda found: found[0].replace(found[1], found[1].replace(" ", "_"), 1), text)
        return Problem(text, self.place if attribute == "config" else place_in(self.value, attribute, self.place))
