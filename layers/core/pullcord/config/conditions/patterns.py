"""Patterns that users write. They run on RE2 only, whose time grows with the length of the text and nothing else.

Loading RE2 takes as long as a few dozen jobs. So it is loaded when a pattern is compiled, and a pattern that is plainly
sound is compiled when there is a text to match it with: most are about a tag, and most pipelines have none.
"""

import re
from functools import lru_cache
from typing import Protocol

from pullcord.config import lazy
from pullcord.config.problems import Invalid

FLAGS = "ismU"
"""What may follow the closing slash: ignore case, `.` matches newlines, `^` and `$` match at lines, ungreedy."""

LITERAL = re.compile(rf"^/(?P<source>.*)/(?P<flags>[{FLAGS}]*)$", re.MULTILINE)
LONGEST_CACHED = 4096

_ONE = r"(?:[\w ./:@#%=~,;&!<>'\"-]|\\[dDwWsS.+*?/-])"
PLAIN = lazy.pattern(rf"(?:\(\?[{FLAGS}]+\))?\^?(?P<ones>(?:{_ONE}[*+?]?){{1,100}})\$?", re.ASCII)
"""What RE2 takes for sure: characters and classes of them, each with at most one repetition."""

NEEDED = lazy.pattern(rf"{_ONE}(?![*?])", re.ASCII)
"""A character that has to be there, so that no empty text matches."""

SHORT, SMALL, MOST_STEPS = 4096, 256, 20_000_000
"""RE2 takes bytes times instructions at worst. Texts or programs no longer than the first two are never looked at."""

SHOWN = 100


class Engine(Protocol):
    """What RE2 makes of a source."""

    @property
    def programsize(self) -> int:
        """Its instructions."""
        ...

    def search(self, text: bytes, /) -> object | None:
        """A match object, or None."""
        ...


class Pattern:
    """A sound pattern. Two patterns are equal when they were written alike.

    engine: None for a plain one that matches no empty text, until it meets another
    """

    __slots__ = ("engine", "text")

    def __init__(self, text: str, engine: Engine | None) -> None:
        self.text = text
        self.engine = engine

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def found_in(self, text: str) -> bool:
        """Whether the pattern matches anywhere in `text`. Raises Invalid for what could take longer than a moment."""
        if self.engine is None:
            if not text:
                return False
            self.engine = engine_of(self.text)
        data = text.encode(errors="replace")
        if len(data) > SHORT and self.engine.programsize > SMALL and len(data) * self.engine.programsize > MOST_STEPS:
            message = f"a regular expression of this size cannot be matched with a value of {len(data)} bytes"
            raise Invalid.because(f"{message}: {self.text[:SHOWN]}")
        return self.engine.search(data) is not None


def from_literal(text: str) -> Pattern | None:
    """The pattern that `/source/flags` stands for; None if the text has another form or does not compile.

    The form is looked for line by line, so one such line among others is enough.
    """
    found = LITERAL.search(text)
    if found is None:
        return None
    flags = "".join(dict.fromkeys(found["flags"]))
    return from_source(f"(?{flags}){found['source']}" if flags else found["source"])


def from_source(source: str) -> Pattern | None:
    """The pattern of an RE2 source without slashes, as in `spec:inputs:regex`; None if it does not compile."""
    return compiled(source) if len(source) <= LONGEST_CACHED else compiled.__wrapped__(source)


@lru_cache(maxsize=1024)
def compiled(source: str) -> Pattern | None:
    """The pattern, as far compiled as has to be for its soundness."""
    if is_plain(source):
        return Pattern(source, None)
    import re2

    try:
        return Pattern(source, engine_of(source))
    except re2.error:
        return None


def is_plain(source: str) -> bool:
    """Whether a source is sound for sure and matches no empty text."""
    found = PLAIN().fullmatch(source)
    return found is not None and NEEDED().search(found["ones"]) is not None


def engine_of(source: str) -> Engine:
    """Compile with RE2, silently: a refusal is an answer here, not a line on standard error. Raises re2.error."""
    import re2

    options = re2.Options()
    options.log_errors = False
    engine: Engine = re2.compile(source.encode(errors="replace"), options)
    return engine
