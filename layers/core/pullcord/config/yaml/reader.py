"""One YAML document, read from libyaml's events the way Psych would load it.

Events rather than a loader of PyYAML: merge keys apply where they stand, aliases are counted before they grow, and
every entry keeps its mark. Nothing is read beyond the first document of a text.

Sources: https://yaml.org/spec/1.1/ and https://github.com/ruby/psych
"""

from collections.abc import Callable, Hashable
from typing import Any

from pullcord.config.context import Limits
from pullcord.config.problems import Invalid, Place
from pullcord.config.ruby import inspect
from pullcord.config.tree import Map, Mark, Reference, Seq, Symbol
from pullcord.config.yaml.scalars import UnspecifiedClass, plain
from pullcord.config.yaml.tags import refuse, tagged
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

EMBEDDED = 23
"""Longest string that Ruby keeps inside its 40-byte slot; a longer one needs its length on top."""

SLOT = 40
POINTER = 16
"""What we count for everything else. Ruby counts nothing, so that a bomb made of empty lists would pass."""


class TooBig(Exception):
    """Deeper than allowed, or larger once aliases are counted where they stand."""


class Text:
    """A text as a file, for the sake of its name: libyaml's marks carry it, and so know their file.

    `io.StringIO` would copy the text to four bytes a character first.
    """

    __slots__ = ("name", "position", "text")

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.position = 0

    def read(self, size: int = 1, /) -> str:
        """The next characters; none at the end."""
        start = self.position
        self.position += size
        return self.text[start : self.position]


def read(text: str, name: str = "", skipped_lines: int = 0, limits: Limits | None = None) -> object:
    """The value of a document. `name` goes into the places; `skipped_lines` stand before the document in its file.

    Raises Invalid with Psych's and GitLab's texts, whose lines count from the document's own beginning.
    """
    document = Document(Text("\n" * skipped_lines + text, name), limits or Limits())
    try:
        return document.value()
    except TooBig as error:
        raise Invalid.because("The parsed YAML is too big", document.place()) from error
    except UnspecifiedClass as error:
        raise Invalid.because(f"Tried to load unspecified class: {error}", document.place()) from error
    except YAMLError as error:
        raise syntax_error(error, name, skipped_lines) from error
    except ValueError as error:  # also lone surrogates, which no UTF-8 text can hold
        raise Invalid.because("Invalid YAML syntax", document.place()) from error


def syntax_error(error: YAMLError, name: str, skipped_lines: int) -> Invalid:
    """The complaint of libyaml in Psych's words: the line and column are those of the context, if there is one."""
    problem, context, mark = error.args[-1] if error.args else None, None, None
    shown = None
    if isinstance(error, MarkedYAMLError):
        problem, context, shown = error.problem, error.context, error.problem_mark or error.context_mark
        scanning = type(error).__name__ == "ScannerError"
        mark = error.context_mark if context else error.problem_mark if scanning else None
    line, column = (mark.line - skipped_lines + 1, mark.column + 1) if mark else (1, 1)
    words = " ".join(part for part in (problem, context) if part)
    place = Place(name, shown.line + 1, shown.column + 1) if shown else Place(name, 1, 1)
    return Invalid.because(f"(<unknown>): {words} at line {line} column {column}", place)


