"""Keyword `parallel`: a job of the file becomes several instances, and jobs that need it need all of them.

Source: https://docs.gitlab.com/ci/yaml/#parallel
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, cast

from pullcord.config import lazy, ruby
from pullcord.config.checked import CheckedJob, Need, Rule, YamlVariable
from pullcord.config.lazy import IdentityMemo
from pullcord.config.problems import Invalid, Problem

MAX_JOBS = 50_000
"""Instances that are expanded at most, whatever the limit of the context: a file could ask for billions."""

MATRIX_VALUE = lazy.pattern(r"\$\[\[\s*matrix\.([\w-]+)\s*\]\]")


class Instance:
    """Instance of a job: the job itself, or one of those that `parallel` makes of it.

    needs, dependencies: with names of instances; index, total: CI_NODE_INDEX and CI_NODE_TOTAL, or None and 1
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
    """Return every instance by name, in the order of the file. Of two with one name the later replaces the earlier.

    Raises Invalid if `needs:parallel:matrix` refers to a variable that the job's own matrix does not have, and if
    there are more than MAX_JOBS instances.
    """
    jobs = limited(tuple(jobs))
    families = ParallelJobs({job.name: tuple(instances_of(job)) for job in jobs if job.parallel is not None})
    instances: dict[str, Instance] = {}
    for job in jobs:
        for instance in families.members[job.name] if job.parallel is not None else (alone(job),):
            if families.members:
                families.relate(instance)
            instances[instance.name] = instance
    if families.problems:
        raise Invalid(dict.fromkeys(families.problems))
    return instances


def limited(jobs: Sequence[CheckedJob]) -> Sequence[CheckedJob]:
    """Return the jobs. Raises Invalid if they have too many instances."""
    if len(jobs) + sum(size(job) for job in jobs) > MAX_JOBS:
        raise Invalid.because(too_many(MAX_JOBS))
    return jobs


def too_many(limit: int) -> str:
    """Return GitLab's error for a pipeline with too many jobs."""
    return (
        f"The number of jobs has exceeded the limit of {limit}. Try splitting the configuration with "
        "parent-child-pipelines https://docs.gitlab.com/ci/debugging/#pipeline-with-many-jobs-fails-to-start"
    )


def size(job: CheckedJob) -> int:
    """Count the instances of a parallel job."""
    if job.parallel is None:
        return 0
    return (job.parallel.number or 0) + sum(prod(map(len, entry.values())) for entry in job.parallel.matrix or ())


def alone(job: CheckedJob) -> Instance:
    """Make the instance of a job without `parallel`."""
    return Instance(job.name, job, job.needs, dependencies(job), job.rules)


def dependencies(job: CheckedJob) -> tuple[str, ...] | None:
    """Return the names in `dependencies:`; None without the key."""
    names = job.options.get("dependencies")
    return tuple(str(name) for name in names) if isinstance(names, (list, tuple)) else None


def instances_of(job: CheckedJob) -> Iterator[Instance]:
    """Yield the instances of a parallel job.

    They are called `name 1/3` and so on for a number, `name: [a, b]` for each combination of a matrix, in which the
    last variable changes fastest.
    """
    total = size(job)
    named: Iterable[tuple[str, tuple[YamlVariable, ...]]]
    if job.parallel is None or job.parallel.number is not None:
        named = ((f"{job.name} {index}/{total}", ()) for index in range(1, total + 1))
    else:
        named = (
            (instance_name(job.name, values), tuple(YamlVariable(key, value) for key, value in values.items()))
            for values in combinations(job.parallel.matrix or ())
        )
    for index, (name, variables) in enumerate(named, start=1):
        yield Instance(name, job, job.needs, dependencies(job), job.rules, variables, index, total)


def combinations(matrix: Iterable[Mapping[str, Sequence[str]]]) -> Iterator[dict[str, str]]:
    """Yield all combinations of one value for each variable, entry after entry."""
    for entry in matrix:
        for values in product(*entry.values()):
            yield dict(zip(entry, values, strict=True))


def instance_name(name: str, values: Mapping[str, str]) -> str:
    """Return the name of the instance with these values."""
    return f"{name}: [{', '.join(values.values())}]"


class ParallelJobs:
    """Instances of parallel jobs by the job's name, and problems found in references to them.

    related: for needs and rules the same with names of instances. Instances of a job share them, unless the matrix
             of each selects: two hundred that need two hundred would have forty thousand needs.
    """

    __slots__ = ("expanded", "members", "problems", "related")

    def __init__(self, members: Mapping[str, tuple[Instance, ...]]) -> None:
        self.members = members
        self.problems: list[Problem] = []
        self.expanded: dict[tuple[str, bool, bool], tuple[Need, ...]] = {}
        self.related: IdentityMemo[Any] = IdentityMemo()

    def relate(self, instance: Instance) -> None:
        """Replace parallel jobs in `needs`, `rules:needs` and `dependencies` by their instances."""
        if instance.needs is not None:
            instance.needs = self.shared(instance, instance.needs, instance.needs, self.needs)
        if instance.dependencies is not None:
            wanted = instance.dependencies
            instance.dependencies = tuple(name for asked in wanted for name in self.names(asked))
        if instance.rules is not None and (needs := [need for rule in instance.rules for need in rule.needs or ()]):
            instance.rules = self.shared(instance, instance.rules, needs, self.rules)

    def shared[Related](
        self, instance: Instance, given: Related, needs: Iterable[Need], relate: Callable[[Instance, Related], Related]
    ) -> Related:
        """Return the result of `relate`, shared by all instances of a job unless a need selects some by a matrix."""
        known = self.related.get(given)
        if known is not None:
            return cast("Related", known)
        result = relate(instance, given)
        if not any(need.matrix for need in needs):
            self.related.put(given, result)
        return result

    def rules(self, instance: Instance, rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
        """Replace parallel jobs in the needs of rules."""
        return tuple(rule._replace(needs=self.needs(instance, rule.needs)) if rule.needs else rule for rule in rules)

    def names(self, name: str) -> Iterable[str]:
        """Return the names of a parallel job's instances; of another job its own name."""
        family = self.members.get(name)
        return (name,) if family is None else dict.fromkeys(instance.name for instance in family)

    def needs(self, instance: Instance, needs: tuple[Need, ...]) -> tuple[Need, ...]:
        """Replace parallel jobs in needs by their instances, or by those that `parallel:matrix` selects."""
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
        """Yield the names selected by `needs:parallel:matrix`, with `$[[ matrix.X ]]` of the instance's own matrix."""
        own = {variable.key: variable.value for variable in instance.variables}

        def filled(value: object) -> str:
            return MATRIX_VALUE().sub(lambda found: own.get(found[1], ""), ruby.to_s(value))

        for entry in need.matrix:
            lists = {key: value if isinstance(value, (list, tuple)) else (value,) for key, value in entry.items()}
            if prod(map(len, lists.values())) > MAX_JOBS:
                raise Invalid.because(too_many(MAX_JOBS), need.location)
            for value in (value for values in lists.values() for value in values):
                self.problems += (
                    Problem(f"{instance.job.name} job: '{name}' does not exist in matrix configuration", need.location)
                    for name in MATRIX_VALUE().findall(ruby.to_s(value))
                    if name not in own
                )
            for values in combinations([{key: tuple(map(filled, values)) for key, values in lists.items()}]):
                yield instance_name(need.name or "", values)
