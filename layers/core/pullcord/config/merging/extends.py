"""Keyword `extends`: every top-level map is merged over the maps that it extends.

Source: https://docs.gitlab.com/ci/yaml/#extends
"""

from collections.abc import Hashable

from pullcord.config.merging.merge import merge
from pullcord.config.problems import Invalid
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Seq, nodes

MAX_DEPTH = 10
"""Levels of `extends`."""

MAX_NODES = 1_000_000
"""Nodes that all entries together may inherit. A few lines could ask for billions."""


def extend(content: Map) -> Map:
    """Apply every `extends`. The key itself stays; entries without it are shared.

    Raises Invalid for the first entry, in the order of the file, that cannot be extended.
    """
    if not any(isinstance(value, Map) and "extends" in value for value in content.values()):
        return content
    extension = ExtendsResolver(content)
    result = content.copied()
    for key, value in content.items():
        if isinstance(value, Map) and "extends" in value:
            result[key] = extension.merge_entry(key, ())
    return result


class ExtendsResolver:
    """Resolves `extends`; each entry is merged once.

    merged:  entry → the merged map, and the levels of `extends` below it
    weights: base → its number of nodes; inherited: nodes that all entries together inherit
    """

    def __init__(self, content: Map) -> None:
        self.content = content
        self.merged: dict[Hashable, tuple[Map, int]] = {}
        self.weights: dict[Hashable, int] = {}
        self.inherited = 0

    def merge_entry(self, key: Hashable, trail: tuple[Hashable, ...]) -> Map:
        """Merge an entry over all that it extends. trail: the entries from the one that was asked for to this one."""
        entry = self.entry(key)
        if "extends" not in entry:
            return entry
        if key in self.merged:
            return self.merged_before(key, trail)
        bases = names(entry["extends"])
        self.check(key, bases, trail)
        below = Map(entry.raw_location)
        for position, base in enumerate(bases):
            ancestor = self.merge_entry(base, (*trail, key))
            below = merge(below, ancestor) if position else ancestor
            self.add_weight(base, ancestor)
        result = merge(below, entry)
        self.merged[key] = result, max((1 + self.merged[base][1] for base in bases if base in self.merged), default=0)
        return result

    def add_weight(self, base: Hashable, ancestor: Map) -> None:
        """Count inherited nodes, whether or not they are overridden. Raises Invalid beyond the limit."""
        if base not in self.weights:
            self.weights[base] = nodes(ancestor)
        self.inherited += self.weights[base]
        if self.inherited > MAX_NODES:
            raise Invalid.because("The parsed YAML is too big", self.content.at(base))

    def merged_before(self, key: Hashable, trail: tuple[Hashable, ...]) -> Map:
        """Return an entry merged before. Raises Invalid if what it extends would be too deep below this trail."""
        result, height = self.merged[key]
        if len(trail) + height <= MAX_DEPTH:
            return result
        for depth in range(len(trail), MAX_DEPTH + 1):
            bases = names(self.entry(key)["extends"])
            key = next(base for base in bases if base in self.merged and depth + 1 + self.merged[base][1] > MAX_DEPTH)
        raise self.invalid(key, "nesting too deep in `extends`")

    def check(self, key: Hashable, bases: list[str], trail: tuple[Hashable, ...]) -> None:
        """Check the bases, in GitLab's order. Raises Invalid."""
        if unknown := [base for base in bases if base not in self.content]:
            raise self.invalid(key, f"unknown keys in `extends` ({', '.join(unknown)})")
        if invalid := [base for base in bases if not isinstance(self.content[base], Map)]:
            raise self.invalid(key, f"invalid base hashes in `extends` ({', '.join(invalid)})")
        if len(trail) > MAX_DEPTH:
            raise self.invalid(key, "nesting too deep in `extends`")
        if key in trail:
            raise self.invalid(key, "circular dependency detected in `extends`")

    def invalid(self, key: Hashable, message: str) -> Invalid:
        """Make the exception for an entry."""
        return Invalid.because(f"{to_s(key)}: {message}", self.entry(key).at("extends"))

    def entry(self, key: Hashable) -> Map:
        """Return the entry as written; an empty map for one that is no map."""
        entry = self.content[key]
        return entry if isinstance(entry, Map) else Map()


def names(value: object) -> list[str]:
    """Convert `extends` to a list of names; null extends nothing."""
    if isinstance(value, Seq):
        return [to_s(name) for name in value]
    return [] if value is None else [to_s(value)]
