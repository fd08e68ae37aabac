"""Keywords `only` and `except`, and the default for a job that has neither these nor `rules`.

Source: https://docs.gitlab.com/ci/yaml/deprecated_keywords/#only--except
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pullcord.config.checked import CheckedJob, RefPolicy
from pullcord.config.conditions import patterns
from pullcord.config.conditions.evaluator import RuleEvaluator
from pullcord.config.conditions.globs import TooManyAlternatives
from pullcord.config.context import Context
from pullcord.config.plan import Clause, Decision, EvaluatedRule
from pullcord.config.variables.layers import Variables

DEFAULT_REFS = ("branches", "tags")
DEFAULT = RefPolicy(refs=DEFAULT_REFS)


class PipelineRef(NamedTuple):
    """Ref of the pipeline, which `refs` are compared with. kind: "tags", "branches", or "" for a merge request."""

    ref: str
    kind: str
    source: str
    project: str

    @classmethod
    def of(cls, context: Context) -> "PipelineRef":
        """Take the ref of a context. Pipelines of neither tags nor merge requests are branch pipelines."""
        merge_request = context.source == "merge_request_event" or "CI_MERGE_REQUEST_IID" in context.predefined
        kind = "tags" if context.tag else "" if merge_request else "branches"
        return cls(context.ref, kind, context.source.removesuffix("_event"), context.project)

    def fits(self, item: str) -> bool:
        """Whether an item of `refs` matches this pipeline."""
        pattern, at, project = item.partition("@")
        if at and project != self.project:
            return False
        if pattern in {self.kind, self.source, plural(self.source)}:
            return True
        if not self.kind:
            return False
        regexp = patterns.from_literal(pattern)
        return pattern == self.ref if regexp is None else regexp.found_in(self.ref)


def plural(word: str) -> str:
    """Form a plural: `push` → `pushes`, `policy` → `policies`, `api` → `apis`."""
    if word.endswith("sh"):
        return word + "es"
    return word[:-1] + "ies" if word.endswith("cy") else word + "s"


def decide(
    job: CheckedJob, variables: Variables, evaluator: RuleEvaluator, pipeline_ref: PipelineRef, *, no_default: bool
) -> Decision:
    """Decide whether a job without `rules` is in the pipeline.

    no_default: there is no default policy, because the workflow or the job has the key `rules`
    """
    evaluated: list[EvaluatedRule] = []

    def matches(policy: RefPolicy, all_or_any: Callable[[Iterable[bool]], bool]) -> bool:
        clauses = tuple(evaluate(policy, variables, evaluator, pipeline_ref))
        evaluated.append(EvaluatedRule(policy.location, all_or_any(clause.held for clause in clauses), clauses))
        return evaluated[-1].matched

    def decision(by: str, policy: RefPolicy | None, *, included: bool, error: str | None = None) -> Decision:
        location = job.location if policy is None or policy.location is None else policy.location
        return Decision(job.name, included, by, location, tuple(evaluated), error, limit=error is not None)

    only, by = effective(job.only, no_default=no_default), "default" if job.only is None else "only"
    try:
        if only is not None and not matches(only, all):
            return decision(by, only, included=False)
    except TooManyAlternatives as error:
        return decision(by, only, included=False, error=f"only:changes {error}")
    try:
        if job.except_ is not None and matches(job.except_, any):
            return decision("except", job.except_, included=False)
    except TooManyAlternatives as error:
        return decision("except", job.except_, included=False, error=f"except:changes {error}")
    return decision("except" if job.except_ is not None and job.only is None else by, only, included=True)


def effective(only: RefPolicy | None, *, no_default: bool) -> RefPolicy | None:
    """Apply the default to `only`: branches and tags, where it is missing or has no refs."""
    if only is None:
        return None if no_default else DEFAULT
    return only._replace(refs=DEFAULT_REFS) if only.refs is None else only


def evaluate(
    policy: RefPolicy, variables: Variables, evaluator: RuleEvaluator, pipeline_ref: PipelineRef
) -> Iterator[Clause]:
    """Evaluate each key of the policy: whether any of its items matches."""
    if policy.refs is not None:
        yield Clause("refs", ", ".join(policy.refs), any(map(pipeline_ref.fits, policy.refs)))
    if policy.variables is not None:
        conditions = [evaluator.if_(text, variables) for text in policy.variables]
        seen = {name: value for condition in conditions for name, value in condition.seen.items()}
        held = any(condition.held for condition in conditions)
        yield Clause("variables", ", ".join(policy.variables), held, seen)
    if policy.changes is not None:
        yield evaluator.changed(policy.changes)
    if policy.kubernetes is not None:
        yield Clause("kubernetes", policy.kubernetes, held=False)
