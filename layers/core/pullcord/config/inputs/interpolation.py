"""`$[[ … ]]` in keys, values and items of a configuration with a header.

Source: https://docs.gitlab.com/ci/inputs/#use-inputs-in-configuration
"""

from collections.abc import Callable, Mapping
from functools import cache

from pullcord.config.inputs.blocks import LATER, evaluate
from pullcord.config.inputs.functions import Failed, Variables
from pullcord.config.problems import Invalid, Place
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Seq, nodes

MOST_BLOCKS = 10_000
MOST_NODES = 500_000
LONGEST_TEXT = 1_048_576
MOST_TEXT = 33_554_432
"""All texts that were put together; beyond it a few lines would fill the memory."""

DEEPEST = 100

type Blocks = Callable[[str], list[tuple[int, int, str]]]


def interpolate(
    content: Map, contexts: Mapping[str, Mapping[str, object]], variables: Variables, source: str = ""
) -> Map:
    """The content with every block replaced by its value. A text that is one block takes the value's type; an item
    that is one block with a list becomes the items of that list. What has no blocks is shared with the one given.

    Raises Invalid with the first block that has no value; `source`, the whole text, tells where that is.
    """
    return Interpolation(contexts, variables, source).mapping(content, 1)


@cache
def finder() -> Blocks:
    """Finds blocks in a text: start, end and what is inside. RE2, since texts may be long and hostile."""
    import re2

    pattern = re2.compile(r"\$\[\[\s*(\S.*?\S)\s*\]\]")
    return lambda text: [(found.start(), found.end(), found[1]) for found in pattern.finditer(text)]


class Interpolation:
    """Values of the blocks met so far, and what has been built, counted against the limits."""

    def __init__(self, contexts: Mapping[str, Mapping[str, object]], variables: Variables, source: str) -> None:
        self.source = source
        self.contexts = contexts
        self.variables = variables
        self.values: dict[str, object] = {}
        self.nodes = self.characters = 0

    def mapping(self, given: Map, depth: int) -> Map:
        """A new mapping only if something in it changed; keys are texts, whatever their block gives."""
        result = Map(given.spot)
        changed = False
        for key, value in given.items():
            place = given.spots.get(key)
            new_key = to_s(self.text(key, given, key)) if isinstance(key, str) and "$[[" in key else key
            new = self.value(value, given, key, depth)
            changed = changed or new is not value or new_key is not key
            result.put(new_key, new, place)
        self.count(len(given), depth, lambda: given.place)
        return result if changed else given

    def sequence(self, given: Seq, depth: int) -> Seq:
        """A new sequence only if something in it changed."""
        result = Seq(given.spot)
        changed = False
        for index, (item, spot) in enumerate(zip(given, given.spots, strict=True)):
            new = self.value(item, given, index, depth)
            if new is not item and isinstance(new, Seq) and isinstance(item, str):
                result.extend(new)
                result.spots.extend([spot] * len(new))
                changed = True
                continue
            changed = changed or new is not item
            result.put(new, spot)
        self.count(len(result), depth, lambda: given.place)
        return result if changed else given

    def value(self, value: object, container: Map | Seq, key: object, depth: int) -> object:
        """Any value of a container."""
        if isinstance(value, str):
            if "$[[" not in value:
                return value
            new = self.text(value, container, key)
            self.count(nodes(new), depth + levels(new), lambda: place_in(container, key))
            return new
        if isinstance(value, Map):
            return self.mapping(value, depth + 1)
        return self.sequence(value, depth + 1) if isinstance(value, Seq) else value

    def text(self, text: str, container: Map | Seq, key: object) -> object:
        """A text with its blocks replaced, or the value of the one block that it is. Raises Invalid."""
        try:
            return self.replaced(text)
        except Failed as failed:
            place = place_of_block(failed.block, self.source, place_in(container, key))
            raise Invalid.because(str(failed), place) from failed

    def replaced(self, text: str) -> object:
        """As `text`, without a place. Raises functions.Failed."""
        if len(text) > LONGEST_TEXT:
            raise Failed("config node too large")
        found = finder()(text)
        if len(found) == 1 and found[0][:2] == (0, len(text)):
            return self.block(text, found[0][2])
        pieces: list[str] = []
        position = 0
        for start, end, block in found:
            pieces += (text[position:start], to_s(self.block(text[start:end], block)))
            position = end
            self.characters += len(pieces[-1])
            if self.characters > MOST_TEXT:
                raise Failed("config too large")
        return "".join(pieces) + text[position:] if pieces else text

    def block(self, written: str, block: str) -> object:
        """The value of a block; one of a matrix stays as written."""
        if block.startswith(LATER):
            return written
        if block not in self.values:
            if len(self.values) == MOST_BLOCKS:
                raise Failed("too many interpolation blocks")
            try:
                self.values[block] = evaluate(block, self.contexts, self.variables)
            except Failed as failed:
                failed.block = written
                raise
        return self.values[block]

    def count(self, size: int, depth: int, place: Callable[[], Place | None]) -> None:
        """Refuse what has grown too large or too deep."""
        self.nodes += size
        if self.nodes > MOST_NODES or depth > DEEPEST:
            raise Invalid.because("config too large", place())


def place_in(container: Map | Seq, key: object) -> Place | None:
    """Where a value of a container was written."""
    if isinstance(container, Seq):
        return container.at(key if isinstance(key, int) else 0)
    return container.at(str(key))


def place_of_block(block: str, source: str, entry: Place | None) -> Place | None:
    """The block itself, from the entry on that it belongs to; the entry, if its text was put together otherwise."""
    if entry is None or not block:
        return entry
    for number, line in enumerate(source.split("\n")[entry.line - 1 :], start=entry.line):
        column = line.find(block, entry.column - 1 if number == entry.line else 0)
        if column >= 0:
            return Place(entry.file, number, column + 1)
    return entry


def levels(value: object) -> int:
    """How deep a value nests."""
    if isinstance(value, Map):
        return 1 + max(map(levels, value.values()), default=0)
    return 1 + max(map(levels, value), default=0) if isinstance(value, Seq) else 0
