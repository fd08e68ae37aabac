"""Cycles of variables: variables that refer to each other.

A variable depends on all variables of each name in its value: also on those that others override, and on others of its
own name. Source: https://docs.gitlab.com/ci/variables/where_variables_can_be_used/
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

from pullcord.config import cycles
from pullcord.config.lazy import IdentityMemo
from pullcord.config.variables.expansion import Expandable, references, refers

type Values = Mapping[str, Expandable]
"""Variables by name."""

type Node = tuple[str, int]
"""Name of a variable, and its index among those of this name."""

type Definitions = Callable[[str], Sequence[Expandable]]
"""Function that returns all variables of a name by rising precedence."""


class Collection[Layer: Values](Protocol):
    """Variables in layers (`layers.Variables`)."""

    @property
    def layers(self) -> Sequence[Layer]:
        """Return all layers."""
        ...

    @property
    def written(self) -> Sequence[Layer]:
        """Return the layers of the file: the job's own one and the inherited one."""
        ...

    def definitions(self, name: str) -> Sequence[Expandable]:
        """Return all variables of a name by rising precedence."""
        ...

    def nodes(self) -> Iterable[Node]:
        """Return every variable in GitLab's order."""
        ...


class SharedCycles(NamedTuple):
    """Cycles among variables that jobs share, and all names that these refer to."""

    cycles: list[list[str]]
    references: frozenset[str]


class VariableCycles[Layer: Values]:
    """Finds cycles of the variables of jobs. Variables that jobs share are searched once.

    shared_variables: makes the collection of what all jobs with the same inherited variables share
    """

    __slots__ = ("memo", "shared_variables")

    def __init__(self, shared_variables: Callable[[Layer], Collection[Layer]]) -> None:
        self.shared_variables = shared_variables
        self.memo: IdentityMemo[SharedCycles] = IdentityMemo()

    def of(self, variables: Collection[Layer]) -> list[list[str]]:
        """Return the cycles of a job, whose own variables may close a cycle, or break one by replacing a variable."""
        own, inherited = variables.written
        shared = self.memo.compute(inherited, self.shared)
        if any(name in own for members in shared.cycles for name in members):
            return everywhere(variables)
        names = [name for name, variable in own.items() if refers(variable)]
        closed = False
        if not shared.references.isdisjoint(own):
            closed = circular(names, variables.definitions)
        elif len(names) > 1:  # no other variable leads back to these, and a single one makes no cycle
            closed = circular(names, lambda name: [own[name]] if name in own else [])
        return everywhere(variables) if closed else shared.cycles

    def shared(self, inherited: Layer) -> SharedCycles:
        """Find the cycles among inherited variables, settings and predefined variables."""
        variables = self.shared_variables(inherited)
        each = chain.from_iterable(layer.values() for layer in variables.layers)
        names = {name for variable in each if refers(variable) for name in references(variable.value)}
        return SharedCycles(everywhere(variables), frozenset(names))


def everywhere[Layer: Values](variables: Collection[Layer]) -> list[list[str]]:
    """Find all cycles, in the order in which GitLab names them."""
    found = search(variables.nodes(), variables.definitions)
    return [[name for name, _ in members] for members in found if len(members) > 1]


def circular(starts: Iterable[str], definitions: Definitions) -> bool:
    """Whether a cycle is reached from these names."""
    nodes = [(name, index) for name in starts for index in range(len(definitions(name)))]
    return any(len(members) > 1 for members in search(nodes, definitions))


def search(nodes: Iterable[Node], definitions: Definitions) -> Iterator[list[Node]]:
    """Yield the strongly connected components that are reached from these variables."""

    def children(node: Node) -> Iterator[Node]:
        name, index = node
        variable = definitions(name)[index]
        if refers(variable):
            for other in references(variable.value):
                yield from ((other, number) for number in range(len(definitions(other))))

    return cycles.components(nodes, children)
