"""What jobs say about each other must be true: stages exist, needs and dependencies come before, nothing is circular.

Names keep their case here, unlike in messages of validation.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pullcord.config import cycles, ruby
from pullcord.config.checked import Need
from pullcord.config.jobs.matrix import Instance
from pullcord.config.problems import Invalid, Place, Problem


def problems(instances: Mapping[str, Instance], stages: Sequence[str]) -> list[Problem]:
    """Everything that is wrong, job by job in the order of the file; GitLab tells the first.

    Circles of needs are looked for when everything else is right.
    """
    graph = Graph(instances, stages, {stage: index for index, stage in reversed(list(enumerate(stages)))}, set())
    found: list[Problem] = []
    told: set[str] = set()
    for instance in instances.values():
        if instance.job.name not in told and (wrong := list(graph.of_job(instance))):
            told.add(instance.job.name)
            found += wrong
    return found or ([] if graph.ascends() or not circular(instances.values()) else list(circles(instances)))


class Graph(NamedTuple):
    """All jobs by name, the stages, and the position of each stage.

    sound: the needs in which nothing is wrong, by their identity, with the stage: parallel siblings share them
    """

    instances: Mapping[str, Instance]
    stages: Sequence[str]
    position: Mapping[str, int]
    sound: set[tuple[int, str]]

    def ascends(self) -> bool:
        """Whether all needs are of earlier stages, so that there can be no circle."""
        position = self.position
        seen: set[tuple[int, str]] = set()
        for instance in self.instances.values():
            if instance.needs and (id(instance.needs), instance.job.stage) not in seen:
                seen.add((id(instance.needs), instance.job.stage))
                own = position[instance.job.stage]
                for need in instance.needs:
                    wanted = None if need.cross or need.name is None else self.instances.get(need.name)
                    if wanted is not None and position[wanted.job.stage] >= own:
                        return False
        return True

    def of_job(self, instance: Instance) -> Iterator[Problem]:
        """What is wrong with one job. A job in no stage has no further problems."""
        job = instance.job
        if job.stage not in self.position:
            known = ", ".join(self.stages)
            message = f"{instance.name} job: chosen stage {job.stage} does not exist; available stages are {known}"
            yield Problem(message, job.places.get("stage") or job.place)
            return
        place = job.places.get("dependencies") or job.place
        for name in instance.dependencies or ():
            yield from self.of_dependency(instance, name, "dependency", place)
        for needs in (instance.needs, *[rule.needs for rule in instance.rules or ()]):
            if needs and (id(needs), job.stage) not in self.sound:
                wrong = list(self.of_needs(instance, needs))
                yield from wrong
                if not wrong:
                    self.sound.add((id(needs), job.stage))
        yield from self.of_trigger(instance)
        yield from self.of_environment(instance)

    def of_needs(self, instance: Instance, needs: Sequence[Need]) -> Iterator[Problem]:
        """Needs of this pipeline: each defined and not later, each once."""
        here = [need for need in needs if not need.cross]
        for need in here:
            if need.name is not None:
                yield from self.of_dependency(instance, need.name, "need", need.place, optional=need.optional)
        names = [need.name for need in here]
        if len(set(names)) < len(names):
            twice = [str(name) for name, times in Counter(names).items() if times > 1]
            message = f"{instance.name} has the following needs duplicated: {', '.join(twice)}."
            yield Problem(message, instance.job.places.get("needs") or instance.job.place)

    def of_dependency(
        self, instance: Instance, name: str, kind: str, place: Place | None, *, optional: bool = False
    ) -> Iterator[Problem]:
        """The named job exists, unless it is optional, and is in this or an earlier stage."""
        wanted = self.instances.get(name)
        if wanted is None:
            if not optional:
                yield Problem(f"{instance.name} job: undefined {kind}: {name}", place or instance.job.place)
        elif self.position.get(wanted.job.stage, len(self.stages)) > self.position[instance.job.stage]:
            message = f"{instance.name} job: {kind} {name} is not defined in current or prior stages"
            yield Problem(message, place or instance.job.place)

    def of_trigger(self, instance: Instance) -> Iterator[Problem]:
        """The jobs whose artifacts are a child pipeline's configuration."""
        if (trigger := instance.job.options.get("trigger")) is None:
            return
        includes = trigger.get("include") if isinstance(trigger, Mapping) else None
        for include in includes if isinstance(includes, (list, tuple)) else (includes,):
            if isinstance(include, Mapping) and isinstance(name := include.get("job"), str):
                place = instance.job.places.get("trigger")
                yield from self.of_dependency(instance, name, "dependency", place)

    def of_environment(self, instance: Instance) -> Iterator[Problem]:
        """`on_stop` names a job that stops the same environment."""
        environment = instance.job.options.get("environment")
        if not isinstance(environment, Mapping) or not (name := environment.get("on_stop")):
            return
        wrong = self.of_stop(str(name), environment)
        if wrong:
            place = instance.job.places.get("environment") or instance.job.place
            yield Problem(f"{instance.name} job: on_stop job {name} {wrong}", place)

    def of_stop(self, name: str, environment: Mapping[str, object]) -> str | None:
        """What is wrong with the job that should stop an environment."""
        stop = self.instances.get(name)
        if stop is None:
            return "is not defined"
        other = stop.job.options.get("environment")
        if not other:
            return "does not have environment defined"
        other = other if isinstance(other, Mapping) else {"name": other}
        if other.get("name") != environment.get("name"):
            return "have different environment name"
        return None if other.get("action") == "stop" else "needs to have action stop defined"


def circular(instances: Iterable[Instance]) -> bool:
    """Whether some jobs of the file need each other in a circle. If not, neither do those that `parallel` makes."""
    owners: dict[str, str] = {}
    needed: dict[str, dict[int, tuple[Need, ...]]] = {}
    for instance in instances:
        owners[instance.name] = instance.job.name
        needed.setdefault(instance.job.name, {})[id(instance.needs)] = instance.needs or ()

    def children(job: str) -> dict[str, None]:
        names = [need.name for needs in needed[job].values() for need in needs if not need.cross]
        return dict.fromkeys(owners[name] for name in names if name in owners)

    return any(len(jobs) > 1 or jobs[0] in children(jobs[0]) for jobs in cycles.components(needed, children))


def circles(instances: Mapping[str, Instance]) -> Iterator[Problem]:
    """The first circle of needs, found as Ruby's topological sort finds it."""

    def needed(name: str) -> list[str]:
        instance = instances[name]
        names = [need.name for need in instance.needs or () if need.name in instances and not need.cross]
        if name in names:
            raise Invalid.because(f"self-dependency: {name}", instance.job.place)
        return [name for name in names if name is not None]

    try:
        for members in cycles.components(instances, needed):
            if len(members) > 1:
                message = f"topological sort failed: {ruby.inspect(members)}"
                raise Invalid.because(message, instances[members[0]].job.place)
    except Invalid as circle:
        for problem in circle.problems:
            yield Problem(f"The pipeline has circular dependencies: {problem.message}", problem.place)
