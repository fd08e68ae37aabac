"""Hints: undefined or unused names that look like known ones."""

from collections.abc import Iterator

from pullcord.config.plan import Plan
from pullcord.config.tree import Map
from pullcord.config.variables.expansion import mentioned
from pullcord_local.explain.include_hints import hints_about_includes
from pullcord_local.explain.misspellings import closest, documents, misspellings
from pullcord_local.explain.names import NAMES
from pullcord_local.explain.situation import Situation
from pullcord_local.explain.worktree import ExplainedConfig


def hints(plan: Plan, configuration: ExplainedConfig, situation: Situation) -> Iterator[str]:
    """Yield a sentence for each probable mistake."""
    yield from misspellings(plan, configuration)
    yield from variables(plan, configuration, situation)
    yield from hints_about_includes(plan, configuration, situation)


def variables(plan: Plan, configuration: ExplainedConfig, situation: Situation) -> Iterator[str]:
    """Yield hints about undefined variables in clauses, and about given variables that nothing uses."""
    seen = seen_by_rules(plan)
    given = [variable.key for variable in situation.variables]
    undefined = [name for name, defined in seen.items() if not defined and name not in NAMES]
    unused = [name for name in given if name not in seen and name not in mentioned(configuration.text)]
    if not undefined and not unused:
        return
    known = {*NAMES, *given, *(name for name, defined in seen.items() if defined), *written(configuration)}
    known |= {str(variable["key"]) for job in plan.jobs for variable in job.variables}
    for name in undefined:
        if name not in known and (meant := closest(name, known)):
            yield f"${name} is not defined anywhere; did you mean ${meant}?"
    for name in unused:
        if meant := closest(name, (known | seen.keys()) - set(given)):
            yield f"no rule uses the variable {name}; did you mean {meant}?"


def seen_by_rules(plan: Plan) -> dict[str, bool]:
    """Return the variables that clauses read, and whether they were defined anywhere."""
    seen: dict[str, bool] = {}
    for decision in (*plan.decisions, *([plan.workflow] if plan.workflow else [])):
        for rule in decision.rules:
            for clause in rule.clauses:
                for name, value in clause.seen.items():
                    seen[name] = seen.get(name, False) or value is not None
    return seen


def written(configuration: ExplainedConfig) -> Iterator[str]:
    """Yield the variables that the file itself defines, globally or for a job."""
    found = documents(configuration, None)
    for owner in (found.content, *found.content.values()) if found else ():
        defined = owner.get("variables") if isinstance(owner, Map) else None
        yield from map(str, defined) if isinstance(defined, Map) else ()
