"""`extends`: every top-level map takes over what it extends, over one another and under itself.

Source: https://docs.gitlab.com/ci/yaml/#extends
"""

from collections.abc import Hashable

from pullcord.config.merging.merge import merge
from pullcord.config.problems import Invalid
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Seq, nodes

DEEPEST = 10
"""How many entries may stand above one that itself extends something."""

MOST_NODES = 1_000_000
"""What all entries together may inherit. A few lines could ask for billions."""


def extend(content: Map) -> Map:
    """The configuration with every `extends` applied. The key itself stays; what is not extended is shared.

    Raises Invalid from the first entry, in the order of the file, that cannot be extended.
    """
    if not any(isinstance(value, Map) and "extends" in value for value in content.values()):
        return content
    extension = Extension(content)
    result = content.copied()
    for key, value in content.items():
        if isinstance(value, Map) and "extends" in value:
            result[key] = extension.extended(key, ())
    return result


class Extension:
    """The entries that are done, each with the number of extending entries below it: a base is merged once."""

    def __init__(self, content: Map) -> None:
        self.content = content
        self.done: dict[Hashable, tuple[Map, int]] = {}
        self.weights: dict[Hashable, int] = {}
        self.inherited = 0

    def extended(self, key: Hashable, trail: tuple[Hashable, ...]) -> Map:
        """One entry with everything it extends. `trail` leads to it from the entry that was asked for."""
        entry = self.entry(key)
        if "extends" not in entry:
            return entry
        if key in self.done:
            return self.known(key, trail)
        bases = names(entry["extends"])
        self.check(key, bases, trail)
        below = Map(entry.spot)
        for position, base in enumerate(bases):
            ancestor = self.extended(base, (*trail, key))
            below = merge(below, ancestor) if position else ancestor
            self.weigh(base, ancestor)
        result = merge(below, entry)
        self.done[key] = result, max((1 + self.done[base][1] for base in bases if base in self.done), default=0)
        return result

    def weigh(self, base: Hashable, ancestor: Map) -> None:
        """Count what is inherited, whether or not it is then overridden."""
        if base not in self.weights:
            self.weights[base] = nodes(ancestor)
        self.inherited += self.weights[base]
        if self.inherited > MOST_NODES:
            raise Invalid.because("The parsed YAML is too big", self.content.at(base))

    def known(self, key: Hashable, trail: tuple[Hashable, ...]) -> Map:
        """An entry met before, unless what it extends would now hang too deep."""
        result, height = self.done[key]
        if len(trail) + height <= DEEPEST:
            return result
        for depth in range(len(trail), DEEPEST + 1):
            bases = names(self.entry(key)["extends"])
            key = next(base for base in bases if base in self.done and depth + 1 + self.done[base][1] > DEEPEST)
        raise self.invalid(key, "nesting too deep in `extends`")

    def check(self, key: Hashable, bases: list[str], trail: tuple[Hashable, ...]) -> None:
        """The four ways to be wrong, in GitLab's order."""
        if unknown := [base for base in bases if base not in self.content]:
            raise self.invalid(key, f"unknown keys in `extends` ({', '.join(unknown)})")
        if invalid := [base for base in bases if not isinstance(self.content[base], Map)]:
            raise self.invalid(key, f"invalid base hashes in `extends` ({', '.join(invalid)})")
        if len(trail) > DEEPEST:
            raise self.invalid(key, "nesting too deep in `extends`")
        if key in trail:
            raise self.invalid(key, "circular dependency detected in `extends`")

    def invalid(self, key: Hashable, what: str) -> Invalid:
        """A refusal that names the entry."""
        return Invalid.because(f"{to_s(key)}: {what}", self.entry(key).at("extends"))

    def entry(self, key: Hashable) -> Map:
        """The entry as written; what is no map extends nothing."""
        entry = self.content[key]
        return entry if isinstance(entry, Map) else Map()


def names(value: object) -> list[str]:
    """`extends` as a list: one name or several; null extends nothing."""
    if isinstance(value, Seq):
        return [to_s(name) for name in value]
    return [] if value is None else [to_s(value)]
