"""`make corpus DIR=…`: compile every configuration below a folder for six kinds of pipelines, and report.

For configurations as people write them: whatever they hold, the answer has to be jobs or a message, never an exception.
"""

import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pullcord.config.compiler import compile_pipeline
from pullcord.config.plan import Plan
from pullcord.config.variables import predefined
from pullcord_local.explain.situation import MERGE_REQUEST, Situation, by_kind
from pullcord_local.explain.worktree import WorkTree

NAMES = {".gitlab-ci.yml", ".gitlab-ci.yaml"}
ENDINGS = {".yml", ".yaml"}
OCCASIONS = [(source, tag) for source in ("trigger", "push", MERGE_REQUEST) for tag in (False, True)]
HEADINGS = [f"{source.removesuffix('_event')} {'tag' if tag else 'branch'}" for source, tag in OCCASIONS]


class Compiled(NamedTuple):
    """One file: its six plans, and what was asked for and is not in its folder."""

    path: str
    plans: list[Plan]
    wanted: list[str]

    @property
    def complaints(self) -> list[str]:
        """Each error once."""
        return list(dict.fromkeys(error.message for plan in self.plans for error in plan.errors[:1]))


def main() -> int:
    """Exit status: 0 everything was answered, 1 something raised an exception, 2 there is no such folder."""
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
        except Exception:  # noqa: BLE001 - this is what the corpus is searched for
            broken += 1
            sys.stdout.write(f"EXCEPTION {file.relative_to(folder)}\n{traceback.format_exc()}\n")
            continue
        (whole if file.name in NAMES else parts).append(compiled)
    sys.stdout.write("\n".join([*table(whole), *summary(whole, parts, broken)]) + "\n")
    return 1 if broken else 0


def compile_file(file: Path, folder: Path) -> Compiled:
    """The plans of one file, as a file of the project that it lies in."""
    root = project_of(file, folder)
    text, name = file.read_bytes().decode(errors="replace"), file.relative_to(root).as_posix()
    tree = WorkTree(root)
    plans = [compile_pipeline(text, name, situation(source, tag=tag).context(), tree) for source, tag in OCCASIONS]
    return Compiled(str(file.relative_to(folder)), plans, list(dict.fromkeys(tree.wanted)))


def project_of(file: Path, folder: Path) -> Path:
    """The repository around a file, else the topmost folder below the one that is searched."""
    above = [parent for parent in file.parents if parent.is_relative_to(folder)]
    return next((parent for parent in above if (parent / ".git").exists()), above[-2] if len(above) > 1 else folder)


def situation(source: str, *, tag: bool) -> Situation:
    """A pipeline of the default branch or of a tag."""
    made = Situation(ref="v1.0.0" if tag else "main", tag=tag, source=source)
    facts = predefined.Facts(
        source=source,
        ref=made.ref,
        tag=tag,
        sha=made.sha,
        project_path=made.project,
        server_url="https://gitlab.example.com",
        merge_request=by_kind(made) if source == MERGE_REQUEST else None,
        triggered=source == "trigger",
    )
    return made.told(facts)


def table(compiled: list[Compiled]) -> Iterator[str]:
    """How many jobs each configuration has for each kind of pipeline, and what it complains about."""
    width = max((len(one.path) for one in compiled), default=0)
    yield "  ".join(["CONFIGURATION".ljust(width), *HEADINGS])
    for one in compiled:
        cells = [shown(plan).rjust(len(heading)) for plan, heading in zip(one.plans, HEADINGS, strict=True)]
        yield "  ".join([one.path.ljust(width), *cells])
        for complaint in one.complaints:
            yield f"    {complaint.splitlines()[0]}"
        for wanted in one.wanted if any(plan.outcome == "invalid" for plan in one.plans) else ():
            yield f"    not in this folder: {wanted}"


def shown(plan: Plan) -> str:
    """The number of jobs, or why there are none."""
    return str(len(plan.jobs)) if plan.outcome == "planned" else plan.outcome


def summary(whole: list[Compiled], parts: list[Compiled], broken: int) -> Iterator[str]:
    """Counts over everything. Parts are files that others include: many mean nothing on their own."""
    yield ""
    for title, files in (("configurations", whole), ("other YAML files", parts)):
        outcomes = Counter(plan.outcome for one in files for plan in one.plans)
        told = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
        yield f"{len(files)} {title}, {len(OCCASIONS)} pipelines each: {told or 'none'}"
    yield f"{broken} exceptions"


if __name__ == "__main__":
    sys.exit(main())
