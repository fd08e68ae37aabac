"""Answers in JSON: the fields of a plan that cases and machines read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import batched
from json import JSONEncoder

from pullcord.config.lazy import IdentityMemo
from pullcord.config.plan import Clause, Decision, Plan, PlannedJob
from pullcord.config.problems import Location, Problem
from pullcord_local.explain.notes import NO_NOTES, Notes

SKIPPED = "skipped"
BATCH_SIZE = 100
"""Jobs or decisions that are encoded at once."""

NAMELESS = '{"name": ""'
"""Beginning of the JSON of a decision without a name."""


class NestedAnswer(dict[str, object]):
    """Object inside an answer that is itself written in pieces."""

    __slots__ = ()


def answer(plan: Plan, notes: Notes = NO_NOTES, *, whole_needs: bool = False) -> dict[str, object]:
    """Make the answer for a plan. Jobs and decisions, of which there may be thousands, are encoded in `written`.

    whole_needs: whether `needs` has maps; otherwise it has names, and the maps are `needs_attributes`
    """
    encoder = DecisionEncoder(notes)
    return {
        "outcome": plan.outcome,
        "jobs": (
            encoded([job(each, whole_needs=whole_needs) for each in batch])[1:-1]
            for batch in batched(plan.jobs, BATCH_SIZE, strict=False)
        ),
        "error": plan.errors[0].message if plan.errors else None,
        "errors": problems(plan.errors),
        "warnings": problems(plan.warnings),
        "pipeline_name": plan.name,
        "auto_cancel": dict(plan.auto_cancel) or None,
        "skipped": plan.outcome == SKIPPED,
        "stages": list(plan.stages),
        "includes": list(plan.includes),
        "trace": NestedAnswer(
            includes=[decision(each, notes) for each in plan.include_decisions],
            workflow=decision(plan.workflow, notes) if plan.workflow else None,
            jobs=(", ".join(map(encoder.encode, batch)) for batch in batched(plan.decisions, BATCH_SIZE, strict=False)),
        ),
    }


def line(answer: Mapping[str, object]) -> str:
    """Encode an answer as one line of JSON."""
    return "".join(written(answer))


def written(answer: Mapping[str, object]) -> Iterator[str]:
    """Yield the JSON of an answer in pieces."""
    separator = "{"
    for key, value in answer.items():
        yield f"{separator}{encoded(key)}: "
        if isinstance(value, Iterator):
            yield from listed(value)
        else:
            yield from written(value) if isinstance(value, NestedAnswer) else (encoded(value),)
        separator = ", "
    yield "}"


def listed(texts: Iterator[str]) -> Iterator[str]:
    """Yield the JSON of a list whose items are encoded already, several in each text."""
    separator = "["
    for text in texts:
        yield separator + text
        separator = ", "
    yield "[]" if separator == "[" else "]"


def encoded(value: object) -> str:
    """Encode a value. Keys that JSON does not allow are left out, and numbers that it does not have become strings."""
    try:
        return STRICT(value)
    except ValueError:
        return LENIENT(finite(value))


def finite(value: object) -> object:
    """Convert infinities and NaN in a value to strings."""
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, Mapping):
        return {key: finite(item) for key, item in value.items()}
    return [finite(item) for item in value] if isinstance(value, list | tuple) else value


def refused(message: str) -> dict[str, object]:
    """Make the answer to a request for which there is no plan."""
    return answer(Plan("invalid", errors=(Problem(message),)))


def job(planned: PlannedJob, *, whole_needs: bool = False) -> dict[str, object]:
    """Convert a job: `variables` to a mapping, `needs` as asked for, everything else as it is recorded."""
    codes = list(planned.allow_failure_exit_codes)
    result: dict[str, object] = {
        "name": planned.name,
        "stage": planned.stage,
        "when": planned.when,
        "allow_failure": planned.allow_failure,
        "allow_failure_criteria": {"exit_codes": codes} if codes else None,
        "variables": {variable["key"]: variable["value"] for variable in planned.variables},
    }
    further = {
        **needs(planned, whole=whole_needs),
        "start_in": planned.start_in,
        "tags": list(planned.tags) or None,
        "environment": planned.environment,
        "resource_group": planned.resource_group,
        "interruptible": planned.interruptible,
    }
    result |= {key: value for key, value in further.items() if value is not None}
    result |= {key: value for key, value in planned.options.items() if key not in result}
    return result | {"location": location_json(planned.location)}


def needs(planned: PlannedJob, *, whole: bool) -> dict[str, object]:
    """Convert needs: those of the pipeline have a name, those of other pipelines what they were asked for with."""
    others = planned.options.get("cross_dependencies")
    if planned.needs is None and not others:
        return {}
    attributes = [*(planned.needs or ()), *(others if isinstance(others, list) else ())]
    if whole:
        return {"needs": attributes}
    names = None if planned.needs is None else [need["name"] for need in planned.needs]
    return {"needs": names, "needs_attributes": attributes}


def problems(found: Iterable[Problem]) -> list[dict[str, object]]:
    """Convert errors or warnings, each with its location."""
    return [{"message": problem.message, "location": location_json(problem.location)} for problem in found]


def location_json(location: Location | None) -> dict[str, object] | None:
    """Convert a location. The file is "" for the text itself."""
    return None if location is None else {"file": location.file, "line": location.line, "column": location.column}


class DecisionEncoder:
    """Encodes decisions. Jobs of a template have the same decision but for the name: the rest is encoded once."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.memo: IdentityMemo[str] = IdentityMemo()

    def encode(self, decided: Decision) -> str:
        """Encode a decision."""
        key = (decided.included, decided.by, decided.location, decided.error)
        rest = self.memo.compute(decided.rules, lambda _: self.without_name(decided), key)
        return f'{{"name": {encoded(decided.name)}{rest}'

    def without_name(self, decided: Decision) -> str:
        """Encode all of a decision that follows its name."""
        return encoded(decision(decided._replace(name=""), self.notes)).removeprefix(NAMELESS)


def decision(decided: Decision, notes: Notes) -> dict[str, object]:
    """Convert a decision with its rules."""
    return {
        "name": decided.name,
        "included": decided.included,
        "by": decided.by,
        "location": location_json(decided.location),
        "error": decided.error,
        "rules": [
            {
                "location": location_json(rule.location),
                "matched": rule.matched,
                "clauses": [clause_json(clause, notes) for clause in rule.clauses],
            }
            for rule in decided.rules
        ],
    }


def clause_json(clause: Clause, notes: Notes) -> dict[str, object]:
    """Convert a clause, with its notes if there are any."""
    found = {"kind": clause.kind, "text": clause.text, "held": clause.held, "seen": dict(clause.seen)}
    if comments := notes.of(clause):
        found |= {"notes": comments, "placeholders": notes.placeholders_of(clause)}
    return found


def plain(value: object) -> object:
    """Convert a value that JSON does not have: to a plain container, else to a string."""
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, Iterable) else str(value)


# Made once, and without searching for cycles, which a plan cannot have.
STRICT: Callable[[object], str] = JSONEncoder(
    skipkeys=True, check_circular=False, allow_nan=False, default=plain
).encode
LENIENT: Callable[[object], str] = JSONEncoder(skipkeys=True, check_circular=False, default=plain).encode
