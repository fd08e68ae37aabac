"""`!reference [job, key, …]`: the value that stands there in the merged and extended configuration.

Source: https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags
"""

from collections.abc import Mapping

from pullcord.config.problems import Invalid
from pullcord.config.ruby import inspect
from pullcord.config.tree import Map, Reference, Seq, place_of

MOST_NODES = 1_000_000
"""Nodes of the configuration once every reference stands for its value; beyond it a few lines fill the memory."""

DEEPEST = 200
"""Levels of containers and references on the way to one node."""


def resolve(content: Map) -> Map:
    """The configuration without references. What holds none is shared with the one given.

    Raises Invalid: a reference that is not a list of texts, that leads nowhere, or that comes back to itself.
    """
    return Resolver(content).mapping(content)


class Resolver:
    """Values found so far, so that each reference and each shared subtree is looked at once.

    `known` holds for every container its resolved form, the nodes in it and the levels of it.
    """

    def __init__(self, content: Map) -> None:
        self.content = content
        self.found: dict[tuple[str, ...], object] = {}
        self.open: list[tuple[str, ...]] = []
        self.known: dict[int, tuple[object, Map | Seq, int, int]] = {}
        self.size = self.depth = self.deepest = 0

    def value(self, value: object) -> object:
        """Any value, resolved all the way down."""
        if isinstance(value, Map | Seq):
            return self.container(value)
        if isinstance(value, Reference):
            return self.reference(value)
        self.size += 1
        return value

    def container(self, value: Map | Seq) -> Map | Seq:
        """A container that was met before costs nothing but its size."""
        if (known := self.known.get(id(value))) is not None:
            _, result, size, levels = known
            self.size += size
            self.reach(self.depth + levels, value)
            return result
        before, deepest = self.size, self.deepest
        self.depth += 1
        self.deepest = 0
        self.reach(self.depth, value)
        result = self.mapping(value) if isinstance(value, Map) else self.sequence(value)
        self.depth -= 1
        known = value, result, self.size - before, self.deepest - self.depth
        self.known[id(value)] = self.known[id(result)] = known
        self.deepest = max(self.deepest, deepest)
        return result

    def reach(self, depth: int, value: Map | Seq) -> None:
        """Refuse what has grown too deep or too large through references."""
        self.deepest = max(self.deepest, depth)
        if depth + len(self.open) > DEEPEST or self.size > MOST_NODES:
            raise Invalid.because("The parsed YAML is too big", value.place)

    def mapping(self, given: Map) -> Map:
        """A new mapping only if something in it changed."""
        result = given
        for key, value in given.items():
            new = self.value(value)
            if new is not value:
                if result is given:
                    result = given.copied()
                result[key] = new
        self.size += 1
        return result

    def sequence(self, given: Seq) -> Seq:
        """A new sequence only if something in it changed. A list in its place stays nested."""
        items = [self.value(item) for item in given]
        self.size += 1
        if all(new is old for new, old in zip(items, given, strict=True)):
            return given
        result = Seq(given.spot)
        result.extend(items)
        result.spots.extend(given.spots)
        return result

    def reference(self, reference: Reference) -> object:
        """What a reference stands for."""
        path = path_of(reference)
        if path in self.found:
            return self.value(self.found[path])
        shown = f"!reference {inspect(reference.data)}"
        if path in self.open:
            raise Invalid.because(f"{shown} is part of a circular chain", place_of(reference.spot))
        if self.depth + len(self.open) > DEEPEST:
            raise Invalid.because("The parsed YAML is too big", place_of(reference.spot))
        value = self.follow(path)
        if value is None or value is False:
            raise Invalid.because(f"{shown} could not be found", place_of(reference.spot))
        self.open.append(path)
        result = self.value(value)
        self.open.pop()
        self.found[path] = result
        return result

    def follow(self, path: tuple[str, ...]) -> object:
        """Walk down maps. None where there is nothing."""
        value: object = self.content
        for key in path:
            if not isinstance(value, Mapping):
                return None
            value = value.get(key)
        return value


def path_of(reference: Reference) -> tuple[str, ...]:
    """The keys of a reference. Raises Invalid unless they are texts, and at least one."""
    data = reference.data
    path = tuple(key for key in data if isinstance(key, str)) if isinstance(data, Seq) else ()
    if not isinstance(data, Seq) or not path or len(path) != len(data):
        raise Invalid.because(f"!reference {inspect(data)} is not valid", place_of(reference.spot))
    return path
