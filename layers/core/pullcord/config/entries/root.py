"""Whole file: global keywords and jobs.

Source: https://docs.gitlab.com/ci/yaml/#global-keywords
"""

from collections.abc import Callable

from pullcord.config import ruby
from pullcord.config.checked import CheckedConfig, CheckedJob
from pullcord.config.entries import bridge, default, includes, job, stages, variables, workflow
from pullcord.config.entries.entry import Entry
from pullcord.config.entries.processable import Validation
from pullcord.config.problems import Invalid, Problem
from pullcord.config.tree import Map

Check = Callable[[Entry, Validation], CheckedJob | None]

RESERVED = frozenset({*default.OF_THE_FILE, "include", "variables", "stages"})
"""Keys that are never jobs."""

GLOBAL = RESERVED | {"default", "workflow"}


def check(content: Map) -> CheckedConfig:
    """Validate a merged configuration. With `errors`, the rest of the result is incomplete."""
    root = Entry(content, None, [], location=content.raw_location, kind="root")
    try:
        return _check(root, content)
    except Invalid as found:
        return CheckedConfig(errors=found.problems)


def _check(root: Entry, content: Map) -> CheckedConfig:
    top = {key: unreported for key in default.OF_THE_FILE if (unreported := default.unreported(root, key))}
    defaults = default.check(_global(root, "default"), top)
    if root.get("include") is not None:
        includes.check(root.child("include"))
    for key in ("before_script", "image", "services", "after_script"):
        root.problems.extend(top[key].problems if key in top else ())
    global_variables = variables.check(root.child("variables"), variables.OF_THE_FILE)
    stages_ = stages.check(root.child("stages"))
    root.problems.extend(top["cache"].problems if "cache" in top else ())
    flow = workflow.check(_global(root, "workflow"))
    warnings: list[Problem] = []
    jobs = _jobs(root, content, Validation(defaults, None if flow.has_rules else warnings))
    return CheckedConfig(stages_, global_variables, flow, jobs, tuple(root.problems), tuple(warnings))


def _global(root: Entry, key: str) -> Entry:
    """Return the global keyword `default` or `workflow`; an empty entry if a job has that name."""
    entry = root.child(key)
    return (
        Entry(None, key, root.problems, parent=root, location=entry.raw_location) if _kind(key, entry.value) else entry
    )


def _jobs(root: Entry, content: Map, validation: Validation) -> tuple[CheckedJob, ...]:
    jobs = Entry(content, "jobs", root.problems, parent=root, location=content.raw_location)
    kinds = {key: _kind(key, value) for key, value in content.items() if key not in RESERVED}
    for name, kind in kinds.items():
        if kind is None and name not in GLOBAL:
            jobs.wrong("", f"{ruby.to_s(name)} config should implement the script:, run:, or trigger: keyword", name)
    if not any(kind in VISIBLE for kind in kinds.values()):
        jobs.wrong("config", "should contain at least one visible job")
    if jobs.own_faults():
        return ()
    found = (kind(jobs.child(name, "job"), validation) for name, kind in kinds.items() if kind)
    return tuple(checked for checked in found if checked is not None)


def _kind(name: object, value: object) -> Check | None:
    """Return the check of a job or hidden job; None for other keys."""
    if ruby.to_s(name).startswith("."):
        return _hidden
    if isinstance(value, dict):
        if "script" in value or "run" in value:
            return job.check
        if "trigger" in value or "needs" in value:
            return bridge.check
    return None


def _hidden(entry: Entry, _validation: Validation) -> None:
    if ruby.blank(entry.value):
        entry.wrong("config", "can't be blank")


VISIBLE: tuple[Check, ...] = (job.check, bridge.check)
