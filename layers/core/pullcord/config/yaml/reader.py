"""Reader of a YAML document: values as Psych would load them, from libyaml's events.

Events rather than a loader of PyYAML: merge keys apply where they are written, aliases are counted before they are
expanded, and every entry keeps its mark. Nothing is read beyond the first document of a text.

Sources: https://yaml.org/spec/1.1/ and https://github.com/ruby/psych
"""

from collections.abc import Callable, Hashable
from typing import Any

from pullcord.config.context import CompilerLimits
from pullcord.config.problems import Invalid, Location
from pullcord.config.ruby import inspect
from pullcord.config.tree import Map, Reference, Seq, Symbol, YamlMark
from pullcord.config.yaml.scalars import UnspecifiedClass, plain, refuse_tag, tagged
from pullcord.libyaml import (
    AliasEvent,
    CParser,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    YAMLError,
)

MAX_EMBEDDED_LENGTH = 23
"""Bytes of a string that Ruby keeps inside its 40-byte slot; a longer one needs its length on top."""

SLOT = 40
POINTER = 16
"""Bytes counted for any other value. Ruby counts none, so that a bomb made of empty lists would pass."""


class TooBig(Exception):
    """Raised for a document that is too deep, or too large with aliases counted as often as they are used."""


class NamedText:
    """Text as a file object with a name, which libyaml puts into its marks.

    `io.StringIO` would copy the text to four bytes a character first.
    """

    __slots__ = ("name", "position", "text")

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.position = 0

    def read(self, size: int = 1, /) -> str:
        """Read the next characters; none at the end."""
        start = self.position
        self.position += size
        return self.text[start : self.position]


def read(text: str, name: str = "", skipped_lines: int = 0, limits: CompilerLimits | None = None) -> object:
    """Read a document. `name` goes into locations; `skipped_lines` lines precede the document in its file.

    Raises Invalid with Psych's and GitLab's texts, whose lines count from the document's own beginning.
    """
    document = Document(NamedText("\n" * skipped_lines + text, name), limits or CompilerLimits())
    try:
        return document.value()
    except TooBig as error:
        raise Invalid.because("The parsed YAML is too big", document.location()) from error
    except UnspecifiedClass as error:
        raise Invalid.because(f"Tried to load unspecified class: {error}", document.location()) from error
    except YAMLError as error:
        raise syntax_error(error, name, skipped_lines) from error
    except ValueError as error:  # also lone surrogates, which no UTF-8 text can hold
        raise Invalid.because("Invalid YAML syntax", document.location()) from error


def syntax_error(error: YAMLError, name: str, skipped_lines: int) -> Invalid:
    """Make the exception for an error of libyaml, in Psych's words: with line and column of its context, if any."""
    problem, context, mark = error.args[-1] if error.args else None, None, None
    error_mark = None
    if isinstance(error, MarkedYAMLError):
        problem, context, error_mark = error.problem, error.context, error.problem_mark or error.context_mark
        scanning = type(error).__name__ == "ScannerError"
        mark = error.context_mark if context else error.problem_mark if scanning else None
    line, column = (mark.line - skipped_lines + 1, mark.column + 1) if mark else (1, 1)
    words = " ".join(part for part in (problem, context) if part)
    location = Location(name, error_mark.line + 1, error_mark.column + 1) if error_mark else Location(name, 1, 1)
    return Invalid.because(f"(<unknown>): {words} at line {line} column {column}", location)


