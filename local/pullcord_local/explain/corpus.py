"""Target `make corpus DIR=…`: compiles every configuration below a folder for six kinds of pipelines, and reports.

It is for configurations of real projects: the result has to be jobs or an error, never an exception.
"""

import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pullcord.config.compiler import compile_pipeline
from pullcord.config.plan import Plan
from pullcord_local.explain.contexts import context
from pullcord_local.explain.kinds import MERGE_REQUEST
from pullcord_local.explain.situation import Situation
from pullcord_local.explain.worktree import WorkTree

NAMES = {".gitlab-ci.yml", ".gitlab-ci.yaml"}
ENDINGS = {".yml", ".yaml"}
PIPELINES = [
    ("trigger", False),
    ("trigger", True),
    ("push", False),
    ("push", True),
    (MERGE_REQUEST, False),
    ("schedule", False),
]
HEADINGS = [f"{source.removesuffix('_event')} {'tag' if tag else 'branch'}" for source, tag in PIPELINES]


class Compiled(NamedTuple):
    """Compiled file: its six plans, and the files that it asked for and that are not in its folder."""

    path: str
    plans: list[Plan]
    missing: list[str]

    @property
    def errors_(self) -> list[str]:
        """Errors of the plans, each once."""
        return list(dict.fromkeys(error.message for plan in self.plans for error in plan.errors[:1]))


def main() -> int:
    """Run the corpus. Exit status: 0 every file has a result, 1 there were exceptions, 2 there is no such folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not folder.is_dir():
        sys.stderr.write("make corpus DIR=folder: there is no such folder\n")
        return 2
    whole: list[Compiled] = []
    parts: list[Compiled] = []
    broken = 0
    for file in sorted(path for path in folder.rglob("*") if path.suffix in ENDINGS and path.is_file()):
        try:
            compiled = compile_file(file, folder)
        except Exception:  # noqa: BLE001 - exceptions are what the corpus is run for
            broken += 1
            sys.stdout.write(f"EXCEPTION {file.relative_to(folder)}\n{traceback.format_exc()}\n")
            continue
        (whole if file.name in NAMES else parts).append(compiled)
    sys.stdout.write("\n".join([*table(whole), *summary(whole, parts, broken)]) + "\n")
    return 1 if broken else 0


def compile_file(file: Path, folder: Path) -> Compiled:
    """Compile a file as a file of its project."""
    root = project_of(file, folder)
    text, name = file.read_bytes().decode(errors="replace"), file.relative_to(root).as_posix()
    tree = WorkTree(root)
    plans = [compile_pipeline(text, name, context(situation(source, tag=tag)), tree) for source, tag in PIPELINES]
    return Compiled(str(file.relative_to(folder)), plans, list(dict.fromkeys(tree.missing)))


def project_of(file: Path, folder: Path) -> Path:
    """Return the repository of a file, else its topmost folder below the searched one."""
    above = [parent for parent in file.parents if parent.is_relative_to(folder)]
    return next((parent for parent in above if (parent / ".git").exists()), above[-2] if len(above) > 1 else folder)


def situation(source: str, *, tag: bool) -> Situation:
    """Return a pipeline of the default branch or of a tag."""
    return Situation(ref="v1.0.0" if tag else "main", tag=tag, source=source)


def table(compiled: list[Compiled]) -> Iterator[str]:
    """Yield the lines of a table: the number of jobs of each configuration by kind of pipeline, and its errors."""
    width = max((len(file.path) for file in compiled), default=0)
    yield "  ".join(["CONFIGURATION".ljust(width), *HEADINGS])
    for file in compiled:
        cells = [outcome_of(plan).rjust(len(heading)) for plan, heading in zip(file.plans, HEADINGS, strict=True)]
        yield "  ".join([file.path.ljust(width), *cells])
        for error in file.errors_:
            yield f"    {error.splitlines()[0]}"
        for missing in file.missing if any(plan.outcome == "invalid" for plan in file.plans) else ():
            yield f"    not in this folder: {missing}"


def outcome_of(plan: Plan) -> str:
    """Return the number of jobs, or the outcome of a plan without jobs."""
    return str(len(plan.jobs)) if plan.outcome == "planned" else plan.outcome


def summary(whole: list[Compiled], parts: list[Compiled], broken: int) -> Iterator[str]:
    """Yield the lines of a summary. parts: files that others include, many of which are not valid on their own."""
    yield ""
    for title, files in (("configurations", whole), ("other YAML files", parts)):
        outcomes = Counter(plan.outcome for file in files for plan in file.plans)
        counts = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
        yield f"{len(files)} {title}, {len(PIPELINES)} pipelines each: {counts or 'none'}"
    yield f"{broken} exceptions"


if __name__ == "__main__":
    sys.exit(main())
