"""`only` and `except`, and what counts for a job that has neither these nor `rules`.

Source: https://docs.gitlab.com/ci/yaml/deprecated_keywords/#only--except
"""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pullcord.config.checked import CheckedJob, Policy
from pullcord.config.conditions import patterns
from pullcord.config.conditions.evaluator import Judge
from pullcord.config.context import Context
from pullcord.config.plan import Clause, Considered, Decision
from pullcord.config.variables.layers import Variables

DEFAULT_REFS = ("branches", "tags")
DEFAULT = Policy(refs=DEFAULT_REFS)


class Occasion(NamedTuple):
    """What `refs` ask about: the ref, why, in which project, and whether "tags", "branches" or neither is meant."""

    ref: str
    kind: str
    source: str
    project: str

    @classmethod
    def of(cls, context: Context) -> "Occasion":
        """Whatever is neither a tag's pipeline nor a merge request's is a branch's, also a child's or a schedule's."""
        merge_request = context.source == "merge_request_event" or "CI_MERGE_REQUEST_IID" in context.predefined
        kind = "tags" if context.tag else "" if merge_request else "branches"
        return cls(context.ref, kind, context.source.removesuffix("_event"), context.project)

    def fits(self, item: str) -> bool:
        """Whether one item of `refs` means this pipeline."""
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
    """`push` → `pushes`, `policy` → `policies`, `api` → `apis`."""
    if word.endswith("sh"):
        return word + "es"
    return word[:-1] + "ies" if word.endswith("cy") else word + "s"


def decide(job: CheckedJob, variables: Variables, judge: Judge, occasion: Occasion, *, anywhere: bool) -> Decision:
    """Whether a job without `rules` is in the pipeline.

    anywhere: there is no default policy, because the workflow or the job has the key `rules`
    """
    considered: list[Considered] = []

    def asked(policy: Policy, all_or_any: Callable[[Iterable[bool]], bool]) -> bool:
        clauses = tuple(answers(policy, variables, judge, occasion))
        considered.append(Considered(policy.place, all_or_any(clause.held for clause in clauses), clauses))
        return considered[-1].matched

    def decided(by: str, policy: Policy | None, *, included: bool) -> Decision:
        place = job.place if policy is None or policy.place is None else policy.place
        return Decision(job.name, included, by, place, tuple(considered))

    only, by = effective(job.only, anywhere=anywhere), "default" if job.only is None else "only"
    if only is not None and not asked(only, all):
        return decided(by, only, included=False)
    if job.except_ is not None and asked(job.except_, any):
        return decided("except", job.except_, included=False)
    return decided("except" if job.except_ is not None and job.only is None else by, only, included=True)


def effective(only: Policy | None, *, anywhere: bool) -> Policy | None:
    """`only` with what it means by default: branches and tags, where it is missing or says nothing about refs."""
    if only is None:
        return None if anywhere else DEFAULT
    return only._replace(refs=DEFAULT_REFS) if only.refs is None else only


def answers(policy: Policy, variables: Variables, judge: Judge, occasion: Occasion) -> Iterator[Clause]:
    """One answer for each key of the policy: whether any of its items holds."""
    if policy.refs is not None:
        yield Clause("refs", ", ".join(policy.refs), any(map(occasion.fits, policy.refs)))
    if policy.variables is not None:
        conditions = [judge.if_(text, variables) for text in policy.variables]
        seen = {name: value for condition in conditions for name, value in condition.seen.items()}
        held = any(condition.held for condition in conditions)
        yield Clause("variables", ", ".join(policy.variables), held, seen)
    if policy.changes is not None:
        yield judge.changed(policy.changes)
    if policy.kubernetes is not None:
        yield Clause("kubernetes", policy.kubernetes, held=False)
