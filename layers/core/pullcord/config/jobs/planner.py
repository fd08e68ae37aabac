"""Planning of included jobs: every keyword with its final value."""

from collections.abc import Mapping

from pullcord.config.checked import AllowFailure, Need
from pullcord.config.jobs import predefined
from pullcord.config.jobs.candidates import Candidate, environment_name
from pullcord.config.lazy import IdentityMemo
from pullcord.config.plan import PlannedJob
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Layer, Layers, Variables, layer

SEPARATE_OPTIONS = frozenset({"tags", "environment", "resource_group", "interruptible", "dependencies"})
"""Options that have a field of their own in a planned job, or are computed anew."""


type Rows = dict[str, Mapping[str, object]]
"""Variables as the runner gets them, by name."""


class JobPlanner:
    """Plans candidates. Inherited variables are converted once for all jobs."""

    __slots__ = ("inherited_rows", "layers")

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.inherited_rows: IdentityMemo[Rows] = IdentityMemo()

    def plan(self, candidate: Candidate) -> PlannedJob:
        """Plan the job of a candidate."""
        instance, rule = candidate.instance, candidate.rule
        job = instance.job
        when = (rule.when if rule else None) or job.when or "on_success"
        allow_failure = (rule.allow_failure if rule else None) or job.allow_failure
        variables = self.final_variables(candidate)
        interruptible: object = rule.interruptible if rule else None
        if interruptible is None:
            interruptible = job.options.get("interruptible")
        return PlannedJob(
            name=instance.name,
            stage=job.stage,
            when=when,
            allow_failure=job.when == "manual" if allow_failure is None else allowed(allow_failure),
            allow_failure_exit_codes=allow_failure.exit_codes if allow_failure else (),
            start_in=rule.start_in if rule else job.start_in,
            needs=needs(candidate),
            variables=self.variables(candidate),
            tags=tags(candidate),
            environment=environment(candidate, variables),
            resource_group=resource_group(candidate, variables),
            interruptible=interruptible if isinstance(interruptible, bool) else None,
            options=options(candidate),
            location=job.location,
        )

    def final_variables(self, candidate: Candidate) -> Variables:
        """Return all variables of the job, with those of the rule that matched."""
        if candidate.rule is None or not candidate.rule.variables:
            return candidate.variables
        own = {**candidate.own, **layer(candidate.rule.variables)}
        return self.layers.for_job(own, candidate.inherited, candidate.predefined)

    def variables(self, candidate: Candidate) -> tuple[Mapping[str, object], ...]:
        """Return the variables of the file for the job, by rising precedence, each name once."""
        inherited = self.inherited_rows.compute(candidate.inherited, rows)
        if not candidate.own and (candidate.rule is None or not candidate.rule.variables):
            return tuple(inherited.values())
        own = rows(candidate.own)
        if candidate.rule is not None and candidate.rule.variables:
            own |= rows(layer(candidate.rule.variables))
        return (*[row for name, row in inherited.items() if name not in own], *own.values())


def rows(variables: Layer) -> Rows:
    """Convert variables to plain maps."""
    return {name: {"key": name, "value": variable.value, "raw": variable.raw} for name, variable in variables.items()}


def allowed(allow_failure: AllowFailure) -> bool:
    """Whether any failure is allowed. With exit codes none is until the exit code is known."""
    return allow_failure.allowed and not allow_failure.exit_codes


def needs(candidate: Candidate) -> tuple[Mapping[str, object], ...] | None:
    """Return the needs of this pipeline; None for a job that waits for its stage.

    A trigger job that needs other pipelines alone waits for its stage, too.
    """
    wanted = candidate.needs
    if wanted is None or (
        "trigger" in candidate.instance.job.options and wanted and all(need.cross for need in wanted)
    ):
        return None
    return tuple(
        [
            {"name": need.name, "artifacts": need.artifacts, "optional": need.optional}
            for need in wanted
            if not need.cross
        ]
    )


def tags(candidate: Candidate) -> tuple[str, ...]:
    """Expand tags once, with unexpanded values; undefined variables stay as written."""
    names = candidate.instance.job.options.get("tags")
    if not isinstance(names, (list, tuple)):
        return ()
    texts = list(map(str, names))
    if not any(map(expansion.may_refer, texts)):
        return tuple(texts)
    return tuple(expansion.keep(text, candidate.variables.as_written(text)) for text in texts)


def environment(candidate: Candidate, variables: Variables) -> Mapping[str, object] | None:
    """Return the environment with its expanded name; None without one."""
    if "environment" not in candidate.instance.job.options:
        return None
    name = environment_name(candidate.instance, variables)
    return None if name is None else {**predefined.environment(candidate.instance), "name": name}


def resource_group(candidate: Candidate, variables: Variables) -> str | None:
    """Expand the resource group; None without one or if it becomes empty."""
    name = candidate.instance.job.options.get("resource_group")
    return expansion.blank(str(name), variables.expanded).strip() or None if name is not None else None


def options(candidate: Candidate) -> Mapping[str, object]:
    """Return all other keywords, with `parallel`, `dependencies` and needs of other pipelines."""
    instance = candidate.instance
    found = {key: value for key, value in instance.job.options.items() if key not in SEPARATE_OPTIONS}
    if instance.dependencies is not None:
        found["dependencies"] = list(instance.dependencies)
    if instance.index is not None:
        found["parallel"] = {"index": instance.index, "total": instance.total}
    if cross_needs := [cross(need) for need in candidate.needs or () if need.cross]:
        found["cross_dependencies"] = cross_needs
    return found


def cross(need: Need) -> Mapping[str, object]:
    """Convert a need of another pipeline to a map of its keys."""
    found = {"project": need.project, "ref": need.ref, "pipeline": need.pipeline, "job": need.name}
    return {**{key: value for key, value in found.items() if value is not None}, "artifacts": need.artifacts}
