"""Checks of the included jobs: errors in rules, needs that are not in the pipeline, cycles of variables."""

from collections.abc import Container, Iterable, Iterator, Sequence

from pullcord.config import ruby
from pullcord.config.checked import Need
from pullcord.config.jobs.candidates import Candidate
from pullcord.config.lazy import IdentityMemo
from pullcord.config.problems import Problem

MAX_NEEDS = 50


def problems(candidates: Iterable[Candidate], stages: Sequence[str]) -> list[Problem]:
    """Return all problems, stage by stage.

    Candidates of a stage without included jobs are not checked, except for rules that are too large.
    """
    by_stage: dict[str, list[Candidate]] = {stage: [] for stage in stages}
    for candidate in candidates:
        by_stage[candidate.instance.job.stage].append(candidate)
    running = [
        members
        for members in by_stage.values()
        if any(member.decision.included or member.decision.limit for member in members)
    ]
    names = {member.instance.name for members in running for member in members if member.decision.included}
    memo: IdentityMemo[list[Need]] = IdentityMemo()
    return [problem for members in running for member in members for problem in of_job(member, names, memo)]


def of_job(candidate: Candidate, names: Container[str], memo: IdentityMemo[list[Need]]) -> Iterator[Problem]:
    """Check one candidate. memo: for needs those of them that are of this pipeline."""
    name, decision = candidate.instance.name, candidate.decision
    if decision.error is not None:
        yield Problem(f"Failed to parse rule for {name}: {decision.error}", decision.location)
    elif decision.included:
        if candidate.needs:
            yield from of_needs(candidate, names, memo)
        if found := candidate.variables.cycles:
            text = ", ".join(map(ruby.inspect, found))
            job = candidate.instance.job
            message = f"{name}: circular variable reference detected: {text}"
            yield Problem(message, job.locations.get("variables") or job.location)


def of_needs(candidate: Candidate, names: Container[str], memo: IdentityMemo[list[Need]]) -> Iterator[Problem]:
    """Check that there are not too many needs, and that all needs but optional ones are in the pipeline."""
    name = candidate.instance.name
    needs = memo.compute(candidate.needs or (), lambda needs: [need for need in needs if not need.cross])
    if len(needs) > MAX_NEEDS:
        message = (
            f"{name}: one job can only need {MAX_NEEDS} others, but you have listed {len(needs)}. "
            "See needs keyword documentation for more details"
        )
        yield Problem(message, candidate.instance.job.locations.get("needs") or candidate.instance.job.location)
        return
    for need in needs:
        if not need.optional and need.name not in names:
            message = (
                f"'{name}' job needs '{need.name}' job, but '{need.name}' does not exist in the pipeline. "
                "This might be because of the only, except, or rules keywords. "
                "To need a job that sometimes does not exist in the pipeline, use needs:optional."
            )
            yield Problem(message, need.location or candidate.instance.job.location)
