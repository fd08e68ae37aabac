"""Context of the compiler for a pipeline to explain."""

from pullcord.config.context import Context
from pullcord_local.explain.predefined import Predefined, predefined
from pullcord_local.explain.situation import Situation

NEVER_SKIPPED = frozenset({"api", "web", "schedule", "trigger"})


def context(situation: Situation, known: Predefined | None = None) -> Context:
    """Convert a pipeline. known: its predefined variables, if they are at hand."""
    known = known or predefined(situation)
    return Context(
        ref=situation.ref,
        tag=situation.tag,
        source=situation.source,
        project=situation.path,
        predefined=known.before,
        pipeline_only=known.pipeline,
        project_variables=situation.project_variables,
        variables=situation.variables,
        inputs=situation.inputs,
        commit_message=situation.message or "",
        ignore_skip=situation.source in NEVER_SKIPPED,
        skip_missing=situation.skip_missing,
        limits=situation.limits,
    )
