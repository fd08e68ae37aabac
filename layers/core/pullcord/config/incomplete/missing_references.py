"""References in a configuration without some of its includes: those that lead nowhere are found and taken out.

In a script the text of the reference stays, since no decision depends on it; anywhere else nothing stays.
"""

from collections.abc import Callable, Hashable

from pullcord.config.lazy import IdentityMemo
from pullcord.config.merging.references import MAX_DEPTH, path_of
from pullcord.config.problems import Invalid
from pullcord.config.ruby import inspect
from pullcord.config.tree import Map, Reference, Seq

SCRIPTS = frozenset({"script", "before_script", "after_script"})
type Path = tuple[str, ...]


class MissingReferences:
    """Finder of references that lead nowhere.

    report: called for each one that is taken out; uncertain: whether one stands below a path, once that is known
    """

    def __init__(self, content: Map, report: Callable[[Reference, Hashable], None]) -> None:
        self.content = content
        self.report = report
        self.uncertain: dict[Path, bool] = {}
        self.containers: IdentityMemo[bool] = IdentityMemo()
        self.results: IdentityMemo[Map | Seq] = IdentityMemo()
        self.depth = 0

    def removed(self, value: object, entry: Hashable, keyword: Hashable = None) -> object:
        """Return a value of an entry without them; None for a reference itself. keyword: of the entry, if inside one."""
        if isinstance(value, Reference):
            if not self.leads_nowhere(value):
                return value
            self.report(value, entry)
            return written(value) if keyword in SCRIPTS else None
        if not isinstance(value, Map | Seq) or not self.any_in(value):
            return value
        return self.results.compute(value, lambda value: self.container(value, entry, keyword), (entry, keyword))

    def container(self, value: Map | Seq, entry: Hashable, keyword: Hashable) -> Map | Seq:
        """Return a container of an entry without them."""
        if isinstance(value, Map):
            result = Map(value.raw_location)
            for key, item in value.items():
                new = self.removed(item, entry, key if keyword is None else keyword)
                if new is not None or item is None:
                    result.put(key, new, value.at(key))
            return result
        items = Seq(value.raw_location)
        for index, item in enumerate(value):
            new = self.removed(item, entry, keyword)
            if new is not None or item is None:
                items.put(new, value.at(index))
        return items

    def any_in(self, value: object) -> bool:
        """Whether one stands in a value, or behind a reference in it."""
        if isinstance(value, Reference):
            return self.leads_nowhere(value) or self.any_behind(path_of(value))
        if not isinstance(value, Map | Seq) or self.depth > MAX_DEPTH:
            return False  # what is too deep is left to the next phase, which refuses it
        known = self.containers.get(value)
        if known is None:
            self.depth += 1
            known = any(map(self.any_in, value.values() if isinstance(value, Map) else value))
            self.depth -= 1
            self.containers.put(value, known)
        return known

    def any_behind(self, path: Path) -> bool:
        """Whether one stands in the value at a path. A path that leads to itself is left to the next phase."""
        if path not in self.uncertain and self.depth <= MAX_DEPTH:
            self.uncertain[path] = False
            self.depth += 1
            self.uncertain[path] = self.any_in(self.follow(path))
            self.depth -= 1
        return self.uncertain.get(path, False)

    def leads_nowhere(self, reference: Reference) -> bool:
        """Whether the path of a reference does not exist. A malformed reference is left to the next phase."""
        try:
            return self.follow(path_of(reference)) in (None, False)
        except Invalid:
            return False

    def follow(self, path: Path) -> object:
        """Look up a path; None if it does not exist, also below another reference."""
        value: object = self.content
        for key in path:
            value = value.get(key) if isinstance(value, Map) else None
        return value


def written(reference: Reference) -> str:
    """Return a reference as text."""
    return f"!reference {inspect(reference.data)}"
