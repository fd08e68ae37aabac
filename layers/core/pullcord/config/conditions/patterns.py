"""Regular expressions of users. They run on RE2 only, whose time grows linearly with the length of the text.

Loading RE2 takes as long as a few dozen jobs. So it is loaded when a pattern is compiled, and a simple pattern is
compiled only when there is a text to match: most patterns are about tags, and most pipelines have no tag.
"""

import re
from functools import lru_cache
from typing import Protocol

from pullcord.config import lazy
from pullcord.config.problems import Invalid

FLAGS = "ismU"
"""Flags after the closing slash: ignore case, `.` matches newlines, `^` and `$` match at lines, ungreedy."""

LITERAL = re.compile(rf"^/(?P<source>.*)/(?P<flags>[{FLAGS}]*)$", re.MULTILINE)
MAX_CACHED_LENGTH = 4096

_ATOM = r"(?:[\w ./:@#%=~,;&!<>'\"-]|\\[dDwWsS.+*?/-])"
SIMPLE = lazy.pattern(rf"(?:\(\?[{FLAGS}]+\))?\^?(?P<atoms>(?:{_ATOM}[*+?]?){{1,100}})\$?", re.ASCII)
"""Simple patterns, which RE2 always accepts: characters and classes, each with at most one repetition."""

REQUIRED = lazy.pattern(rf"{_ATOM}(?![*?])", re.ASCII)
"""Required character, without which an empty text could match."""

MAX_SHORT_TEXT, MAX_SMALL_PROGRAM, MAX_STEPS = 4096, 256, 20_000_000
"""RE2 takes bytes times instructions at worst. For texts or programs below the first two nothing is counted."""

MAX_SHOWN = 100


class Re2Engine(Protocol):
    """Compiled pattern of RE2."""

    @property
    def programsize(self) -> int:
        """Number of instructions."""
        ...

    def search(self, text: bytes, /) -> object | None:
        """Return a match object or None."""
        ...


class Pattern:
    """Valid pattern. Patterns with the same text are equal.

    engine: None for a simple pattern until there is a non-empty text to match
    """

    __slots__ = ("engine", "text")

    def __init__(self, text: str, engine: Re2Engine | None) -> None:
        self.text = text
        self.engine = engine

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def found_in(self, text: str) -> bool:
        """Whether the pattern matches anywhere in `text`. Raises Invalid if matching could take too long."""
        if self.engine is None:
            if not text:
                return False
            self.engine = engine_of(self.text)
        data = text.encode(errors="replace")
        if (
            len(data) > MAX_SHORT_TEXT
            and self.engine.programsize > MAX_SMALL_PROGRAM
            and len(data) * self.engine.programsize > MAX_STEPS
        ):
            message = f"a regular expression of this size cannot be matched with a value of {len(data)} bytes"
            raise Invalid.because(f"{message}: {self.text[:MAX_SHOWN]}")
        return self.engine.search(data) is not None


def from_literal(text: str) -> Pattern | None:
    """Compile `/source/flags`; None if the text has another form or does not compile.

    As in GitLab, one line of this form among others is enough.
    """
    found = LITERAL.search(text)
    if found is None:
        return None
    flags = "".join(dict.fromkeys(found["flags"]))
    return from_source(f"(?{flags}){found['source']}" if flags else found["source"])


def from_source(source: str) -> Pattern | None:
    """Compile an RE2 source without slashes, as in `spec:inputs:regex`; None if it does not compile."""
    return compiled(source) if len(source) <= MAX_CACHED_LENGTH else compiled.__wrapped__(source)


@lru_cache(maxsize=1024)
def compiled(source: str) -> Pattern | None:
    """Compile a pattern; a simple one is left to be compiled later."""
    if is_simple(source):
        return Pattern(source, None)
    import re2

    try:
        return Pattern(source, engine_of(source))
    except re2.error:
        return None


def is_simple(source: str) -> bool:
    """Whether a source is a simple pattern that matches no empty text."""
    found = SIMPLE().fullmatch(source)
    return found is not None and REQUIRED().search(found["atoms"]) is not None


def engine_of(source: str) -> Re2Engine:
    """Compile with RE2, without its messages on standard error. Raises re2.error."""
    import re2

    options = re2.Options()
    options.log_errors = False
    engine: Re2Engine = re2.compile(source.encode(errors="replace"), options)
    return engine