class Document:
    """Document while it is read. `size`, `depth` and `reached_depth` are kept up to date and limited.

    Some code is repeated in place of calls: there are ten thousands of events.
    """

    def __init__(self, text: NamedText, limits: CompilerLimits) -> None:
        self.parser = CParser(text)
        self.next: Callable[[], Any] = self.parser.get_event
        self.anchors: dict[str, tuple[object, int, int]] = {}
        self.plain: dict[str, tuple[object, int]] = {}
        self.max_size = limits.parsed_bytes or limits.yaml_bytes
        self.max_depth = limits.yaml_depth
        self.size = self.depth = self.reached_depth = 0
        self.mark: YamlMark | None = None

    def location(self) -> Location | None:
        """Return the location of the last event with a mark."""
        return Location(self.mark.name, self.mark.line + 1, self.mark.column + 1) if self.mark else None

    def value(self) -> object:
        """Read the whole document; None for an empty one."""
        self.next()  # the stream
        start = self.next()
        if type(start) is not DocumentStartEvent:
            return None
        value = self.node(self.next())
        self.next()  # the end of the document: what cannot follow it is an error of this document
        return value

    def node(self, event: object) -> object:
        """Read a node."""
        if type(event) is ScalarEvent:
            return self.scalar(event)
        return self.alias(event) if type(event) is AliasEvent else self.container(event)

    def scalar(self, event: Any) -> object:
        """Read a scalar: a quoted one is a string, another is interpreted, the same text once. Raises TooBig."""
        text = event.value
        unquoted, quoted = event.implicit
        if unquoted:
            if text not in self.plain:
                self.mark = event.start_mark
                self.plain[text] = sized(plain(text))
            value, size = self.plain[text]
        elif quoted:
            value, size = sized(text)
        else:
            self.mark = event.start_mark
            value, size = sized(tagged(event))
        self.size += size
        if self.size > self.max_size:
            raise TooBig
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, size, 0)
        return value

    def alias(self, event: AliasEvent) -> object:
        """Return the anchored value itself, counted as if it were written here. Raises TooBig and Invalid."""
        self.mark = event.start_mark
        if event.anchor not in self.anchors:
            raise Invalid.because(f"Unknown alias: {event.anchor}", self.location())
        value, size, height = self.anchors[event.anchor]
        self.size += size
        self.reached_depth = max(self.reached_depth, self.depth + height)
        if self.depth + height > self.max_depth or self.size > self.max_size:
            raise TooBig
        return value

    def container(self, event: Any) -> object:
        """Read a mapping or sequence. Until it ends, its anchor counts as too deep, so that it cannot hold itself."""
        before, reached_depth, anchor, tag = self.size, self.reached_depth, event.anchor, event.tag
        self.mark = event.start_mark
        self.depth = self.reached_depth = self.depth + 1
        self.size = before + POINTER
        if self.depth > self.max_depth or self.size > self.max_size:
            raise TooBig
        if anchor is not None:
            self.anchors[anchor] = (None, 0, self.max_depth + 1)
        if tag is not None and tag != "!reference":
            refuse_tag(tag, objects=True)
        value: object = self.mapping(event) if type(event) is MappingStartEvent else self.sequence(event)
        if tag == "!reference":
            value = Reference(value, event.start_mark)
        self.depth -= 1
        if anchor is not None:
            self.anchors[anchor] = (value, self.size - before, self.reached_depth - self.depth)
        if reached_depth > self.reached_depth:  # noqa: PLR1730 - `max` is a call, and there are ten thousands of containers
            self.reached_depth = reached_depth
        return value

    def mapping(self, start: MappingStartEvent) -> Map:
        """Read a mapping. A key that comes again keeps its first position and its last value."""
        result = Map(start.start_mark)
        raw_locations = result.raw_locations
        following, node, scalar = self.next, self.node, self.scalar
        while (kind := type(event := following())) is not MappingEndEvent:
            key = scalar(event) if kind is ScalarEvent else node(event)
            value_event = following()
            value = scalar(value_event) if type(value_event) is ScalarEvent else node(value_event)
            if type(key) is not str and type(key) is not int:
                key = hashable(key)
            if key == "<<" and self.merge_key(result, value, value_event):
                continue
            result[key] = value
            raw_locations[key] = event.start_mark
        return result

    def merge_key(self, result: Map, value: object, event: object) -> bool:
        """Apply a merge key in place. False: it is an ordinary key."""
        if isinstance(value, Map) and not isinstance(event, ScalarEvent):
            merge_into(result, value)
            return True
        if not isinstance(event, SequenceStartEvent) or not isinstance(value, Seq):
            return False
        if not all(isinstance(item, Map) for item in value):
            return False
        for item in reversed(value):
            if isinstance(item, Map):
                merge_into(result, item)
        return True

    def sequence(self, start: SequenceStartEvent) -> Seq:
        """Read a sequence."""
        result = Seq(start.start_mark)
        raw_locations = result.raw_locations
        following, node, scalar = self.next, self.node, self.scalar
        while (kind := type(event := following())) is not SequenceEndEvent:
            result.append(scalar(event) if kind is ScalarEvent else node(event))
            raw_locations.append(event.start_mark)
        return result


def sized(value: object) -> tuple[object, int]:
    """Return a scalar with the memory that Ruby would need for it."""
    if not isinstance(value, str):
        return value, POINTER
    return value, SLOT if len(value) <= MAX_EMBEDDED_LENGTH else SLOT + 1 + len(value)


def merge_into(result: Map, other: Map) -> None:
    """Merge the entries of another mapping over the result; existing keys keep their position."""
    result.update(other)
    result.raw_locations.update(other.raw_locations)


def hashable(key: object) -> Hashable:
    """Convert a key that is no string: symbols to strings, sequences to tuples, other containers to Ruby source."""
    if isinstance(key, Symbol):
        return str(key)
    if isinstance(key, Seq):
        return tuple(map(hashable, key))
    if isinstance(key, Map | Reference):
        return (inspect(key),)
    return key
