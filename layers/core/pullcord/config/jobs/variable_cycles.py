"""Cycles of variables: variables of a job that refer to each other."""

from typing import NamedTuple

from pullcord.config import cycles
from pullcord.config.checked import YamlVariable
from pullcord.config.context import Variable
from pullcord.config.jobs.candidates import Candidate
from pullcord.config.lazy import IdentityMemo
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Layer, Layers, Variables


class SharedCycles(NamedTuple):
    """Cycles among variables that jobs share, and all names that these variables refer to."""

    cycles: list[list[str]]
    references: frozenset[str]


class VariableCycles:
    """Finds cycles of variables. Variables that jobs share are searched once."""

    __slots__ = ("layers", "memo")

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.memo: IdentityMemo[SharedCycles] = IdentityMemo()

    def of(self, candidate: Candidate) -> list[list[str]]:
        """Return the cycles through the job's own variables, then the shared ones that these do not break."""
        own, shared = candidate.own, self.memo.compute(candidate.inherited, self.shared)
        result: list[list[str]] = []
        if names := [name for name, variable in own.items() if refers(variable)]:
            # If no shared variable refers to the job's own ones or replaces one, a cycle stays among these.
            separate = shared.references.isdisjoint(own) and self.layers.settings.keys().isdisjoint(own)
            if not separate or len(names) > 1:  # a single variable makes no cycle
                result = through(names, own if separate else candidate.variables)
        for members in shared.cycles:
            if members not in result and own.keys().isdisjoint(members):
                result.append(members)
        return result

    def shared(self, inherited: Layer) -> SharedCycles:
        """Find the cycles among inherited variables, settings and predefined variables."""
        variables = Variables(self.layers.settings, (inherited,), (self.layers.base,))
        references = {other for name in variables for other in expansion.references(variables[name].value)}
        return SharedCycles(variables.expanded.cycles(), frozenset(references))


def through(names: list[str], variables: Layer) -> list[list[str]]:
    """Find the cycles that are reached from these names."""
    children = expansion.ExpandedVariables(variables).references
    return [members for members in cycles.components(names, children) if len(members) > 1]


def refers(variable: Variable | YamlVariable) -> bool:
    """Whether a value may refer to other variables."""
    return not variable.raw and expansion.may_refer(variable.value)
