"""`pullcord explain` beside the other tools that evaluate a configuration on a laptop, in one run on one machine.

    .venv/bin/python tests/performance/compare.py --tools FOLDER

The tools are installed into FOLDER from their registries when they are not there yet (npm and pip are needed for that).
Each command runs in a git repository, once to warm up and then five times, the tools taking turns; medians are shown.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from processes import Run, measured, medians, repository

PULLCORD = Path(sys.executable).with_name("pullcord")
NODE = "node@22"
GITLAB_CI_LOCAL = "gitlab-ci-local@4.75.1"
PYTHON_TOOLS = {"gle": "gitlab-emulator==16.3.4", "gcil": "gitlabci-local==13.2.0"}


class Tool(NamedTuple):
    """What is run; `most`: the largest number of jobs that it is asked for."""

    name: str
    command: Sequence[str]
    most: int


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description="Compare pullcord explain with other tools.")
    parser.add_argument(
        "--tools", type=Path, help="where the other tools are or will be; without it only pullcord runs"
    )
    parser.add_argument("--jobs", type=int, nargs="+", default=[10, 100, 1000, 10_000])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--peers-most", type=int, default=1000, help="most jobs for the other tools: they take minutes")
    options = parser.parse_args()
    tools = [Tool("pullcord explain", [str(PULLCORD), "explain", "--format", "json"], max(options.jobs))]
    if options.tools:
        tools += [Tool(name, command, options.peers_most) for name, command in peers(options.tools.resolve())]
    tell(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    tell(f"{'tool':28}{'jobs':>8}{'wall s':>10}{'CPU s':>10}{'MiB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for jobs in options.jobs:
            place = repository(Path(folder, str(jobs)), jobs)
            for name, run in compared([tool for tool in tools if jobs <= tool.most], place, options.repeat):
                tell(f"{name:28}{jobs:>8}{run.wall:>10.3f}{run.processor:>10.3f}{run.memory:>8.0f}")
    tell(f"load {os.getloadavg()[0]:.1f}")


def tell(line: str) -> None:
    """Show a line at once: the next may take minutes."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def compared(tools: Sequence[Tool], folder: Path, repeat: int) -> Iterator[tuple[str, Run]]:
    """The medians of each tool, whose runs take turns. The warm-up is left out."""
    environment = {**os.environ, "NO_COLOR": "1"}
    runs: dict[str, list[Run]] = {tool.name: [] for tool in tools}
    for turn in range(repeat + 1):
        for tool in tools:
            run = measured(tool.command, folder, environment)
            if turn:
                runs[tool.name].append(run)
    return ((name, medians(found)) for name, found in runs.items())


def peers(folder: Path) -> Iterator[tuple[str, Sequence[str]]]:
    """The other tools, installed if need be. gitlab-ci-local leaves out what rules exclude; the other two do not."""
    node = folder / "node_modules/node/bin/node"
    if not node.exists():
        folder.mkdir(parents=True, exist_ok=True)
        npm = shutil.which("npm") or sys.exit("npm is needed to install gitlab-ci-local")
        subprocess.run(
            [npm, "install", "--no-fund", "--no-audit", "--prefix", folder, NODE, GITLAB_CI_LOCAL], check=True
        )
    yield (
        "gitlab-ci-local --list",
        [str(node), str(folder / "node_modules/gitlab-ci-local/dist/index.js"), "--list"],
    )
    for name, requirement in PYTHON_TOOLS.items():
        if not (folder / name / "bin" / name).exists():
            subprocess.run([sys.executable, "-m", "venv", folder / name], check=True)
            subprocess.run([folder / name / "bin/pip", "install", "--quiet", requirement], check=True)
    yield "gle --list", [str(folder / "gle/bin/gle"), "--list"]
    yield "gcil --dump", [str(folder / "gcil/bin/gcil"), "--dump"]


if __name__ == "__main__":
    main()
