"""What only shows when it is known which jobs are in the pipeline: broken rules, missing needs, circular variables."""

from collections.abc import Container, Iterable, Iterator, Sequence

from pullcord.config import ruby
from pullcord.config.checked import Need
from pullcord.config.jobs.candidates import Candidate
from pullcord.config.jobs.variable_cycles import Circles
from pullcord.config.problems import Problem
from pullcord.config.variables.layers import Layers

MOST_NEEDS = 50


def problems(candidates: Iterable[Candidate], stages: Sequence[str], layers: Layers) -> list[Problem]:
    """Everything that is wrong, stage by stage. A stage without jobs is gone, and what was wrong there with it."""
    by_stage: dict[str, list[Candidate]] = {stage: [] for stage in stages}
    for candidate in candidates:
        by_stage[candidate.instance.job.stage].append(candidate)
    running = [members for members in by_stage.values() if any(member.decision.included for member in members)]
    names = {member.instance.name for members in running for member in members if member.decision.included}
    circles = Circles(layers)
    known: dict[int, list[Need]] = {}
    return [problem for members in running for member in members for problem in of_job(member, names, circles, known)]


def of_job(
    candidate: Candidate, names: Container[str], circles: Circles, known: dict[int, list[Need]]
) -> Iterator[Problem]:
    """What is wrong with one job. known: by the identity of needs, those of them that are in this pipeline."""
    name, decision = candidate.instance.name, candidate.decision
    if decision.error is not None:
        yield Problem(f"Failed to parse rule for {name}: {decision.error}", decision.place)
    elif decision.included:
        if candidate.needs:
            yield from of_needs(candidate, names, known)
        if found := circles.of(candidate):
            text = ", ".join(map(ruby.inspect, found))
            job = candidate.instance.job
            message = f"{name}: circular variable reference detected: {text}"
            yield Problem(message, job.places.get("variables") or job.place)


def of_needs(candidate: Candidate, names: Container[str], known: dict[int, list[Need]]) -> Iterator[Problem]:
    """Not too many needs, and every one that is not optional in the pipeline."""
    name, wanted = candidate.instance.name, candidate.needs or ()
    if id(wanted) not in known:
        known[id(wanted)] = [need for need in wanted if not need.cross]
    needs = known[id(wanted)]
    if len(needs) > MOST_NEEDS:
        message = (
            f"{name}: one job can only need {MOST_NEEDS} others, but you have listed {len(needs)}. "
            "See needs keyword documentation for more details"
        )
        yield Problem(message, candidate.instance.job.places.get("needs") or candidate.instance.job.place)
        return
    for need in needs:
        if not need.optional and need.name not in names:
            message = (
                f"'{name}' job needs '{need.name}' job, but '{need.name}' does not exist in the pipeline. "
                "This might be because of the only, except, or rules keywords. "
                "To need a job that sometimes does not exist in the pipeline, use needs:optional."
            )
            yield Problem(message, need.place or candidate.instance.job.place)
