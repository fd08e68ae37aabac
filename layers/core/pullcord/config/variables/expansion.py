"""Expansion of `$NAME`, `${NAME}` and `%NAME%` in texts, in GitLab's three ways.

blank: once; undefined variables become empty (items of `include`, names of environments and workflows)
keep:  once; undefined variables stay as written (`tags`, `changes`, `exists`, `compare_to`)
ExpandedVariables: recursively, variables in variables; undefined ones become empty, `$$` and `%%` stay

Source: https://docs.gitlab.com/ci/variables/where_variables_can_be_used/
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from pullcord.config import cycles

NAME = "[a-zA-Z_][a-zA-Z0-9_]*"
REFERENCE = re.compile(rf"\$(?:(?P<plain>{NAME})|\{{(?P<braced>{NAME})\}})|%(?P<percent>{NAME})%")
REFERENCE_OR_ESCAPE = re.compile(rf"\$\$|%%|{REFERENCE.pattern}")

MAX_LENGTH = 1_048_576
"""Characters of an expanded value. A longer one stays as written: a few short lines could fill the memory otherwise."""


class Expandable(Protocol):
    """Variable that can be expanded (`checked.YamlVariable`, `context.Variable`)."""

    @property
    def value(self) -> str:
        """Value as written."""
        ...

    @property
    def raw(self) -> bool:
        """Whether the value is never expanded."""
        ...


def blank(text: str, values: Mapping[str, str]) -> str:
    """Expand once; undefined variables become empty."""
    return substituted(text, REFERENCE, lambda found: values.get(name_in(found) or "", ""))


def keep(text: str, values: Mapping[str, str]) -> str:
    """Expand once; undefined variables stay as written."""
    return substituted(text, REFERENCE, lambda found: values.get(name_in(found) or "", found[0]))


def mentioned(text: str) -> tuple[str, ...]:
    """Return the names that `blank` and `keep` look up in a text, each once, in order of appearance."""
    if not may_refer(text):
        return ()
    return tuple(dict.fromkeys(name for found in REFERENCE.finditer(text) if (name := name_in(found))))


def references(text: str) -> tuple[str, ...]:
    """Return the names that ExpandedVariables looks up in a text, none after `$$`, each once, in their order."""
    if not may_refer(text):
        return ()
    return tuple(dict.fromkeys(name for found in REFERENCE_OR_ESCAPE.finditer(text) if (name := name_in(found))))


def may_refer(text: str) -> bool:
    """Whether a text can have references in it: a quick test."""
    return "$" in text or "%" in text


def name_in(found: re.Match[str]) -> str | None:
    """Return the name in a match; None for an escape."""
    return found["plain"] or found["braced"] or found["percent"]


def substituted(text: str, pattern: re.Pattern[str], value: Callable[[re.Match[str]], str]) -> str:
    """Replace every match; a text that would become too long is returned unchanged."""
    if not may_refer(text):
        return text
    pieces: list[str] = []
    position = length = 0
    for found in pattern.finditer(text):
        pieces += (text[position : found.start()], value(found))
        position = found.end()
        length += len(pieces[-1])
        if length > MAX_LENGTH:
            return text
    return "".join(pieces) + text[position:]


class ExpandedVariables(Mapping[str, str]):
    """Expanded values of variables, recursively, each expanded when it is first read.

    A variable inside its own value is undefined there. Values that refer to each other in a cycle stay as written.
    """

    __slots__ = ("expanded", "variables")

    def __init__(self, variables: Mapping[str, Expandable]) -> None:
        self.variables = variables
        self.expanded: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self.expanded:
            for component in cycles.components([name], self.references):
                self.expand(component)
        return self.expanded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.variables)

    def __len__(self) -> int:
        return len(self.variables)

    def __contains__(self, name: object) -> bool:
        return name in self.variables

    def references(self, name: str) -> Sequence[str]:
        """Return the defined variables in a value. Raises KeyError for an undefined variable."""
        variable = self.variables[name]
        if variable.raw or name in self.expanded:
            return ()
        return [other for other in references(variable.value) if other in self.variables]

    def expand(self, component: list[str]) -> None:
        """Expand the values of a component, whose references to others are expanded already."""
        for name in component:
            variable = self.variables[name]
            if variable.raw or len(component) > 1:
                self.expanded[name] = variable.value
            else:
                self.expanded[name] = substituted(variable.value, REFERENCE_OR_ESCAPE, self.replacement)

    def replacement(self, found: re.Match[str]) -> str:
        """Return the replacement of a match: an expanded value, "" for an undefined name, an escape as it is."""
        name = name_in(found)
        return found[0] if name is None else self.expanded.get(name, "")

    def cycles(self) -> list[list[str]]:
        """Return every group of two or more variables that refer to each other, in the order of definition."""
        return [found for found in cycles.components(self.variables, self.references) if len(found) > 1]
