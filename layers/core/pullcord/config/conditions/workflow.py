"""Keyword `workflow`: whether there is a pipeline, its name, and what cancels it.

Source: https://docs.gitlab.com/ci/yaml/workflow/
"""

from collections.abc import Mapping
from typing import NamedTuple

from pullcord.config.checked import CheckedWorkflow
from pullcord.config.conditions import rules
from pullcord.config.conditions.evaluator import RuleEvaluator
from pullcord.config.plan import Decision
from pullcord.config.problems import Invalid
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Layers, layer

FILTERED = "The pipeline did not run. Review the workflow:rules configuration for the pipeline."
MAX_NAME_LENGTH = 255


class WorkflowResult(NamedTuple):
    """Result of `workflow`: decision, name of the pipeline, and `auto_cancel`."""

    decision: Decision
    name: str | None
    auto_cancel: Mapping[str, str]


def decide(workflow: CheckedWorkflow, layers: Layers, evaluator: RuleEvaluator) -> WorkflowResult:
    """Decide whether there is a pipeline. Without rules there is; a rule that cannot be evaluated counts as `never`.

    The variables of the rule that matched are put into the layers. Raises Invalid for a rule that is too large.
    """
    if workflow.rules is None:
        return WorkflowResult(
            Decision("workflow", included=True, by="workflow"), pipeline_name(workflow, layers), workflow.auto_cancel
        )
    result = rules.decide(workflow.rules, layers.for_workflow(), evaluator)
    if result.limit:
        raise Invalid.because(f"workflow:{result.error}", result.location)
    decision = Decision(
        "workflow",
        result.included,
        "workflow",
        result.location or workflow.location,
        result.evaluated,
        result.error,
    )
    auto_cancel = dict(workflow.auto_cancel)
    if result.rule is not None:
        layers.workflow = layer(result.rule.variables)
        auto_cancel.update(result.rule.auto_cancel)
    return WorkflowResult(decision, pipeline_name(workflow, layers), auto_cancel)


def pipeline_name(workflow: CheckedWorkflow, layers: Layers) -> str | None:
    """Expand the pipeline's name; None if it is blank."""
    if workflow.name is None:
        return None
    return expansion.blank(workflow.name, layers.for_workflow().expanded).strip()[:MAX_NAME_LENGTH].strip() or None
