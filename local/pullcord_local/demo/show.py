"""The demo's output: its steps, the curl line, the pipeline with its jobs, and the jobs that were left out."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from pullcord_local.demo.client import Client

console = Console(highlight=False, soft_wrap=True)


def step(text: str) -> None:
    """Print a step."""
    console.print(f"[green]•[/] {text}")


def command(title: str, line: str) -> None:
    """Print a shell line, ready to be copied."""
    console.print(f"\n[bold]{title}[/]\n")
    console.print(f"  {line}\n", style="cyan", markup=False)


def answer(received: Mapping[str, object]) -> None:
    """Print the main fields of an answer."""
    fields = ("id", "iid", "status", "source", "ref", "sha", "message", "error")
    console.print(json.dumps({name: received[name] for name in fields if name in received}), style="dim", markup=False)


def pipeline(created: Mapping[str, Any], jobs: Sequence[Mapping[str, Any]]) -> None:
    """Print a pipeline with its jobs, and the jobs that were left out."""
    decisions = {decision["name"]: decision for decision in created["pullcord"]["trace"]["jobs"]}
    table = Table(title=f"\nPipeline #{created['iid']}: {created['name']}", title_justify="left", title_style="bold")
    for column in ("stage", "job", "when", "decided by"):
        table.add_column(column)
    for job in sorted(jobs, key=lambda job: int(job["id"])):
        table.add_row(job["stage"], job["name"], when(job), decided(decisions.get(job["name"])))
    console.print(table)
    omitted_jobs(list(decisions.values()))


def omitted_jobs(decisions: Sequence[Mapping[str, Any]]) -> None:
    """Print the jobs that are not in the pipeline, with the reason."""
    table = Table(title="Left out", title_justify="left", title_style="bold")
    for column in ("job", "reason"):
        table.add_column(column)
    for decision in decisions:
        if not decision["included"]:
            table.add_row(decision["name"], reason(decision))
    if table.row_count:
        console.print(table)


def when(job: Mapping[str, Any]) -> str:
    """The job's `when` unless it is on_success, and whether the job may fail."""
    keyword = job["pullcord"]["when"].replace("_", " ")
    return ("" if keyword == "on success" else keyword) + (", may fail" if job["allow_failure"] else "")


def decided(decision: Mapping[str, Any] | None) -> str:
    """The keyword that put the job into the pipeline, with file and line; empty if nothing but the default did."""
    if decision is None or decision["by"] == "default":
        return ""
    return f"{decision['by']}, {place(decision['location'])}"


def reason(decision: Mapping[str, Any]) -> str:
    """The reason why the job is not in the pipeline, with file and line."""
    if decision["by"] == "rules" and not any(rule["matched"] for rule in decision["rules"]):
        tried = "; ".join(clause["text"] for rule in decision["rules"] for clause in rule["clauses"])
        return f"no rule matched ({place(decision['location'])}): {tried}"
    return f"{decision['by']}, {place(decision['location'])}"


def place(location: Mapping[str, Any] | None) -> str:
    """A location as `file:line`; empty if there is none."""
    return f"{location['file']}:{location['line']}" if location else ""


def next_steps(client: Client, repository: Path) -> None:
    """Print what the user can do next."""
    console.print(f"Serving on {client.url} until Ctrl-C.")
    console.print(f"Commit a change to {repository} and trigger again: every pipeline reads the repository anew.")
