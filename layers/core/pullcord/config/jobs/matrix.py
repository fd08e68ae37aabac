"""`parallel`: one job of the file becomes several of the pipeline, and whoever needs it needs those.

Source: https://docs.gitlab.com/ci/yaml/#parallel
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, cast

from pullcord.config import lazy, ruby
from pullcord.config.checked import CheckedJob, Need, Rule, YamlVariable
from pullcord.config.problems import Invalid, Problem

MOST_JOBS = 50_000
"""More than this is refused while expanding, whatever the plan's own limit: the file could ask for billions."""

MATRIX_VALUE = lazy.pattern(r"\$\[\[\s*matrix\.([\w-]+)\s*\]\]")


class Instance:
    """A job of the pipeline to be: a job of the file, or one of those that `parallel` makes of it.

    needs, dependencies: with the names of instances; index, total: CI_NODE_INDEX and CI_NODE_TOTAL, None and 1 alone
    """

    __slots__ = ("dependencies", "index", "job", "name", "needs", "rules", "total", "variables")

    def __init__(
        self,
        name: str,
        job: CheckedJob,
        needs: tuple[Need, ...] | None,
        dependencies: tuple[str, ...] | None,
        rules: tuple[Rule, ...] | None,
        variables: tuple[YamlVariable, ...] = (),
        index: int | None = None,
        total: int = 1,
    ) -> None:
        self.name = name
        self.job = job
        self.needs = needs
        self.dependencies = dependencies
        self.rules = rules
        self.variables = variables
        self.index = index
        self.total = total


def expand(jobs: Iterable[CheckedJob]) -> dict[str, Instance]:
    """Every instance by its name, in the order of the file. Of two with one name the later takes the earlier's place.

    Raises Invalid when `needs:parallel:matrix` asks for a variable that the job's own matrix has not, and when there
    are more instances than anyone could want.
    """
    jobs = counted(tuple(jobs))
    families = Families({job.name: tuple(siblings(job)) for job in jobs if job.parallel is not None})
    instances: dict[str, Instance] = {}
    for job in jobs:
        for instance in families.members[job.name] if job.parallel is not None else (alone(job),):
            if families.members:
                families.relate(instance)
            instances[instance.name] = instance
    if families.problems:
        raise Invalid(dict.fromkeys(families.problems))
    return instances


def counted(jobs: Sequence[CheckedJob]) -> Sequence[CheckedJob]:
    """The same jobs, if what they become can be handled."""
    if len(jobs) + sum(size(job) for job in jobs) > MOST_JOBS:
        raise Invalid.because(too_many(MOST_JOBS))
    return jobs


def too_many(limit: int) -> str:
    """GitLab's words for a pipeline with too many jobs."""
    return (
        f"The number of jobs has exceeded the limit of {limit}. Try splitting the configuration with "
        "parent-child-pipelines https://docs.gitlab.com/ci/debugging/#pipeline-with-many-jobs-fails-to-start"
    )


def size(job: CheckedJob) -> int:
    """How many instances a parallel job has."""
    if job.parallel is None:
        return 0
    return (job.parallel.number or 0) + sum(prod(map(len, entry.values())) for entry in job.parallel.matrix or ())


def alone(job: CheckedJob) -> Instance:
    """A job without `parallel`."""
    return Instance(job.name, job, job.needs, dependencies(job), job.rules)


def dependencies(job: CheckedJob) -> tuple[str, ...] | None:
    """`dependencies:` as names; None without the key."""
    names = job.options.get("dependencies")
    return tuple(str(name) for name in names) if isinstance(names, (list, tuple)) else None


def siblings(job: CheckedJob) -> Iterator[Instance]:
    """`name 1/3` and so on for a number, `name: [a, b]` for each combination of a matrix, the last variable fastest."""
    total = size(job)
    named: Iterable[tuple[str, tuple[YamlVariable, ...]]]
    if job.parallel is None or job.parallel.number is not None:
        named = ((f"{job.name} {index}/{total}", ()) for index in range(1, total + 1))
    else:
        named = (
            (combined(job.name, values), tuple(YamlVariable(key, value) for key, value in values.items()))
            for values in combinations(job.parallel.matrix or ())
        )
    for index, (name, variables) in enumerate(named, start=1):
        yield Instance(name, job, job.needs, dependencies(job), job.rules, variables, index, total)


