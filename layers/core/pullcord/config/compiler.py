"""A `.gitlab-ci.yml` in, a plan out."""

import re
from collections.abc import Iterable, Sequence

from pullcord.config import assembly, entries, garbage_collector
from pullcord.config.checked import Checked
from pullcord.config.conditions import workflow
from pullcord.config.conditions.evaluator import Judge
from pullcord.config.conditions.policies import Occasion
from pullcord.config.conditions.rules import Verdicts
from pullcord.config.conditions.workflow import FILTERED
from pullcord.config.context import Context, Limits, Window, doubled
from pullcord.config.jobs import checks, graph, matrix
from pullcord.config.jobs.candidates import Candidate, Selection
from pullcord.config.jobs.planner import Recorder
from pullcord.config.plan import Job, Outcome, Plan
from pullcord.config.problems import Invalid, Place, Problem
from pullcord.config.variables.layers import Layers

EMPTY = "The resulting pipeline would have been empty. Review the rules configuration for the relevant jobs."
ALWAYS_THERE = frozenset({".pre", ".post"})
"""Stages that make no pipeline on their own."""

SKIP = re.compile(r"\[(?:ci[ _-]skip|skip[ _-]ci)\]", re.IGNORECASE)


Remains = list[object]


def compile_pipeline(
    text: str,
    filename: str | None,
    context: Context,
    window: Window,
    *,
    trace: bool = True,
    remains: Remains | None = None,
) -> Plan:
    """Each step is one pass of this folder. Whatever the text, the answer is a plan.

    text:     the configuration; filename: its name in the project, None if it is validated as a content of its own
    context:  the wish for a pipeline; window: everything that can be read
    trace:    say in `decisions` why each job is in or out
    remains:  gets what was made on the way. A process that ends with the plan keeps it: to take it all apart, piece by
              piece, is 3 % of the work

    Source: https://docs.gitlab.com/ci/pipelines/ and the chain of checks that GitLab runs through
    """
    made = [] if remains is None else remains
    plan = garbage_collector.at_rest(lambda: compiled(text, filename, context, window, made))
    return plan if trace else plan._replace(decisions=(), workflow=None)


def compiled(text: str, filename: str | None, context: Context, window: Window, made: Remains) -> Plan:
    """The passes in order. made: gets what each of them leaves."""
    try:
        if complaint := doubled(variable.key for variable in context.variables):
            return refused("invalid", complaint, Place(filename or "", 1, 1))
        if SKIP.search(context.commit_message) and not context.ignore_skip:
            return Plan("skipped")
        assembled = assembly.assemble(text, filename, context, window)
    except Invalid as invalid:
        return Plan("invalid", errors=invalid.problems)
    checked = entries.check(assembled.content)
    made += (assembled, checked)
    try:
        plan = evaluate(checked, context, window, made)
    except Invalid as invalid:
        plan = Plan("invalid", errors=invalid.problems)
    return plan._replace(includes=assembled.includes, warnings=(*assembled.warnings, *checked.warnings))


def evaluate(checked: Checked, context: Context, window: Window, made: Remains) -> Plan:
    """From a checked configuration to a plan. Raises Invalid."""
    if checked.errors:
        raise Invalid(checked.errors)
    instances = matrix.expand(checked.jobs)
    if problems := graph.problems(instances, checked.stages):
        raise Invalid(problems)
    layers, judge = Layers.of(context, checked.variables), Judge(window)
    outcome = workflow.decide(checked.workflow, layers, judge)
    if not outcome.decision.included:
        return refused("filtered", FILTERED, outcome.decision.place)._replace(workflow=outcome.decision)
    selection = Selection(layers, Verdicts(judge), Occasion.of(context), not checked.workflow.has_rules)
    candidates = list(selection.candidates(instances.values()))
    made += (instances, selection, candidates)
    plan = planned(candidates, checked, layers, context.limits)
    return plan._replace(
        name=outcome.name,
        auto_cancel=outcome.auto_cancel,
        workflow=outcome.decision,
        decisions=tuple(candidate.decision for candidate in candidates),
    )


def planned(candidates: Sequence[Candidate], checked: Checked, layers: Layers, limits: Limits) -> Plan:
    """The jobs that are in, by stage and then as in the file, unless something forbids the pipeline."""
    if problems := checks.problems(candidates, checked.stages, layers):
        message = "\n".join(problem.message for problem in problems)
        return Plan("invalid", errors=(Problem(message, problems[0].place),))
    included = [candidate for candidate in candidates if candidate.decision.included]
    if 0 < limits.jobs < len(included):
        return refused("invalid", matrix.too_many(limits.jobs), included[limits.jobs].instance.job.place)
    if all(candidate.instance.job.stage in ALWAYS_THERE for candidate in included):
        return refused("empty", EMPTY, (candidates[0].decision if candidates else checked.jobs[0]).place)
    position = {stage: index for index, stage in reversed(list(enumerate(checked.stages)))}
    included.sort(key=lambda candidate: position[candidate.instance.job.stage])
    recorder = Recorder(layers)
    jobs = tuple(map(recorder.job, included))
    if complaint := too_many_deployments(jobs, limits.deployments):
        return refused("invalid", complaint, jobs[0].place)
    return Plan("planned", jobs, tuple(dict.fromkeys(job.stage for job in jobs)))


def too_many_deployments(jobs: Iterable[Job], limit: int) -> str | None:
    """GitLab's words for a pipeline that would deploy too often; None if it does not."""
    requested = sum(1 for job in jobs if job.environment and job.environment.get("action", "start") == "start")
    if requested <= limit:
        return None
    return f"Pipeline has too many deployments! Requested {requested}, but the limit is {limit}."


def refused(outcome: Outcome, message: str, place: Place | None = None) -> Plan:
    """No pipeline, and the one reason; one that no line of the file gave has the first for its place."""
    return Plan(outcome, errors=(Problem(message, place),))
