"""Whole processes, measured as a user has them: wall clock, processor and the most memory at once."""

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from configurations import configuration


class Run(NamedTuple):
    """Seconds on the wall and of the processor, peak memory in MiB."""

    wall: float
    processor: float
    memory: float


def measured(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Run:
    """One run. Raises CalledProcessError unless it ends well."""
    with (folder / "output").open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, (folder / "output").read_bytes()[-2000:])
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


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
