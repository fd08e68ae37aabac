"""A plan as plain values for JSON: the fields that cases and machines read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import batched
from json import JSONEncoder

from pullcord.config.plan import Decision, Job, Plan
from pullcord.config.problems import Place, Problem

PLANNED = "planned"
SKIPPED = "skipped"
TOGETHER = 100
"""Jobs that are written at once."""

NAMELESS = '{"name": ""'
"""How the JSON of a decision without a name begins."""


class Parts(dict[str, object]):
    """A part of an answer that is itself written in pieces."""

    __slots__ = ()


def answer(plan: Plan) -> dict[str, object]:
    """Everything a plan says. Of jobs and decisions there may be thousands: they are JSON, made when `written`."""
    trace = Trace()
    return {
        "outcome": plan.outcome,
        "jobs": (encoded([job(each) for each in some])[1:-1] for some in batched(plan.jobs, TOGETHER, strict=False)),
        "error": plan.errors[0].message if plan.errors else None,
        "errors": problems(plan.errors),
        "warnings": problems(plan.warnings),
        "pipeline_name": plan.name,
        "auto_cancel": dict(plan.auto_cancel) or None,
        "skipped": plan.outcome == SKIPPED,
        "stages": list(plan.stages),
        "includes": list(plan.includes),
        "trace": Parts(
            workflow=decision(plan.workflow) if plan.workflow else None,
            jobs=(", ".join(map(trace.written, some)) for some in batched(plan.decisions, TOGETHER, strict=False)),
        ),
    }


def line(answer: Mapping[str, object]) -> str:
    """An answer as one line of JSON."""
    return "".join(written(answer))


def written(answer: Mapping[str, object]) -> Iterator[str]:
    """The JSON of an answer, in pieces of some size."""
    separator = "{"
    for key, value in answer.items():
        yield f"{separator}{encoded(key)}: "
        if isinstance(value, Iterator):
            yield from listed(value)
        else:
            yield from written(value) if isinstance(value, Parts) else (encoded(value),)
        separator = ", "
    yield "}"


def listed(texts: Iterator[str]) -> Iterator[str]:
    """A list whose items are JSON already, some in each text."""
    separator = "["
    for text in texts:
        yield separator + text
        separator = ", "
    yield "[]" if separator == "[" else "]"


def encoded(value: object) -> str:
    """One value. Keys that JSON lacks are left out, and numbers that it lacks become text."""
    try:
        return STRICT(value)
    except ValueError:
        return LENIENT(finite(value))


def finite(value: object) -> object:
    """A value with infinities and what is not a number as text."""
    if isinstance(value, float):
        return value if value - value == 0 else str(value)
    if isinstance(value, Mapping):
        return {key: finite(item) for key, item in value.items()}
    return [finite(item) for item in value] if isinstance(value, list | tuple) else value


def refused(message: str) -> dict[str, object]:
    """The answer to what never became a plan."""
    return answer(Plan("invalid", errors=(Problem(message),)))


def job(planned: Job) -> dict[str, object]:
    """A job; `needs` as names, `variables` as a mapping, everything else as it is recorded."""
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
        "needs": None if planned.needs is None else [need["name"] for need in planned.needs],
        "start_in": planned.start_in,
        "tags": list(planned.tags) or None,
        "environment": planned.environment,
        "resource_group": planned.resource_group,
        "interruptible": planned.interruptible,
    }
    result |= {key: value for key, value in further.items() if value is not None}
    result |= {key: value for key, value in planned.options.items() if key not in result}
    return result | {"location": location(planned.place)}


def problems(found: Iterable[Problem]) -> list[dict[str, object]]:
    """Errors or warnings, each with where it is."""
    return [{"message": problem.message, "location": location(problem.place)} for problem in found]


def location(place: Place | None) -> dict[str, object] | None:
    """A place; a file without a name is the text itself."""
    return None if place is None else {"file": place.file, "line": place.line, "column": place.column}


class Trace:
    """Decisions as JSON. Jobs of one template have most of it in common: all but the name is written once."""

    def __init__(self) -> None:
        self.known: dict[tuple[object, ...], str] = {}

    def written(self, made: Decision) -> str:
        """The JSON of one."""
        why = (made.included, made.by, made.place, made.error, id(made.rules))
        if why not in self.known:
            self.known[why] = encoded(decision(made._replace(name=""))).removeprefix(NAMELESS)
        return f'{{"name": {encoded(made.name)}{self.known[why]}'


def decision(made: Decision) -> dict[str, object]:
    """Why something is in or out, rule by rule."""
    return {
        "name": made.name,
        "included": made.included,
        "by": made.by,
        "location": location(made.place),
        "error": made.error,
        "rules": [
            {
                "location": location(rule.place),
                "matched": rule.matched,
                "clauses": [
                    {"kind": clause.kind, "text": clause.text, "held": clause.held, "seen": dict(clause.seen)}
                    for clause in rule.clauses
                ],
            }
            for rule in made.rules
        ],
    }


def plain(value: object) -> object:
    """What JSON cannot hold, as text or plain containers."""
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, Iterable) else str(value)


# Made once, and without looking for circles, which a plan cannot have.
STRICT: Callable[[object], str] = JSONEncoder(
    skipkeys=True, check_circular=False, allow_nan=False, default=plain
).encode
LENIENT: Callable[[object], str] = JSONEncoder(skipkeys=True, check_circular=False, default=plain).encode
