"""What a person may have meant: names that nobody defines but that look like ones that are defined."""

import re
from collections.abc import Iterable, Iterator

from pullcord.config.context import Limits
from pullcord.config.documents import read_documents
from pullcord.config.plan import Plan
from pullcord.config.problems import Invalid
from pullcord.config.tree import Map
from pullcord_local.explain.command import Configuration
from pullcord_local.explain.predefined import NAMES
from pullcord_local.explain.situation import Situation

LIKE_A_VARIABLE = 0.88
LIKE_AN_INPUT = 0.75
"""How much of two names has to agree. Variables are many, and many are alike; inputs are few."""
UNKNOWN_INPUT = re.compile(
    r"unknown interpolation provided: `(?P<name>[\w-]+)` in `inputs\.|unknown input arguments: (?P<names>[\w, -]+)"
)


def hints(plan: Plan, configuration: Configuration, situation: Situation) -> Iterator[str]:
    """One sentence for each thing that looks like a slip."""
    yield from unknown_variables(plan, situation)
    yield from unknown_inputs(plan, configuration)
    if plan.outcome == "invalid":
        for wanted in dict.fromkeys(configuration.tree.wanted):
            yield f"explain reads the work tree only; it does not have {wanted}."


def unknown_variables(plan: Plan, situation: Situation) -> Iterator[str]:
    """Variables that a clause asked for, that are undefined, and that are one slip away from a known name."""
    undefined: dict[str, None] = {}
    defined = {variable.key for variable in situation.variables}
    for decision in (*plan.decisions, *([plan.workflow] if plan.workflow else [])):
        for rule in decision.rules:
            for clause in rule.clauses:
                undefined |= {name: None for name, value in clause.seen.items() if value is None}
                defined |= {name for name, value in clause.seen.items() if value is not None}
    defined |= {str(variable["key"]) for job in plan.jobs for variable in job.variables}
    for name in undefined:
        if name not in NAMES and (meant := closest(name, (*NAMES, *defined), LIKE_A_VARIABLE)):
            yield f"${name} is not defined anywhere; did you mean ${meant}?"


def unknown_inputs(plan: Plan, configuration: Configuration) -> Iterator[str]:
    """Inputs that were given or used but are not declared."""
    for problem in plan.errors:
        found = UNKNOWN_INPUT.search(problem.message)
        if found is None:
            continue
        declared = declared_inputs(configuration, problem.place.file if problem.place else "")
        for name in (found["name"] or found["names"] or "").split(", "):
            if meant := closest(name, declared, LIKE_AN_INPUT):
                yield f"there is no input `{name}`; did you mean `{meant}`?"


def declared_inputs(configuration: Configuration, file: str) -> list[str]:
    """The inputs in the header of a file."""
    own = file in {"", configuration.name}
    text = configuration.text if own else configuration.tree.file(file) if ":" not in file else None
    try:
        header = read_documents(text or "", file, Limits()).header
    except Invalid:
        return []
    spec = header.get("spec") if header is not None else None
    inputs = spec.get("inputs") if isinstance(spec, Map) else None
    return [str(name) for name in inputs] if isinstance(inputs, Map) else []


def closest(name: str, known: Iterable[str], likeness: float) -> str | None:
    """The known name that looks most like this one, if any does."""
    import difflib

    found = difflib.get_close_matches(name, [each for each in known if each != name], n=1, cutoff=likeness)
    return found[0] if found else None
