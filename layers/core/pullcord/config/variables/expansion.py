"""How `$NAME`, `${NAME}` and `%NAME%` in a text become values. GitLab does it in three ways, and so does this file.

blank:     one pass, what is undefined vanishes (locations of includes, names of environments and workflows)
keep:      one pass, what is undefined stays as written (`tags`, `changes`, `exists`, `compare_to`)
Collection: variables against each other, so that values may nest; what is undefined vanishes, `$$` and `%%` stay

Source: https://docs.gitlab.com/ci/variables/where_variables_can_be_used/
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from pullcord.config import cycles

NAME = "[a-zA-Z_][a-zA-Z0-9_]*"
REFERENCE = re.compile(rf"\$(?:(?P<plain>{NAME})|\{{(?P<braced>{NAME})\}})|%(?P<percent>{NAME})%")
REFERENCE_OR_ESCAPE = re.compile(rf"\$\$|%%|{REFERENCE.pattern}")

LONGEST = 1_048_576
"""A value that would grow beyond this stays as it was written: a few short lines could fill the memory otherwise."""


class Written(Protocol):
    """A variable: anything with a value, raw or not (`checked.YamlVariable`, `context.Variable`)."""

    @property
    def value(self) -> str:
        """As written."""
        ...

    @property
    def raw(self) -> bool:
        """Never expanded itself."""
        ...


def blank(text: str, values: Mapping[str, str]) -> str:
    """Mechanism A: undefined names vanish, values are not looked into."""
    return substituted(text, REFERENCE, lambda found: values.get(name_in(found) or "", ""))


def keep(text: str, values: Mapping[str, str]) -> str:
    """Mechanism B: undefined names stay as written, values are not looked into."""
    return substituted(text, REFERENCE, lambda found: values.get(name_in(found) or "", found[0]))


def mentioned(text: str) -> tuple[str, ...]:
    """The names that mechanisms A and B look up in a text, each once, in order of appearance."""
    if not may_refer(text):
        return ()
    return tuple(dict.fromkeys(name for found in REFERENCE.finditer(text) if (name := name_in(found))))


def references(text: str) -> tuple[str, ...]:
    """The names that mechanism C looks up in a text: what stands behind `$$` is none. Each once, in order of appearance."""
    if not may_refer(text):
        return ()
    return tuple(dict.fromkeys(name for found in REFERENCE_OR_ESCAPE.finditer(text) if (name := name_in(found))))


def may_refer(text: str) -> bool:
    """Whether a closer look is worth it."""
    return "$" in text or "%" in text


def name_in(found: re.Match[str]) -> str | None:
    """The name that was matched; None for an escape."""
    return found["plain"] or found["braced"] or found["percent"]


def substituted(text: str, pattern: re.Pattern[str], value: Callable[[re.Match[str]], str]) -> str:
    """The text with every match replaced; the text itself if it would become too long."""
    if not may_refer(text):
        return text
    pieces: list[str] = []
    position = length = 0
    for found in pattern.finditer(text):
        pieces += (text[position : found.start()], value(found))
        position = found.end()
        length += len(pieces[-1])
        if length > LONGEST:
            return text
    return "".join(pieces) + text[position:]


class Collection(Mapping[str, str]):
    """Mechanism C: the values of variables with the variables inside them, each worked out when it is first asked for.

    A variable inside its own value is undefined there. Values that refer to each other in a circle stay as written.
    """

    __slots__ = ("expanded", "variables")

    def __init__(self, variables: Mapping[str, Written]) -> None:
        self.variables = variables
        self.expanded: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self.expanded:
            for component in cycles.components([name], self.references):
                self.settle(component)
        return self.expanded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.variables)

    def __len__(self) -> int:
        return len(self.variables)

    def __contains__(self, name: object) -> bool:
        return name in self.variables

    def references(self, name: str) -> Sequence[str]:
        """The defined variables that a value refers to. Raises KeyError for one that is not defined itself."""
        variable = self.variables[name]
        if variable.raw or name in self.expanded:
            return ()
        return [other for other in references(variable.value) if other in self.variables]

    def settle(self, component: list[str]) -> None:
        """Work out values whose own references are worked out already."""
        for name in component:
            variable = self.variables[name]
            if variable.raw or len(component) > 1:
                self.expanded[name] = variable.value
            else:
                self.expanded[name] = substituted(variable.value, REFERENCE_OR_ESCAPE, self.known)

    def known(self, found: re.Match[str]) -> str:
        """What stands for a reference: an expanded value, nothing for an undefined name, an escape as it is."""
        name = name_in(found)
        return found[0] if name is None else self.expanded.get(name, "")

    def circles(self) -> list[list[str]]:
        """Every group of two or more variables that need each other, in the order in which they were defined."""
        return [found for found in cycles.components(self.variables, self.references) if len(found) > 1]
