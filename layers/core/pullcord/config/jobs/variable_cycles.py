"""Variables of a job that need each other."""

from typing import NamedTuple

from pullcord.config import cycles
from pullcord.config.checked import YamlVariable
from pullcord.config.context import Variable
from pullcord.config.jobs.candidates import Candidate
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Layer, Layers, Variables


class Common(NamedTuple):
    """What jobs with the same globals have in common: the circles there, and which names are referred to."""

    circles: list[list[str]]
    mentioned: frozenset[str]


class Circles:
    """Looks for circles, going over what jobs have in common only once."""

    __slots__ = ("layers", "shared")

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.shared: dict[int, Common] = {}

    def of(self, candidate: Candidate) -> list[list[str]]:
        """The circles through the job's own variables, then the common ones that these do not break."""
        own, common = candidate.own, self.common(candidate.inherited)
        found: list[list[str]] = []
        if names := [name for name, variable in own.items() if refers(variable)]:
            # Where nothing common leads back to the job's own variables or replaces one, a circle stays among these.
            apart = common.mentioned.isdisjoint(own) and self.layers.settings.keys().isdisjoint(own)
            if not apart or len(names) > 1:  # one alone makes no circle
                found = through(names, own if apart else candidate.variables)
        for members in common.circles:
            if members not in found and own.keys().isdisjoint(members):
                found.append(members)
        return found

    def common(self, inherited: Layer) -> Common:
        """What does not belong to any job."""
        if id(inherited) not in self.shared:
            variables = Variables(self.layers.settings, (inherited,), (self.layers.base,))
            mentioned = {other for name in variables for other in expansion.references(variables[name].value)}
            self.shared[id(inherited)] = Common(variables.expanded.circles(), frozenset(mentioned))
        return self.shared[id(inherited)]


def through(names: list[str], variables: Layer) -> list[list[str]]:
    """The circles that are met from these names on."""
    children = expansion.Collection(variables).references
    return [members for members in cycles.components(names, children) if len(members) > 1]


def refers(variable: Variable | YamlVariable) -> bool:
    """Whether a value may have other variables inside."""
    return not variable.raw and expansion.may_refer(variable.value)
