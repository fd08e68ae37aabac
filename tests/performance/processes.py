"""Whole processes, measured as a user has them: wall clock, processor and the most memory at once."""

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from configurations import configuration


class Run(NamedTuple):
    """Seconds on the wall and of the processor, peak memory in MiB."""

    wall: float
    processor: float
    memory: float


MEASURE = """
import json, os, sys, time

report = os.dup(1)
output = os.open("output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
os.dup2(output, 1)
os.dup2(output, 2)
start = time.perf_counter()
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(process, 0)
wall = time.perf_counter() - start
figures = [os.waitstatus_to_exitcode(status), wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]
os.write(report, json.dumps(figures).encode())
"""
"""A process counts what its parent had in memory when it was started: so a small one starts what is measured."""


def measured(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """One run, its output in the file `output`. Raises CalledProcessError unless it ends well."""
    starter = [sys.executable, "-I", "-S", "-c", MEASURE, *command]
    done = subprocess.run(starter, cwd=folder, env=environment, stdout=subprocess.PIPE, check=True)
    status, *figures = json.loads(done.stdout)
    if status:
        raise subprocess.CalledProcessError(status, command, (folder / "output").read_bytes()[-2000:])
    return Run(*figures)


def medians(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run(*(statistics.median(figures) for figures in zip(*runs, strict=True)))


def repository(folder: Path, jobs: int) -> Path:
    """A git repository that holds a configuration of so many jobs, committed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".gitlab-ci.yml").write_text(configuration(jobs))
    (folder / ".gitignore").write_text("output\n.gitlab-ci-local\n")
    git = ["git", "-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]
    remote = ["remote", "add", "origin", "https://gitlab.com/some/project.git"]
    for arguments in (
        ["init", "--quiet", "--initial-branch=main"],
        remote,
        ["add", "."],
        ["commit", "--quiet", "-m", "x"],
    ):
        subprocess.run([*git, *arguments], cwd=folder, check=True)
    return folder
