"""`workflow`: whether there is a pipeline at all, what it is called, and what cancels it.

Source: https://docs.gitlab.com/ci/yaml/workflow/
"""

from collections.abc import Mapping
from typing import NamedTuple

from pullcord.config.checked import Workflow
from pullcord.config.conditions import rules
from pullcord.config.conditions.evaluator import Judge
from pullcord.config.plan import Decision
from pullcord.config.variables import expansion
from pullcord.config.variables.layers import Layers, layer

FILTERED = "The pipeline did not run. Review the workflow:rules configuration for the pipeline."
LONGEST_NAME = 255


class Outcome(NamedTuple):
    """What the workflow says. The matched rule's variables are in the layers by then."""

    decision: Decision
    name: str | None
    auto_cancel: Mapping[str, str]


def decide(workflow: Workflow, layers: Layers, judge: Judge) -> Outcome:
    """Without rules there is always a pipeline. A rule that cannot be answered counts as `never`."""
    if workflow.rules is None:
        return Outcome(
            Decision("workflow", included=True, by="workflow"), named(workflow, layers), workflow.auto_cancel
        )
    verdict = rules.decide(workflow.rules, layers.for_workflow(), judge)
    decision = Decision(
        "workflow",
        verdict.included,
        "workflow",
        verdict.place or workflow.place,
        verdict.considered,
        verdict.error,
    )
    auto_cancel = dict(workflow.auto_cancel)
    if verdict.rule is not None:
        layers.workflow = layer(verdict.rule.variables)
        auto_cancel.update(verdict.rule.auto_cancel)
    return Outcome(decision, named(workflow, layers), auto_cancel)


def named(workflow: Workflow, layers: Layers) -> str | None:
    """The pipeline's name with its variables; None for a blank one."""
    if workflow.name is None:
        return None
    return expansion.blank(workflow.name, layers.for_workflow().expanded).strip()[:LONGEST_NAME].strip() or None
