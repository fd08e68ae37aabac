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


class Definitions(Protocol):
    """Collection of variables, of which several may have one name (`layers.Variables`)."""

    @property
    def cycles(self) -> Sequence[Sequence[str]]:
        """Groups of variables that refer to each other."""
        ...

    def definitions(self, name: str) -> Sequence[Expandable]:
        """Variables of a name by rising precedence; empty for an undefined one."""
        ...

    def __iter__(self) -> Iterator[str]: ...

    def __len__(self) -> int: ...


class ExpandedVariables(Mapping[str, str]):
    """Expanded values of variables, recursively, each expanded once, when it is first read.

    Of several variables with one name that counts which refers to its own name, and there it finds the one of highest
    precedence among the others; without any other it is undefined there. With variables that refer to each other in a
    cycle anywhere in the collection, GitLab expands none.
    """

    __slots__ = ("expanded", "variables")

    def __init__(self, variables: Definitions) -> None:
        self.variables = variables
        self.expanded: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self.expanded:
            definitions = self.variables.definitions(name)
            if not definitions:
                raise KeyError(name)
            if not any(map(refers, definitions)) or self.variables.cycles:
                self.expanded[name] = definitions[-1].value
            else:
                for component in cycles.components([name], self.children):
                    for member in component:
                        self.expand(member)
        return self.expanded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.variables)

    def __len__(self) -> int:
        return len(self.variables)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and bool(self.variables.definitions(name))

    def children(self, name: str) -> Iterator[str]:
        """Return the variables that have to be expanded before a variable."""
        if name not in self.expanded:
            for definition in filter(refers, self.variables.definitions(name)):
                yield from references(definition.value)

    def expand(self, name: str) -> None:
        """Expand a variable, unless it is expanded or undefined. All others that it refers to are expanded already."""
        definitions = self.variables.definitions(name)
        if name in self.expanded or not definitions:
            return
        last = definitions[-1]
        for definition in definitions:
            if refers(definition) and name in references(definition.value):
                last = definition
        others = [definition for definition in definitions if definition is not last]
        earlier = self.value(others[-1], name, "") if others else ""
        self.expanded[name] = self.value(last, name, earlier)

    def value(self, variable: Expandable, name: str, own: str) -> str:
        """Expand the value of a variable, in which its own name stands for `own`."""
        if not refers(variable):
            return variable.value

        def replacement(found: re.Match[str]) -> str:
            other = name_in(found)
            if other is None:  # an escape
                return found[0]
            return own if other == name else self.expanded.get(other, "")

        return substituted(variable.value, REFERENCE_OR_ESCAPE, replacement)


def refers(variable: Expandable) -> bool:
    """Whether a value may refer to other variables."""
    return not variable.raw and may_refer(variable.value)
