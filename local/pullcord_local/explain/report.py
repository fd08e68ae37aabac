"""Report of `pullcord explain` for people: jobs by stage, excluded jobs with the rule that decided, errors, hints."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pullcord.config.plan import Decision, Plan, PlannedJob
from pullcord.config.problems import Problem
from pullcord_local.explain.hints import hints
from pullcord_local.explain.kinds import MERGE_REQUEST
from pullcord_local.explain.notes import Notes
from pullcord_local.explain.reasons import reason
from pullcord_local.explain.situation import Situation
from pullcord_local.explain.source_lines import SourceLines
from pullcord_local.explain.worktree import ExplainedConfig

BOLD, DIM, RED, GREEN, YELLOW = "1", "2", "31", "32", "33"
MAX_WARNINGS = 25
MIN_WIDTH = 20
SKIPPED = "the include is skipped"
HEADINGS = {
    "planned": ("A pipeline would be created", GREEN),
    "invalid": ("No pipeline: the configuration is invalid", RED),
    "filtered": ("No pipeline: workflow:rules keep it from running", YELLOW),
    "empty": ("No pipeline: no job would be in it", YELLOW),
    "skipped": ("No jobs: the commit message asks to skip them", YELLOW),
}


class Paint:
    """Colours and width of a terminal; no colours and no width for any other output."""

    def __init__(self, *, coloured: bool) -> None:
        self.coloured = coloured
        self.width = shutil.get_terminal_size().columns if coloured else None

    def __call__(self, text: str, code: str) -> str:
        """Colour a text."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.coloured and text else text


def report(plan: Plan, configuration: ExplainedConfig, situation: Situation, notes: Notes, *, coloured: bool) -> str:
    """Return the whole report."""
    paint = Paint(coloured=coloured)
    sources = SourceLines(configuration.text, configuration.name, configuration.tree)
    heading, colour = HEADINGS[plan.outcome]
    lines = [
        f"{paint(heading, colour)} for {kind(situation)} ({configuration.name})",
        *summary(plan, sources, notes, paint),
    ]
    lines += section(problems(plan.errors, sources, paint, RED))
    lines += section(table(plan, sources, notes, paint))
    lines += section(excluded(plan, sources, notes, paint))
    lines += section(problems(plan.warnings[:MAX_WARNINGS], sources, paint, YELLOW))
    comments = [*configuration.tree.all_notes, *notes.summary(decisions_of(plan))]
    lines += section(f"{paint('note:', BOLD)} {comment}" for comment in comments)
    lines += section(f"{paint('hint:', BOLD)} {hint}" for hint in hints(plan, configuration, situation))
    return "\n".join(printable(line, coloured=coloured) for line in lines) + "\n"


def decisions_of(plan: Plan) -> list[Decision]:
    """Return all decisions, with those about the pipeline and about includes."""
    return [*plan.include_decisions, *([plan.workflow] if plan.workflow is not None else []), *plan.decisions]


def section(lines: Iterable[str]) -> list[str]:
    """Put a blank line above lines, if there are any."""
    found = list(lines)
    return ["", *found] if found else []


def kind(situation: Situation) -> str:
    """Describe a pipeline: `branch main (push)`, `tag v1 (web)`, `a merge request of feature`."""
    if situation.source == MERGE_REQUEST:
        return f"a merge request of {situation.ref}"
    return f"{'tag' if situation.tag else 'branch'} {situation.ref} ({situation.source})"


def summary(plan: Plan, sources: SourceLines, notes: Notes, paint: Paint) -> Iterator[str]:
    """Yield the name, `auto_cancel` and includes of the pipeline."""
    if plan.name:
        yield f"{paint('name:', DIM)} {plan.name}"
    if plan.auto_cancel:
        yield f"{paint('auto cancel:', DIM)} " + ", ".join(f"{key}: {value}" for key, value in plan.auto_cancel.items())
    if plan.includes:
        yield f"{paint('includes:', DIM)} {', '.join(plan.includes)}"
    for decided in plan.include_decisions:
        if not decided.included:
            why = reason(decided, sources) + notes.in_short(decided)
            yield f"{paint('not included:', DIM)} {decided.name}  {paint(why, DIM)}"
    if skipped := sum(warning.message.endswith(SKIPPED) for warning in plan.warnings):
        yield f"{paint('skipped:', DIM)} {skipped} include{'s' * (skipped > 1)}, see the warnings"


def table(plan: Plan, sources: SourceLines, notes: Notes, paint: Paint) -> Iterator[str]:
    """Yield a table of the jobs by stage: name, `when`, and why the job is included."""
    decisions = {decision.name: decision for decision in plan.decisions}
    rows = list(rows_of(plan.jobs, decisions, sources, notes))
    if not rows:
        return
    header = ("STAGE", "JOB", "WHEN", "WHY")
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(3)]
    yield paint("  ".join([*(text.ljust(width) for text, width in zip(header, widths, strict=False)), header[3]]), BOLD)
    for row in rows:
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=False)]
        why = row[3] if paint.width is None else shorten(row[3], paint.width - sum(widths) - 6)
        yield "  ".join([*cells, paint(why, DIM)]).rstrip()


def shorten(text: str, width: int) -> str:
    """Shorten a text to a width; if the width is tiny, the text is not shortened."""
    return text if len(text) <= width or width < MIN_WIDTH else text[: width - 1] + "…"


def rows_of(
    jobs: Sequence[PlannedJob], decisions: Mapping[str, Decision], sources: SourceLines, notes: Notes
) -> Iterator[tuple[str, ...]]:
    """Yield a row for each job; a stage is named once."""
    stage = None
    for job in jobs:
        decision = decisions.get(job.name)
        when = job.when + (f" {job.start_in}" if job.start_in else "") + (", may fail" if job.allow_failure else "")
        why = reason(decision, sources) + notes.in_short(decision) if decision else ""
        yield ("" if job.stage == stage else job.stage, job.name, when, why)
        stage = job.stage


def excluded(plan: Plan, sources: SourceLines, notes: Notes, paint: Paint) -> Iterator[str]:
    """Yield the excluded jobs, each with the rule that decided."""
    decisions = [decision for decision in plan.decisions if not decision.included]
    if plan.workflow is not None and not plan.workflow.included:
        decisions = [plan.workflow]
    if not decisions:
        return
    yield paint("NOT IN THE PIPELINE", BOLD)
    width = max(len(decision.name) for decision in decisions)
    for decision in decisions:
        yield f"  {decision.name.ljust(width)}  {paint(reason(decision, sources) + notes.in_short(decision), DIM)}"


def problems(found: Iterable[Problem], sources: SourceLines, paint: Paint, colour: str) -> Iterator[str]:
    """Yield messages, each with its line and a caret under its column."""
    word = "error" if colour == RED else "warning"
    for problem in found:
        yield f"{paint(f'{word}:', colour)} {problem.message}"
        if problem.location is None:
            continue
        yield paint(f"  --> {sources.position(problem.location)}:{problem.location.column}", DIM)
        if (line := sources.line(problem.location)) is not None:
            yield f"   {line}"
            yield "   " + sources.indent(line, problem.location.column) + paint("^", colour)


def printable(line: str, *, coloured: bool) -> str:
    """Replace control characters of a configuration, which must not reach a terminal."""
    return "".join(
        character if character.isprintable() or (coloured and character == "\x1b") else "·" for character in line
    )