def combinations(matrix: Iterable[Mapping[str, Sequence[str]]]) -> Iterator[dict[str, str]]:
    """One value for each variable, in every way, entry after entry."""
    for entry in matrix:
        for values in product(*entry.values()):
            yield dict(zip(entry, values, strict=True))


def combined(name: str, values: Mapping[str, str]) -> str:
    """The name of the instance with these values."""
    return f"{name}: [{', '.join(values.values())}]"


class Families:
    """The parallel jobs by their name in the file, and what is found wrong while others refer to them.

    related: needs and rules by their identity, with what becomes of them. Siblings share it, unless the matrix of each
             selects: two hundred that need two hundred would have forty thousand needs.
    """

    __slots__ = ("expanded", "members", "problems", "related")

    def __init__(self, members: Mapping[str, tuple[Instance, ...]]) -> None:
        self.members = members
        self.problems: list[Problem] = []
        self.expanded: dict[tuple[str, bool, bool], tuple[Need, ...]] = {}
        self.related: dict[int, tuple[object, Any]] = {}

    def relate(self, instance: Instance) -> None:
        """Let `needs`, `rules:needs` and `dependencies` name instances instead of the parallel jobs of the file."""
        if instance.needs is not None:
            instance.needs = self.shared(instance, instance.needs, instance.needs, self.needs)
        if instance.dependencies is not None:
            wanted = instance.dependencies
            instance.dependencies = tuple(name for asked in wanted for name in self.names(asked))
        if instance.rules is not None and (needs := [need for rule in instance.rules for need in rule.needs or ()]):
            instance.rules = self.shared(instance, instance.rules, needs, self.rules)

    def shared[Kept](
        self, instance: Instance, given: Kept, needs: Iterable[Need], relate: Callable[[Instance, Kept], Kept]
    ) -> Kept:
        """What becomes of something with these needs: for every sibling the same, where none is selected."""
        known = self.related.get(id(given))
        if known is not None:
            return cast("Kept", known[1])
        result = relate(instance, given)
        if not any(need.matrix for need in needs):
            self.related[id(given)] = given, result
        return result

    def rules(self, instance: Instance, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """The rules, their needs naming instances."""
        return tuple(rule._replace(needs=self.needs(instance, rule.needs)) if rule.needs else rule for rule in rules)

    def names(self, name: str) -> Iterable[str]:
        """The names of a parallel job's instances; of another job its own name."""
        family = self.members.get(name)
        return (name,) if family is None else dict.fromkeys(instance.name for instance in family)

    def needs(self, instance: Instance, needs: tuple[Need, ...]) -> tuple[Need, ...]:
        """The needs with parallel jobs replaced by their instances, or by those that `parallel:matrix` selects."""
        if not any(need.name in self.members for need in needs):
            return needs
        found: list[Need] = []
        for need in needs:
            if need.cross or need.name is None or need.name not in self.members:
                found.append(need)
            elif need.matrix:
                found.extend(need._replace(name=name) for name in self.selected(instance, need))
            else:
                key = (need.name, need.artifacts, need.optional)
                if key not in self.expanded:
                    self.expanded[key] = tuple(need._replace(name=name) for name in self.names(need.name))
                found.extend(self.expanded[key])
        return tuple(found)

    def selected(self, instance: Instance, need: Need) -> Iterator[str]:
        """The names that `needs:parallel:matrix` spells out, with `$[[ matrix.X ]]` from the instance's own matrix."""
        own = {variable.key: variable.value for variable in instance.variables}

        def filled(value: object) -> str:
            return MATRIX_VALUE().sub(lambda found: own.get(found[1], ""), ruby.to_s(value))

        for entry in need.matrix:
            lists = {key: value if isinstance(value, (list, tuple)) else (value,) for key, value in entry.items()}
            if prod(map(len, lists.values())) > MOST_JOBS:
                raise Invalid.because(too_many(MOST_JOBS), need.place)
            for value in (value for values in lists.values() for value in values):
                self.problems += (
                    Problem(f"{instance.job.name} job: '{name}' does not exist in matrix configuration", need.place)
                    for name in MATRIX_VALUE().findall(ruby.to_s(value))
                    if name not in own
                )
            for values in combinations([{key: tuple(map(filled, values)) for key, values in lists.items()}]):
                yield combined(need.name or "", values)
