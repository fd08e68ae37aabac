"""What the demonstration shows: steps, the line, the pipeline with its jobs, and the jobs that were left out."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pullcord_local.demo.client import Client

console = Console(highlight=False, soft_wrap=True)


def step(text: str) -> None:
    """One thing that was done."""
    console.print(f"[green]•[/] {text}")


def command(line: str) -> None:
    """A line to be run, ready to be copied."""
    console.print("\n[bold]Pull the trigger:[/]\n")
    console.print(f"  {line}\n", style="cyan", markup=False)


def answer(received: Mapping[str, object]) -> None:
    """The answer in short."""
    wanted = ("id", "iid", "status", "source", "ref", "sha", "message", "error")
    console.print(json.dumps({name: received[name] for name in wanted if name in received}), style="dim", markup=False)


def pipeline(address: str, shown: Mapping[str, Any], jobs: Sequence[Mapping[str, Any]]) -> None:
    """A pipeline with its jobs, and the jobs that it does not have."""
    decisions = {decision["name"]: decision for decision in shown["pullcord"]["trace"]["jobs"]}
    table = Table(title=f"\nPipeline #{shown['iid']}: {shown['name']}", title_justify="left", title_style="bold")
    for column in ("stage", "job", "when", "decided by"):
        table.add_column(column)
    for job in sorted(jobs, key=lambda job: int(job["id"])):
        table.add_row(job["stage"], job["name"], when(job), decided(decisions.get(job["name"])))
    console.print(table)
    left_out(list(decisions.values()))
    console.print(f"[bold]{address}[/]\n")


def left_out(decisions: Sequence[Mapping[str, Any]]) -> None:
    """The jobs that are not in the pipeline, with the reason."""
    table = Table(title="Left out", title_justify="left", title_style="bold")
    for column in ("job", "reason"):
        table.add_column(column)
    for decision in decisions:
        if not decision["included"]:
            table.add_row(decision["name"], reason(decision))
    if table.row_count:
        console.print(table)


def when(job: Mapping[str, Any]) -> str:
    """When the job runs, if not as soon as it can."""
    written = job["pullcord"]["when"].replace("_", " ")
    return ("" if written == "on success" else written) + (", may fail" if job["allow_failure"] else "")


def decided(decision: Mapping[str, Any] | None) -> str:
    """What put the job in."""
    if decision is None or decision["by"] == "default":
        return ""
    return f"{decision['by']}, {place(decision['location'])}"


def reason(decision: Mapping[str, Any]) -> str:
    """What kept the job out."""
    if decision["by"] == "rules" and not any(rule["matched"] for rule in decision["rules"]):
        tried = "; ".join(clause["text"] for rule in decision["rules"] for clause in rule["clauses"])
        return f"no rule matched ({place(decision['location'])}): {tried}"
    return f"{decision['by']}, {place(decision['location'])}"


def place(location: Mapping[str, Any] | None) -> str:
    """file:line."""
    return f"{location['file']}:{location['line']}" if location else ""


def farewell(client: Client, repository: Path) -> None:
    """What to do next."""
    console.print(f"Serving on [bold]{client.url}[/] until Ctrl-C. Administrator's token: {client.token}")
    console.print(f"Commit something to {repository} and pull again: refs are read live.")
