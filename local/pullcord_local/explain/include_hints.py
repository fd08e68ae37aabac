"""Hints about includes that are not at hand: which option gives them, or on which instance they lie."""

import re
from collections.abc import Iterator

from pullcord.config.plan import Plan
from pullcord_local.explain.predefined import predefined
from pullcord_local.explain.situation import Situation
from pullcord_local.explain.worktree import ExplainedConfig

COMPONENT = re.compile(
    r"(?:Component '|`)(?P<component>(?P<host>[^/`']*[^/`':])/[^:@`']+@[^`']+)['`]"
    r".*(?: - the component path is not supported| is not at hand: the include is skipped)"
)
"""Messages about a component that may lie on another instance."""


def hints_about_includes(plan: Plan, configuration: ExplainedConfig, situation: Situation) -> Iterator[str]:
    """Yield a sentence for each include that is not at hand: which option gives it, or where it lies."""
    missing = configuration.tree.missing
    if missing and situation.skip_missing:
        yield f"options that give what is skipped: {', '.join(dict.fromkeys(missing.values()))}"
    for name, option in missing.items() if not situation.skip_missing else ():
        yield f"explain reads the work tree only; it does not have {name}: {option}"
    here = predefined(situation).before["CI_SERVER_FQDN"]
    others = [found for problem in (*plan.errors, *plan.warnings) if (found := COMPONENT.match(problem.message))]
    others = [found for found in others if found["host"].lower() != here.lower()]
    for found in others:
        component, host = found["component"], found["host"]
        yield f"component {component} lies on another instance: {host} is not {here} (--set CI_SERVER_FQDN={host})"
    if plan.outcome == "invalid" and (missing or others) and not situation.skip_missing:
        yield "--skip-missing-includes goes on without what is not at hand"
