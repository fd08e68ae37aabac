"""Documents of a text: header and content. The size is checked, the text split at `---`, every document read.

Source: https://docs.gitlab.com/ci/yaml/#header-keywords
"""

import re
from typing import NamedTuple

from pullcord.config import lazy
from pullcord.config.context import CompilerLimits
from pullcord.config.problems import Invalid, Location
from pullcord.config.ruby import blank
from pullcord.config.tree import Map
from pullcord.config.yaml.reader import read

DIVIDER = lazy.pattern(r"^---\s+", re.MULTILINE | re.ASCII)
MAX_PARTS = 3


class Documents(NamedTuple):
    """Documents of a text. header: None unless the first document has `spec` and another one follows."""

    content: Map
    header: Map | None = None
    text: str = ""


def read_documents(text: str, name: str, limits: CompilerLimits) -> Documents:
    """Read header and content of a text. `name` is the file in locations.

    With a header the last document is the content; without one the first is, and the others are checked and ignored.
    Raises Invalid.
    """
    if len(text) > limits.yaml_bytes or size(text) > limits.yaml_bytes:
        raise Invalid.because("The provided YAML is too big", Location(name, 1, 1))
    values = [(read(part, name, skipped, limits), skipped) for part, skipped in split(text)]
    documents = [mapping(value, Location(name, skipped + 1, 1)) for value, skipped in values if not blank(value)]
    if len(documents) > 1 and "spec" in documents[0]:
        return Documents(documents[-1], documents[0], text)
    return Documents(content=documents[0] if documents else Map(Location(name, 1, 1)))


def size(text: str) -> int:
    """Count the bytes of a text."""
    return len(text) if text.isascii() else len(text.encode(errors="replace"))


def mapping(value: object, location: Location) -> Map:
    """Return the document. Raises Invalid if it is no mapping."""
    if not isinstance(value, Map):
        raise Invalid.because("Invalid configuration format", location)
    return value


def split(text: str) -> list[tuple[str, int]]:
    """Split a text into documents, each with the number of lines above it."""
    if "---" not in text:
        return [(text, 0)]
    parts: list[tuple[str, int]] = []
    start = 0
    for found in DIVIDER().finditer(text):
        if len(parts) + 1 == MAX_PARTS:
            break
        parts.append((text[start : found.start()], text.count("\n", 0, start)))
        start = found.end()
    parts.append((text[start:], text.count("\n", 0, start)))
    return parts if parts[0][0].strip() else parts[1:]
