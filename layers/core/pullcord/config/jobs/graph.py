"""Checks between jobs: stages exist, needs and dependencies are of earlier stages, needs make no cycle.

Names keep their case in messages, unlike in those of validation.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from pullcord.config import cycles, ruby
from pullcord.config.checked import Need
from pullcord.config.jobs.matrix import Instance
from pullcord.config.lazy import IdentityMemo
from pullcord.config.problems import Invalid, Location, Problem


def problems(instances: Mapping[str, Instance], stages: Sequence[str]) -> list[Problem]:
    """Return all problems, job by job in the order of the file; GitLab reports the first.

    Cycles of needs are searched if there is no other problem.
    """
    graph = Graph(
        instances, stages, {stage: index for index, stage in reversed(list(enumerate(stages)))}, IdentityMemo()
    )
    found: list[Problem] = []
    reported: set[str] = set()
    for instance in instances.values():
        if instance.job.name not in reported and (problems := list(graph.of_job(instance))):
            reported.add(instance.job.name)
            found += problems
    return found or ([] if graph.ascends() or not circular(instances.values()) else list(cycle_problems(instances)))


class Graph(NamedTuple):
    """Instances by name, stages, and the position of each stage.

    valid: needs without problems, by stage: the instances of a job share them
    """

    instances: Mapping[str, Instance]
    stages: Sequence[str]
    position: Mapping[str, int]
    valid: IdentityMemo[bool]

    def ascends(self) -> bool:
        """Whether all needs are of earlier stages, so that there can be no cycle."""
        position = self.position
        seen: IdentityMemo[bool] = IdentityMemo()
        for instance in self.instances.values():
            if instance.needs and not seen.get(instance.needs, instance.job.stage):
                seen.put(instance.needs, result=True, key=instance.job.stage)
                own = position[instance.job.stage]
                for need in instance.needs:
                    wanted = None if need.cross or need.name is None else self.instances.get(need.name)
                    if wanted is not None and position[wanted.job.stage] >= own:
                        return False
        return True

    def of_job(self, instance: Instance) -> Iterator[Problem]:
        """Check one instance. If its stage does not exist, nothing else is checked."""
        job = instance.job
        if job.stage not in self.position:
            known = ", ".join(self.stages)
            message = f"{instance.name} job: chosen stage {job.stage} does not exist; available stages are {known}"
            yield Problem(message, job.locations.get("stage") or job.location)
            return
        location = job.locations.get("dependencies") or job.location
        for name in instance.dependencies or ():
            yield from self.of_dependency(instance, name, "dependency", location)
        for needs in (instance.needs, *[rule.needs for rule in instance.rules or ()]):
            if needs and not self.valid.get(needs, job.stage):
                problems = list(self.of_needs(instance, needs))
                yield from problems
                if not problems:
                    self.valid.put(needs, result=True, key=job.stage)
        yield from self.of_trigger(instance)
        yield from self.of_environment(instance)

    def of_needs(self, instance: Instance, needs: Sequence[Need]) -> Iterator[Problem]:
        """Check the needs of this pipeline: each is defined, not of a later stage, and not listed twice."""
        here = [need for need in needs if not need.cross]
        for need in here:
            if need.name is not None:
                yield from self.of_dependency(instance, need.name, "need", need.location, optional=need.optional)
        names = [need.name for need in here]
        if len(set(names)) < len(names):
            duplicates = [str(name) for name, times in Counter(names).items() if times > 1]
            message = f"{instance.name} has the following needs duplicated: {', '.join(duplicates)}."
            yield Problem(message, instance.job.locations.get("needs") or instance.job.location)

    def of_dependency(
        self, instance: Instance, name: str, kind: str, location: Location | None, *, optional: bool = False
    ) -> Iterator[Problem]:
        """Check that the named job exists, unless it is optional, and is of this or an earlier stage."""
        wanted = self.instances.get(name)
        if wanted is None:
            if not optional:
                yield Problem(f"{instance.name} job: undefined {kind}: {name}", location or instance.job.location)
        elif self.position.get(wanted.job.stage, len(self.stages)) > self.position[instance.job.stage]:
            message = f"{instance.name} job: {kind} {name} is not defined in current or prior stages"
            yield Problem(message, location or instance.job.location)

    def of_trigger(self, instance: Instance) -> Iterator[Problem]:
        """Check the jobs whose artifacts are the configuration of a child pipeline."""
        if (trigger := instance.job.options.get("trigger")) is None:
            return
        includes = trigger.get("include") if isinstance(trigger, Mapping) else None
        for include in includes if isinstance(includes, (list, tuple)) else (includes,):
            if isinstance(include, Mapping) and isinstance(name := include.get("job"), str):
                location = instance.job.locations.get("trigger")
                yield from self.of_dependency(instance, name, "dependency", location)

    def of_environment(self, instance: Instance) -> Iterator[Problem]:
        """Check that `on_stop` names a job that stops the same environment."""
        environment = instance.job.options.get("environment")
        if not isinstance(environment, Mapping) or not (name := environment.get("on_stop")):
            return
        complaint = self.of_stop(str(name), environment)
        if complaint:
            location = instance.job.locations.get("environment") or instance.job.location
            yield Problem(f"{instance.name} job: on_stop job {name} {complaint}", location)

    def of_stop(self, name: str, environment: Mapping[str, object]) -> str | None:
        """Return GitLab's complaint about the job that should stop an environment; None if there is none."""
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
    """Whether jobs of the file need each other in a cycle. If not, neither do their instances."""
    owners: dict[str, str] = {}
    needed: dict[str, IdentityMemo[tuple[Need, ...]]] = {}
    for instance in instances:
        owners[instance.name] = instance.job.name
        needed.setdefault(instance.job.name, IdentityMemo()).put(instance.needs, instance.needs or ())

    def children(job: str) -> dict[str, None]:
        names = [need.name for needs in needed[job] for need in needs if not need.cross]
        return dict.fromkeys(owners[name] for name in names if name in owners)

    return any(len(jobs) > 1 or jobs[0] in children(jobs[0]) for jobs in cycles.components(needed, children))


def cycle_problems(instances: Mapping[str, Instance]) -> Iterator[Problem]:
    """Yield the first cycle of needs, found as Ruby's topological sort finds it."""

    def needed(name: str) -> list[str]:
        instance = instances[name]
        names = [need.name for need in instance.needs or () if need.name in instances and not need.cross]
        if name in names:
            raise Invalid.because(f"self-dependency: {name}", instance.job.location)
        return [name for name in names if name is not None]

    try:
        for members in cycles.components(instances, needed):
            if len(members) > 1:
                message = f"topological sort failed: {ruby.inspect(members)}"
                raise Invalid.because(message, instances[members[0]].job.location)
    except Invalid as cycle:
        for problem in cycle.problems:
            yield Problem(f"The pipeline has circular dependencies: {problem.message}", problem.location)
