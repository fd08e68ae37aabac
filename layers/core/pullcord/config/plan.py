"""Plan: the result of compiling a configuration."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from pullcord.config.problems import Location, Problem

NOTHING: Mapping[str, Any] = MappingProxyType({})


Outcome = Literal["planned", "invalid", "filtered", "empty", "skipped"]
"""Kind of a plan.

planned: a pipeline · invalid: an error to store · filtered, empty: refused, nothing stored · skipped: `[skip ci]`
"""


class Clause(NamedTuple):
    """Evaluated clause of a rule: `if`, `changes`, `exists`, or a key of `only`/`except`.

    held: whether the clause is true
    seen: variable → value at the time (masked values as "[MASKED]", undefined ones as None)
    """

    kind: str
    text: str
    held: bool
    seen: Mapping[str, str | None] = NOTHING


class EvaluatedRule(NamedTuple):
    """Evaluated rule. Rules are evaluated in order until one matches."""

    location: Location | None
    matched: bool
    clauses: tuple[Clause, ...] = ()


class Decision(NamedTuple):
    """Decision about a job (or the pipeline, for `workflow`), with the rules that led to it.

    by:    "rules", "only", "except", "default" (no rules at all), "workflow"
    error: why rules could not be evaluated; limit: because they are too large, which is an error of the pipeline.
           GitLab has no such limits, and drops other errors of a stage without jobs.
    """

    name: str
    included: bool
    by: str
    location: Location | None = None
    rules: tuple[EvaluatedRule, ...] = ()
    error: str | None = None
    limit: bool = False


class PlannedJob(NamedTuple):
    """Job of the planned pipeline, ready to be recorded.

    needs:     [{"name", "artifacts", "optional"}, …]; None without `needs` (stage order)
    variables: merged YAML variables: [{"key", "value", "raw"}, …] by rising precedence, names unique
    options:   every other keyword as validated and normalised, for the runner (script, image, services,
               artifacts, cache, dependencies, trigger, parallel instance, …)
    """

    name: str
    stage: str
    when: str = "on_success"
    allow_failure: bool = False
    allow_failure_exit_codes: tuple[int, ...] = ()
    start_in: str | None = None
    needs: tuple[Mapping[str, object], ...] | None = None
    variables: tuple[Mapping[str, object], ...] = ()
    tags: tuple[str, ...] = ()
    environment: Mapping[str, object] | None = None
    resource_group: str | None = None
    interruptible: bool | None = None
    options: Mapping[str, object] = NOTHING
    location: Location | None = None

    @property
    def bridge(self) -> bool:
        """Whether this is a trigger job, which starts a downstream pipeline instead of running a script."""
        return "trigger" in self.options


class Plan(NamedTuple):
    """Result of the compiler: jobs when `outcome` is "planned", else the errors that say why there are none.

    jobs are in pipeline order: by stage, then by position in the merged file. include_decisions: by `include:rules`
    """

    outcome: Outcome
    jobs: tuple[PlannedJob, ...] = ()
    stages: tuple[str, ...] = ()
    name: str | None = None
    auto_cancel: Mapping[str, str] = NOTHING
    workflow: Decision | None = None
    decisions: tuple[Decision, ...] = ()
    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    includes: tuple[str, ...] = ()
    include_decisions: tuple[Decision, ...] = ()
