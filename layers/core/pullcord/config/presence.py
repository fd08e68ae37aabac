"""What only shows when it is known which jobs are in the pipeline: broken rules, missing needs, circular variables."""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from pullcord.config import cycles, expansion, ruby
from pullcord.config.candidates import Candidate
from pullcord.config.checked import YamlVariable
from pullcord.config.context import Variable
from pullcord.config.problems import Problem
from pullcord.config.variables import Layer, Layers, Variables

MOST_NEEDS = 50


def problems(candidates: Iterable[Candidate], stages: Sequence[str], layers: Layers) -> list[Problem]:
    """Everything that is wrong, stage by stage. A stage without jobs is gone, and what was wrong there with it."""
    by_stage: dict[str, list[Candidate]] = {stage: [] for stage in stages}
    for candidate in candidates:
        by_stage[candidate.instance.job.stage].append(candidate)
    running = [members for members in by_stage.values() if any(member.decision.included for member in members)]
    names = {member.instance.name for members in running for member in members if member.decision.included}
    circles = Circles(layers)
    return [problem for members in running for member in members for problem in of_job(member, names, circles)]


def of_job(candidate: Candidate, names: Container[str], circles: "Circles") -> Iterator[Problem]:
    """What is wrong with one job."""
    name, decision = candidate.instance.name, candidate.decision
    if decision.error is not None:
        yield Problem(f"Failed to parse rule for {name}: {decision.error}", decision.place)
    elif decision.included:
        yield from of_needs(candidate, names)
        if found := circles.of(candidate):
            text = ", ".join(map(ruby.inspect, found))
            job = candidate.instance.job
            message = f"{name}: circular variable reference detected: {text}"
            yield Problem(message, job.places.get("variables") or job.place)


def of_needs(candidate: Candidate, names: Container[str]) -> Iterator[Problem]:
    """Not too many needs, and every one that is not optional in the pipeline."""
    name = candidate.instance.name
    needs = [need for need in candidate.needs or () if not need.cross]
    if len(needs) > MOST_NEEDS:
        message = (
            f"{name}: one job can only need {MOST_NEEDS} others, but you have listed {len(needs)}. "
            "See needs keyword documentation for more details"
        )
        yield Problem(message, candidate.instance.job.places.get("needs") or candidate.instance.job.place)
        return
    for need in needs:
        if not need.optional and need.name not in names:
            message = (
                f"'{name}' job needs '{need.name}' job, but '{need.name}' does not exist in the pipeline. "
                "This might be because of the only, except, or rules keywords. "
                "To need a job that sometimes does not exist in the pipeline, use needs:optional."
            )
            yield Problem(message, need.place or candidate.instance.job.place)


@dataclass(slots=True)
class Circles:
    """Looks for variables that need each other, going over what jobs have in common only once."""

    layers: Layers
    shared: dict[int, list[list[str]]] = field(default_factory=dict)

    def of(self, candidate: Candidate) -> list[list[str]]:
        """The circles through the job's own variables, then the common ones that these do not break."""
        names = [name for name, variable in candidate.own.items() if refers(variable)]
        children = candidate.variables.expanded.references
        if len(names) == 1 and not any(map(children, children(names[0]))):
            names = []
        found = [members for members in cycles.components(names, children) if len(members) > 1] if names else []
        for members in self.common(candidate.inherited):
            if members not in found and not candidate.own.keys() & set(members):
                found.append(members)
        return found

    def common(self, inherited: Layer) -> list[list[str]]:
        """The circles among variables that do not belong to any job."""
        if id(inherited) not in self.shared:
            variables = Variables(self.layers.settings, (inherited,), (self.layers.base,))
            self.shared[id(inherited)] = variables.expanded.circles()
        return self.shared[id(inherited)]


def refers(variable: Variable | YamlVariable) -> bool:
    """Whether a value may have other variables inside."""
    return not variable.raw and expansion.may_refer(variable.value)
