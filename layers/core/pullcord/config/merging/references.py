"""Tag `!reference [job, key, …]`: replaced by the value at that path of the merged and extended configuration.

Source: https://docs.gitlab.com/ci/yaml/yaml_optimization/#reference-tags
"""

from collections.abc import Mapping

from pullcord.config.lazy import IdentityMemo
from pullcord.config.problems import Invalid
from pullcord.config.ruby import inspect
from pullcord.config.tree import Map, Reference, Seq, location_of

MAX_NODES = 1_000_000
"""Nodes of the configuration with all references resolved; without a limit a few lines would fill the memory."""

MAX_DEPTH = 200
"""Levels of containers and references above a node."""


def resolve(content: Map) -> Map:
    """Resolve all references. Values without references are shared with the given configuration.

    Raises Invalid for a reference that is no list of strings, whose path does not exist, or that leads to itself.
    """
    return ReferenceResolver(content).mapping(content)


class ReferenceResolver:
    """Resolves references, each reference and each shared subtree once.

    values: path → resolved value; open: paths that are being resolved
    containers: for every container its resolved form, its nodes and its levels
    """

    def __init__(self, content: Map) -> None:
        self.content = content
        self.values: dict[tuple[str, ...], object] = {}
        self.open: list[tuple[str, ...]] = []
        self.containers: IdentityMemo[tuple[Map | Seq, int, int]] = IdentityMemo()
        self.size = self.depth = self.reached_depth = 0

    def value(self, value: object) -> object:
        """Resolve all references in a value."""
        if isinstance(value, Map | Seq):
            return self.container(value)
        if isinstance(value, Reference):
            return self.reference(value)
        self.size += 1
        return value

    def container(self, value: Map | Seq) -> Map | Seq:
        """Resolve a container. One that was resolved before only counts for the size."""
        if (known := self.containers.get(value)) is not None:
            result, size, levels = known
            self.size += size
            self.reach(self.depth + levels, value)
            return result
        before, reached_depth = self.size, self.reached_depth
        self.depth += 1
        self.reached_depth = 0
        self.reach(self.depth, value)
        result = self.mapping(value) if isinstance(value, Map) else self.sequence(value)
        self.depth -= 1
        known = result, self.size - before, self.reached_depth - self.depth
        self.containers.put(value, known)
        self.containers.put(result, known)
        self.reached_depth = max(self.reached_depth, reached_depth)
        return result

    def reach(self, depth: int, value: Map | Seq) -> None:
        """Record a depth. Raises Invalid if the configuration becomes too deep or too large."""
        self.reached_depth = max(self.reached_depth, depth)
        if depth + len(self.open) > MAX_DEPTH or self.size > MAX_NODES:
            raise Invalid.because("The parsed YAML is too big", value.location)

    def mapping(self, given: Map) -> Map:
        """Resolve a mapping; unchanged, it is returned itself."""
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
        """Resolve a sequence; unchanged, it is returned itself. A list that replaces a reference stays nested."""
        items = [self.value(item) for item in given]
        self.size += 1
        if all(new is old for new, old in zip(items, given, strict=True)):
            return given
        result = Seq(given.raw_location)
        result.extend(items)
        result.raw_locations.extend(given.raw_locations)
        return result

    def reference(self, reference: Reference) -> object:
        """Return the resolved value of a reference. Raises Invalid."""
        path = path_of(reference)
        if path in self.values:
            return self.value(self.values[path])
        reference_text = f"!reference {inspect(reference.data)}"
        if path in self.open:
            raise Invalid.because(f"{reference_text} is part of a circular chain", location_of(reference.raw_location))
        if self.depth + len(self.open) > MAX_DEPTH:
            raise Invalid.because("The parsed YAML is too big", location_of(reference.raw_location))
        value = self.follow(path)
        if value is None or value is False:
            raise Invalid.because(f"{reference_text} could not be found", location_of(reference.raw_location))
        self.open.append(path)
        result = self.value(value)
        self.open.pop()
        self.values[path] = result
        return result

    def follow(self, path: tuple[str, ...]) -> object:
        """Look up a path in nested maps; None if it does not exist."""
        value: object = self.content
        for key in path:
            if not isinstance(value, Mapping):
                return None
            value = value.get(key)
        return value


def path_of(reference: Reference) -> tuple[str, ...]:
    """Return the keys of a reference. Raises Invalid unless there is at least one and all are strings."""
    data = reference.data
    path = tuple(key for key in data if isinstance(key, str)) if isinstance(data, Seq) else ()
    if not isinstance(data, Seq) or not path or len(path) != len(data):
        raise Invalid.because(f"!reference {inspect(data)} is not valid", location_of(reference.raw_location))
    return path
