"""What `pullcord explain` tells a person: the jobs by stage, who was left out and by which rule, what is wrong where."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pullcord.config.plan import Decision, Job, Plan
from pullcord.config.problems import Problem
from pullcord_local.explain.hints import hints
from pullcord_local.explain.reasons import reason
from pullcord_local.explain.situation import MERGE_REQUEST, Situation
from pullcord_local.explain.sources import Sources
from pullcord_local.explain.worktree import Configuration

BOLD, DIM, RED, GREEN, YELLOW = "1", "2", "31", "32", "33"
MOST_WARNINGS = 25
LEAST_ROOM = 20
HEADINGS = {
    "planned": ("A pipeline would be created", GREEN),
    "invalid": ("No pipeline: the configuration is invalid", RED),
    "filtered": ("No pipeline: workflow:rules keep it from running", YELLOW),
    "empty": ("No pipeline: no job would be in it", YELLOW),
    "skipped": ("No jobs: the commit message asks to skip them", YELLOW),
}


class Paint:
    """Colours for a terminal and its width, nothing for anything else."""

    def __init__(self, *, coloured: bool) -> None:
        self.coloured = coloured
        self.width = shutil.get_terminal_size().columns if coloured else None

    def __call__(self, text: str, code: str) -> str:
        """The text in a colour."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.coloured and text else text


def page(plan: Plan, configuration: Configuration, situation: Situation, *, coloured: bool) -> str:
    """Everything, ready to be written."""
    paint = Paint(coloured=coloured)
    sources = Sources(configuration.text, configuration.name, configuration.tree)
    heading, colour = HEADINGS[plan.outcome]
    lines = [f"{paint(heading, colour)} for {kind(situation)} ({configuration.name})", *facts(plan, paint)]
    lines += section(problems(plan.errors, sources, paint, RED))
    lines += section(table(plan, sources, paint))
    lines += section(left_out(plan, sources, paint))
    lines += section(problems(plan.warnings[:MOST_WARNINGS], sources, paint, YELLOW))
    lines += section(f"{paint('hint:', BOLD)} {hint}" for hint in hints(plan, configuration, situation))
    return "\n".join(printable(line, coloured=coloured) for line in lines) + "\n"


def section(lines: Iterable[str]) -> list[str]:
    """Lines with a blank one above, if there are any."""
    found = list(lines)
    return ["", *found] if found else []


def kind(situation: Situation) -> str:
    """`branch main (push)`, `tag v1 (web)`, `merge request of feature`."""
    if situation.source == MERGE_REQUEST:
        return f"a merge request of {situation.ref}"
    return f"{'tag' if situation.tag else 'branch'} {situation.ref} ({situation.source})"


def facts(plan: Plan, paint: Paint) -> Iterator[str]:
    """What there is to say about the pipeline as a whole."""
    if plan.name:
        yield f"{paint('name:', DIM)} {plan.name}"
    if plan.auto_cancel:
        yield f"{paint('auto cancel:', DIM)} " + ", ".join(f"{key}: {value}" for key, value in plan.auto_cancel.items())
    if plan.includes:
        yield f"{paint('includes:', DIM)} {', '.join(plan.includes)}"


def table(plan: Plan, sources: Sources, paint: Paint) -> Iterator[str]:
    """The jobs by stage: name, when, and why it is in."""
    decisions = {decision.name: decision for decision in plan.decisions}
    rows = list(rows_of(plan.jobs, decisions, sources))
    if not rows:
        return
    header = ("STAGE", "JOB", "WHEN", "WHY")
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(3)]
    yield paint("  ".join([*(text.ljust(width) for text, width in zip(header, widths, strict=False)), header[3]]), BOLD)
    for row in rows:
        cells = [text.ljust(width) for text, width in zip(row, widths, strict=False)]
        why = row[3] if paint.width is None else fitted(row[3], paint.width - sum(widths) - 6)
        yield "  ".join([*cells, paint(why, DIM)]).rstrip()


def fitted(text: str, room: int) -> str:
    """A text that does not run over the edge, unless there is next to no room anyway."""
    return text if len(text) <= room or room < LEAST_ROOM else text[: room - 1] + "…"


def rows_of(jobs: Sequence[Job], decisions: Mapping[str, Decision], sources: Sources) -> Iterator[tuple[str, ...]]:
    """One row for each job; a stage is named once."""
    stage = None
    for job in jobs:
        decision = decisions.get(job.name)
        when = job.when + (f" {job.start_in}" if job.start_in else "") + (", may fail" if job.allow_failure else "")
        yield ("" if job.stage == stage else job.stage, job.name, when, reason(decision, sources) if decision else "")
        stage = job.stage


def left_out(plan: Plan, sources: Sources, paint: Paint) -> Iterator[str]:
    """The jobs that are not in the pipeline, and the rule that decided."""
    out = [decision for decision in plan.decisions if not decision.included]
    if plan.workflow is not None and not plan.workflow.included:
        out = [plan.workflow]
    if not out:
        return
    yield paint("NOT IN THE PIPELINE", BOLD)
    width = max(len(decision.name) for decision in out)
    for decision in out:
        yield f"  {decision.name.ljust(width)}  {paint(reason(decision, sources), DIM)}"


def problems(found: Iterable[Problem], sources: Sources, paint: Paint, colour: str) -> Iterator[str]:
    """Messages, each with the line it is about and a caret under the place."""
    word = "error" if colour == RED else "warning"
    for problem in found:
        yield f"{paint(f'{word}:', colour)} {problem.message}"
        if problem.place is None:
            continue
        yield paint(f"  --> {sources.shown(problem.place)}:{problem.place.column}", DIM)
        if (line := sources.line(problem.place)) is not None:
            yield f"   {line}"
            yield "   " + sources.indent(line, problem.place.column) + paint("^", colour)


def printable(line: str, *, coloured: bool) -> str:
    """A line that does what it says: control characters of a configuration do not reach a terminal."""
    return "".join(
        character if character.isprintable() or (coloured and character == "\x1b") else "·" for character in line
    )