class Document:
    """One reading of one document; `size`, `depth` and `deepest` are kept as its nodes are built.

    most, lowest: what they may come to. The work is done where the events are: there are ten thousands of them.
    """

    def __init__(self, text: Text, limits: Limits) -> None:
        self.parser = CParser(text)
        self.next: Callable[[], Any] = self.parser.get_event
        self.anchors: dict[str, tuple[object, int, int]] = {}
        self.plain: dict[str, tuple[object, int]] = {}
        self.most = limits.parsed_bytes or limits.yaml_bytes
        self.lowest = limits.yaml_depth
        self.size = self.depth = self.deepest = 0
        self.mark: Mark | None = None

    def place(self) -> Place | None:
        """Where reading stands."""
        return Place(self.mark.name, self.mark.line + 1, self.mark.column + 1) if self.mark else None

    def value(self) -> object:
        """The whole document; None for an empty one."""
        self.next()  # the stream
        start = self.next()
        if type(start) is not DocumentStartEvent:
            return None
        value = self.node(self.next())
        self.next()  # the end of the document: what cannot follow it is an error of this document
        return value

    def node(self, event: object) -> object:
        """What one node becomes, whatever it is."""
        if type(event) is ScalarEvent:
            return self.scalar(event)
        return self.alias(event) if type(event) is AliasEvent else self.container(event)

    def scalar(self, event: Any) -> object:
        """Text in quotes stays text; the rest is Psych's to interpret, the same text once."""
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
        if self.size > self.most:
            raise TooBig
        if event.anchor is not None:
            self.anchors[event.anchor] = (value, size, 0)
        return value

    def alias(self, event: AliasEvent) -> object:
        """The anchored value itself, counted as if it had been written here."""
        self.mark = event.start_mark
        if event.anchor not in self.anchors:
            raise Invalid.because(f"Unknown alias: {event.anchor}", self.place())
        value, size, height = self.anchors[event.anchor]
        self.size += size
        self.deepest = max(self.deepest, self.depth + height)
        if self.depth + height > self.lowest or self.size > self.most:
            raise TooBig
        return value

    def container(self, event: Any) -> object:
        """A mapping or sequence. Inside itself it is known to aliases as endlessly deep, which refuses it."""
        before, deepest, anchor, tag = self.size, self.deepest, event.anchor, event.tag
        self.mark = event.start_mark
        self.depth = self.deepest = self.depth + 1
        self.size = before + POINTER
        if self.depth > self.lowest or self.size > self.most:
            raise TooBig
        if anchor is not None:
            self.anchors[anchor] = (None, 0, self.lowest + 1)
        if tag is not None and tag != "!reference":
            refuse(tag, objects=True)
        value: object = self.mapping(event) if type(event) is MappingStartEvent else self.sequence(event)
        if tag == "!reference":
            value = Reference(value, event.start_mark)
        self.depth -= 1
        if anchor is not None:
            self.anchors[anchor] = (value, self.size - before, self.deepest - self.depth)
        if deepest > self.deepest:  # noqa: PLR1730 - `max` is a call, and there are ten thousands of containers
            self.deepest = deepest
        return value

    def mapping(self, start: MappingStartEvent) -> Map:
        """Entries in the order of the file; a key that comes again keeps its first position and its last value."""
        result = Map(start.start_mark)
        spots = result.spots
        following, node, scalar = self.next, self.node, self.scalar
        while (kind := type(event := following())) is not MappingEndEvent:
            key = scalar(event) if kind is ScalarEvent else node(event)
            value_event = following()
            value = scalar(value_event) if type(value_event) is ScalarEvent else node(value_event)
            if type(key) is not str and type(key) is not int:
                key = hashable(key)
            if key == "<<" and self.merged(result, value, value_event):
                continue
            result[key] = value
            spots[key] = event.start_mark
        return result

    def merged(self, result: Map, value: object, event: object) -> bool:
        """Apply a merge key where it stands. False: it is an ordinary key after all."""
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
        """Items in order."""
        result = Seq(start.start_mark)
        spots = result.spots
        following, node, scalar = self.next, self.node, self.scalar
        while (kind := type(event := following())) is not SequenceEndEvent:
            result.append(scalar(event) if kind is ScalarEvent else node(event))
            spots.append(event.start_mark)
        return result


def sized(value: object) -> tuple[object, int]:
    """A scalar with the memory that Ruby would need for it."""
    if not isinstance(value, str):
        return value, POINTER
    return value, SLOT if len(value) <= EMBEDDED else SLOT + 1 + len(value)


def merge_into(result: Map, other: Map) -> None:
    """Other's entries over the result's; what was there keeps its position."""
    result.update(other)
    result.spots.update(other.spots)


def hashable(key: object) -> Hashable:
    """A key that is no text: symbols become text, sequences tuples, and the rest of containers their inspected form."""
    if isinstance(key, Symbol):
        return str(key)
    if isinstance(key, Seq):
        return tuple(map(hashable, key))
    if isinstance(key, Map | Reference):
        return (inspect(key),)
    return key
