"""Interpolation of `$[[ … ]]` in keys, values and items of a text with a header.

Source: https://docs.gitlab.com/ci/inputs/#use-inputs-in-configuration
"""

from collections.abc import Callable, Mapping
from functools import cache

from pullcord.config.inputs.blocks import BlockError, BlockVariables, evaluate, is_of_matrix
from pullcord.config.problems import Invalid, Location
from pullcord.config.ruby import to_s
from pullcord.config.tree import Map, Seq, nodes

MAX_BLOCKS = 10_000
MAX_NODES = 500_000
MAX_TEXT_LENGTH = 1_048_576
MAX_CHARACTERS = 33_554_432
"""Characters of all interpolated texts; without a limit a few lines would fill the memory."""

MAX_DEPTH = 100

type Blocks = Callable[[str], list[tuple[int, int, str]]]


def interpolate(
    content: Map, contexts: Mapping[str, Mapping[str, object]], variables: BlockVariables, source: str = ""
) -> Map:
    """Replace every block by its value. A text that is one block takes the value's type; an item that is one block
    with a list becomes the items of that list. Values without blocks are shared with the given content.

    Raises Invalid for the first block that has no value; its location is looked up in `source`, the whole text.
    """
    return Interpolation(contexts, variables, source).mapping(content, 1)


@cache
def finder() -> Blocks:
    """Return a function that finds blocks in a text: start, end, inside. RE2, since texts may be long and hostile."""
    import re2

    pattern = re2.compile(r"\$\[\[\s*(\S.*?\S)\s*\]\]")
    return lambda text: [(found.start(), found.end(), found[1]) for found in pattern.finditer(text)]


class Interpolation:
    """State of one interpolation: values by block, and the size of the result, counted against the limits."""

    def __init__(self, contexts: Mapping[str, Mapping[str, object]], variables: BlockVariables, source: str) -> None:
        self.source = source
        self.contexts = contexts
        self.variables = variables
        self.values: dict[str, object] = {}
        self.nodes = self.characters = 0

    def mapping(self, given: Map, depth: int) -> Map:
        """Interpolate a mapping; unchanged, it is returned itself. Keys become strings, whatever their block's type."""
        result = Map(given.raw_location)
        changed = False
        for key, value in given.items():
            location = given.raw_locations.get(key)
            new_key = to_s(self.text(key, given, key)) if isinstance(key, str) and "$[[" in key else key
            new = self.value(value, given, key, depth)
            changed = changed or new is not value or new_key is not key
            result.put(new_key, new, location)
        self.count(len(given), depth, lambda: given.location)
        return result if changed else given

    def sequence(self, given: Seq, depth: int) -> Seq:
        """Interpolate a sequence; unchanged, it is returned itself."""
        result = Seq(given.raw_location)
        changed = False
        for index, (item, raw_location) in enumerate(zip(given, given.raw_locations, strict=True)):
            new = self.value(item, given, index, depth)
            if new is not item and isinstance(new, Seq) and isinstance(item, str):
                result.extend(new)
                result.raw_locations.extend([raw_location] * len(new))
                changed = True
                continue
            changed = changed or new is not item
            result.put(new, raw_location)
        self.count(len(result), depth, lambda: given.location)
        return result if changed else given

    def value(self, value: object, container: Map | Seq, key: object, depth: int) -> object:
        """Interpolate a value of a container."""
        if isinstance(value, str):
            if "$[[" not in value:
                return value
            new = self.text(value, container, key)
            self.count(nodes(new), depth + levels(new), lambda: location_in(container, key))
            return new
        if isinstance(value, Map):
            return self.mapping(value, depth + 1)
        return self.sequence(value, depth + 1) if isinstance(value, Seq) else value

    def text(self, text: str, container: Map | Seq, key: object) -> object:
        """Interpolate a string; one that is a single block becomes the value of that block. Raises Invalid."""
        try:
            return self.replaced(text)
        except BlockError as failed:
            location = location_of_block(failed.block, self.source, location_in(container, key))
            raise Invalid.because(str(failed), location) from failed

    def replaced(self, text: str) -> object:
        """Interpolate a string, as `text` does. Raises BlockError, which has no location."""
        if len(text) > MAX_TEXT_LENGTH:
            raise BlockError("config node too large")
        found = finder()(text)
        if len(found) == 1 and found[0][:2] == (0, len(text)):
            return self.block(text, found[0][2])
        pieces: list[str] = []
        position = 0
        for start, end, block in found:
            pieces += (text[position:start], to_s(self.block(text[start:end], block)))
            position = end
            self.characters += len(pieces[-1])
            if self.characters > MAX_CHARACTERS:
                raise BlockError("config too large")
        return "".join(pieces) + text[position:] if pieces else text

    def block(self, written: str, block: str) -> object:
        """Evaluate a block; a block of a matrix stays as written. Raises BlockError."""
        if is_of_matrix(block):
            return written
        if block not in self.values:
            if len(self.values) == MAX_BLOCKS:
                raise BlockError("too many interpolation blocks")
            try:
                self.values[block] = evaluate(block, self.contexts, self.variables)
            except BlockError as failed:
                failed.block = written
                raise
        return self.values[block]

    def count(self, size: int, depth: int, location: Callable[[], Location | None]) -> None:
        """Count nodes. Raises Invalid if there are too many or they nest too deep."""
        self.nodes += size
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise Invalid.because("config too large", location())


def location_in(container: Map | Seq, key: object) -> Location | None:
    """Location of a value of a container."""
    if isinstance(container, Seq):
        return container.at(key if isinstance(key, int) else 0)
    return container.at(str(key))


def location_of_block(block: str, source: str, entry: Location | None) -> Location | None:
    """Location of a block, searched from its entry on; that of the entry, if the block is not found as written."""
    if entry is None or not block:
        return entry
    for number, line in enumerate(source.split("\n")[entry.line - 1 :], start=entry.line):
        column = line.find(block, entry.column - 1 if number == entry.line else 0)
        if column >= 0:
            return Location(entry.file, number, column + 1)
    return entry


def levels(value: object) -> int:
    """Count the levels of a value."""
    if isinstance(value, Map):
        return 1 + max(map(levels, value.values()), default=0)
    return 1 + max(map(levels, value), default=0) if isinstance(value, Seq) else 0
