"""Compiler: its phases in order, each a room or a module of this folder.

load        read documents, check the header, find the values of inputs, interpolate them
includes    locate, fetch and load the included files, and merge all texts
extends     apply `extends`
references  resolve `!reference`
entries     validate every keyword
matrix      expand `parallel`
graph       check stages, needs and dependencies
workflow    decide whether there is a pipeline
rules       decide about every job (`candidates`)
plan        check the included jobs and plan them
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pullcord.config import entries
from pullcord.config.checked import CheckedConfig
from pullcord.config.conditions import workflow
from pullcord.config.conditions.evaluator import RuleEvaluator
from pullcord.config.conditions.policies import PipelineRef
from pullcord.config.conditions.rules import RuleResults
from pullcord.config.context import CompilerLimits, ConfigReader, Context, duplicate_names
from pullcord.config.garbage_collector import gc_paused
from pullcord.config.include.includes import Includes
from pullcord.config.include.scope import IncludeScope
from pullcord.config.inputs.given import FetchHeaders, GivenInputs, refuse_inputs
from pullcord.config.jobs import graph, included_jobs, matrix
from pullcord.config.jobs.candidates import Candidate, JobSelector
from pullcord.config.jobs.planner import JobPlanner
from pullcord.config.merging import extends, references
from pullcord.config.plan import Decision, Outcome, Plan, PlannedJob
from pullcord.config.problems import Invalid, Location, Problem
from pullcord.config.tree import Map
from pullcord.config.variables.layers import Layers
from pullcord.config.yaml.documents import Documents

EMPTY = "The resulting pipeline would have been empty. Review the rules configuration for the relevant jobs."
NO_JOBS = "No job is in the files at hand: all of them are in skipped includes."
MAX_INPUTS = 20
OUTER_STAGES = frozenset({".pre", ".post"})
"""Stages whose jobs make no pipeline on their own."""

SKIPPED = "`{}` is not at hand: the include is skipped"
SKIP = re.compile(r"\[(?:ci[ _-]skip|skip[ _-]ci)\]", re.IGNORECASE)


class MergedConfig(NamedTuple):
    """Merged configuration: `extends` applied, references resolved.

    content:  as read-only as every tree; `include` is still in it where nothing was included
    includes: names of the included files in the order in which they were found
    warnings: what was skipped, and what is missing in the rest because of it
    jobless:  whether no job is left without what was skipped
    decisions: by `include:rules`
    """

    content: Map
    includes: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()
    jobless: bool = False
    decisions: tuple[Decision, ...] = ()


def compile_pipeline(
    text: str, filename: str | None, context: Context, reader: ConfigReader, *, trace: bool = True
) -> Plan:
    """Compile a configuration. Whatever the text, the result is a plan.

    text:    the configuration; filename: its name in the project, None if it is validated as content, as CI lint does
    context: the requested pipeline; reader: reads all further files
    trace:   keep in `decisions` why each job is in or out

    Source: https://docs.gitlab.com/ci/pipelines/ and the chain of checks that GitLab runs through
    """
    with gc_paused():
        plan = run_phases(text, filename, context, reader)
    return plan if trace else plan._replace(decisions=(), workflow=None, include_decisions=())


def run_phases(text: str, filename: str | None, context: Context, reader: ConfigReader) -> Plan:
    """Run all phases."""
    try:
        if error := duplicate_names(variable.key for variable in context.variables):
            return refused("invalid", error, Location(filename or "", 1, 1))
        if SKIP.search(context.commit_message) and not context.ignore_skip:
            return Plan("skipped")
        merged = merge_texts(text, filename, context, reader)
    except Invalid as invalid:
        return Plan("invalid", errors=invalid.problems)
    config = entries.check(merged.content)
    try:
        plan = evaluate(config, context, reader)
    except Invalid as invalid:
        plan = Plan("invalid", errors=invalid.problems)
    if merged.jobless:
        plan = refused("empty", NO_JOBS)
    warnings = merged.warnings + config.warnings
    return plan._replace(includes=merged.includes, include_decisions=merged.decisions, warnings=warnings)


def merge_texts(text: str, filename: str | None, context: Context, reader: ConfigReader) -> MergedConfig:
    """Run the phases from a text to one merged configuration: load, includes, extends, references.

    With a file name the text is that file of the project, and errors inside it begin with the name; without one it is
    validated as content, as CI lint does. Raises Invalid.
    """
    if len(context.inputs or {}) > MAX_INPUTS:
        raise Invalid.because(f"There cannot be more than {MAX_INPUTS} inputs", Location(filename or "", 1, 1))
    includes = Includes(IncludeScope(context, reader), load)
    if filename is not None:
        content = includes.main(text, filename)
    elif text.strip():
        content = includes.direct(text)
    else:
        raise Invalid.because("Please provide content of .gitlab-ci.yml", Location("", 1, 1))
    if includes.skipped:
        return merge_incomplete(content, includes)
    content = extends.extend(content)
    if includes.references:
        content = references.resolve(content)
    return MergedConfig(content, tuple(includes.names), decisions=tuple(includes.scope.decisions))


def merge_incomplete(content: Map, includes: Includes) -> MergedConfig:
    """Run the phases after includes for a configuration some of whose includes were skipped. Raises Invalid."""
    from pullcord.config.incomplete.completion import IncompleteConfig, is_visible  # GitLab never skips an include

    incomplete = IncompleteConfig()
    content = incomplete.complete(content, has_references=includes.references)
    skipped = {file.name: Problem(SKIPPED.format(file.name), file.location) for file in includes.skipped}
    names = tuple(name for name in includes.names if name not in skipped)
    jobless = not any(is_visible(key, value) for key, value in content.items())
    warnings = (*skipped.values(), *incomplete.warnings)
    return MergedConfig(content, names, warnings, jobless, tuple(includes.scope.decisions))


def load(documents: Documents, given: GivenInputs, scope: IncludeScope, fetch: FetchHeaders) -> Map:
    """Return the content of a text with its inputs interpolated. Raises Invalid with one problem."""
    if documents.header is None:
        refuse_inputs(given, documents.content)
        return documents.content
    from pullcord.config.inputs import header, interpolation  # most texts have no header
    from pullcord.config.inputs.blocks import BlockVariables

    contexts = header.contexts(documents.header, given, fetch)
    variables = BlockVariables(scope.variables, scope.secrets)
    return interpolation.interpolate(documents.content, contexts, variables, documents.text)


def evaluate(config: CheckedConfig, context: Context, reader: ConfigReader) -> Plan:
    """Run the phases from a validated configuration to a plan. Raises Invalid."""
    if config.errors:
        raise Invalid(config.errors)
    instances = matrix.expand(config.jobs)
    if problems := graph.problems(instances, config.stages):
        raise Invalid(problems)
    layers, evaluator = Layers.of(context, config.variables), RuleEvaluator(reader)
    result = workflow.decide(config.workflow, layers, evaluator)
    if not result.decision.included:
        return refused("filtered", workflow.FILTERED, result.decision.location)._replace(workflow=result.decision)
    selector = JobSelector(layers, RuleResults(evaluator), PipelineRef.of(context), not config.workflow.has_rules)
    candidates = list(selector.candidates(instances.values()))
    plan = plan_jobs(candidates, config, layers, context.limits)
    return plan._replace(
        name=result.name,
        auto_cancel=result.auto_cancel,
        workflow=result.decision,
        decisions=tuple(candidate.decision for candidate in candidates),
    )


def plan_jobs(candidates: Sequence[Candidate], config: CheckedConfig, layers: Layers, limits: CompilerLimits) -> Plan:
    """Plan the included jobs, by stage and then as in the file, unless something forbids the pipeline."""
    if problems := included_jobs.problems(candidates, config.stages):
        message = "\n".join(problem.message for problem in problems)
        return Plan("invalid", errors=(Problem(message, problems[0].location),))
    included = [candidate for candidate in candidates if candidate.decision.included]
    if 0 < limits.jobs < len(included):
        return refused("invalid", matrix.too_many(limits.jobs), included[limits.jobs].instance.job.location)
    if all(candidate.instance.job.stage in OUTER_STAGES for candidate in included):
        return refused("empty", EMPTY, (candidates[0].decision if candidates else config.jobs[0]).location)
    position = {stage: index for index, stage in reversed(list(enumerate(config.stages)))}
    included.sort(key=lambda candidate: position[candidate.instance.job.stage])
    planner = JobPlanner(layers)
    jobs = tuple(map(planner.plan, included))
    if error := too_many_deployments(jobs, limits.deployments):
        return refused("invalid", error, jobs[0].location)
    return Plan("planned", jobs, tuple(dict.fromkeys(job.stage for job in jobs)))


def too_many_deployments(jobs: Iterable[PlannedJob], limit: int) -> str | None:
    """Return GitLab's error for a pipeline with too many deployments; None if there are not too many."""
    requested = sum(1 for job in jobs if job.environment and job.environment.get("action", "start") == "start")
    if requested <= limit:
        return None
    return f"Pipeline has too many deployments! Requested {requested}, but the limit is {limit}."


def refused(outcome: Outcome, message: str, location: Location | None = None) -> Plan:
    """Make a plan without jobs, with one error."""
    return Plan(outcome, errors=(Problem(message, location),))
