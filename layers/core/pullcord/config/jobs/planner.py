"""Jobs as the pipeline records them."""

from collections.abc import Mapping

from pullcord.config.checked import AllowFailure, Need
from pullcord.config.jobs import candidates, predefined
from pullcord.config.jobs.candidates import Candidate
from pullcord.config.plan import Job
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Layer, Layers, Variables, layer

APART = frozenset({"tags", "environment", "resource_group", "interruptible", "dependencies"})
"""Options that have a field of their own in a job, or are worked out anew."""


class Recorder:
    """Turns candidates into jobs. What jobs inherit is written down once."""

    __slots__ = ("layers", "written")

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self.written: dict[int, dict[str, Mapping[str, object]]] = {}

    def job(self, candidate: Candidate) -> Job:
        """The job that a candidate becomes."""
        instance, rule = candidate.instance, candidate.rule
        job = instance.job
        when = (rule.when if rule else None) or job.when or "on_success"
        allow_failure = (rule.allow_failure if rule else None) or job.allow_failure
        variables = self.final(candidate)
        interruptible: object = rule.interruptible if rule else None
        if interruptible is None:
            interruptible = job.options.get("interruptible")
        return Job(
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
            place=job.place,
        )

    def final(self, candidate: Candidate) -> Variables:
        """Every variable of the job, those of the rule that matched among them."""
        if candidate.rule is None or not candidate.rule.variables:
            return candidate.variables
        own = {**candidate.own, **layer(candidate.rule.variables)}
        return self.layers.for_job(own, candidate.inherited, candidate.facts)

    def variables(self, candidate: Candidate) -> tuple[Mapping[str, object], ...]:
        """What the file says about the job's variables, by rising precedence, each name once."""
        inherited = self.written.get(id(candidate.inherited))
        if inherited is None:
            inherited = self.written[id(candidate.inherited)] = written(candidate.inherited)
        if not candidate.own and (candidate.rule is None or not candidate.rule.variables):
            return tuple(inherited.values())
        own = written(candidate.own)
        if candidate.rule is not None and candidate.rule.variables:
            own |= written(layer(candidate.rule.variables))
        return (*[row for name, row in inherited.items() if name not in own], *own.values())


def written(variables: Layer) -> dict[str, Mapping[str, object]]:
    """Variables as plain maps."""
    return {name: {"key": name, "value": variable.value, "raw": variable.raw} for name, variable in variables.items()}


def allowed(allow_failure: AllowFailure) -> bool:
    """A failure with certain exit codes is judged when it happens; until then none is allowed."""
    return allow_failure.allowed and not allow_failure.exit_codes


def needs(candidate: Candidate) -> tuple[Mapping[str, object], ...] | None:
    """Needs of this pipeline; None for a job that waits for its stage. A bridge may only need other pipelines."""
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
    """Tags with their variables, whose own values are not looked into; what is undefined stays as written."""
    names = candidate.instance.job.options.get("tags")
    if not isinstance(names, (list, tuple)):
        return ()
    texts = list(map(str, names))
    if not any(map(expansion.may_refer, texts)):
        return tuple(texts)
    return tuple(expansion.keep(text, candidate.variables.as_written(text)) for text in texts)


def environment(candidate: Candidate, variables: Variables) -> Mapping[str, object] | None:
    """The environment with its name filled in; None without one."""
    if "environment" not in candidate.instance.job.options:
        return None
    name = candidates.environment_name(candidate.instance, variables)
    return None if name is None else {**predefined.environment(candidate.instance), "name": name}


def resource_group(candidate: Candidate, variables: Variables) -> str | None:
    """The resource group with its variables; None if nothing is left of it."""
    name = candidate.instance.job.options.get("resource_group")
    return expansion.blank(str(name), variables.expanded).strip() or None if name is not None else None


def options(candidate: Candidate) -> Mapping[str, object]:
    """Every other keyword, and what `parallel` and needs of other pipelines come to."""
    instance = candidate.instance
    found = {key: value for key, value in instance.job.options.items() if key not in APART}
    if instance.dependencies is not None:
        found["dependencies"] = list(instance.dependencies)
    if instance.index is not None:
        found["parallel"] = {"index": instance.index, "total": instance.total}
    if elsewhere := [cross(need) for need in candidate.needs or () if need.cross]:
        found["cross_dependencies"] = elsewhere
    return found


def cross(need: Need) -> Mapping[str, object]:
    """A need of another pipeline, with the keys it was given."""
    found = {"project": need.project, "ref": need.ref, "pipeline": need.pipeline, "job": need.name}
    return {**{key: value for key, value in found.items() if value is not None}, "artifacts": need.artifacts}
