"""`needs:` of a job, a trigger job or a rule.

Source: https://docs.gitlab.com/ci/yaml/#needs
"""

from collections.abc import Collection
from typing import TypeGuard

from pullcord.config import ruby
from pullcord.config.checked import Need
from pullcord.config.entries import checks, parallel
from pullcord.config.entries.entry import Entry, flattened
from pullcord.config.tree import place_of

MOST_CROSS = 5
"""Needs of other pipelines, and of other projects, that one job may have."""

LONGEST_NAME = 255
_OF_A_JOB = frozenset({"job", "artifacts", "optional", "parallel"})
JOB, CROSS, BRIDGE = "job", "cross_dependency", "bridge"


def check(entry: Entry, allowed: Collection[str]) -> tuple[Need, ...] | None:
    """The needs in the order of the file; None without the key or null. `allowed`: the kinds of need."""
    value = entry.value
    if value is None:
        return None
    if not isinstance(value, (dict, list)):
        entry.wrong("config", "can only be a hash or an array")
    elif isinstance(value, dict) and not value:
        entry.wrong("config", "can not be an empty hash")
    items = [(item, spot) for item, spot in flattened(value, entry.spot) if item is not None]
    if [item for item, _ in items if isinstance(item, dict) and checks.is_integer(item.get("parallel"))]:
        entry.wrong("config", 'cannot use "parallel: <number>".')
    if entry.own_faults():
        return ()
    found = [
        Need(item, place=place_of(spot)) if _is_name(item) else _need(entry.item(item, "need", spot), allowed)
        for item, spot in items
    ]
    needs = [need for need in found if need is not None]
    _check_together(entry, needs, allowed)
    return tuple(needs)


def _is_name(item: object) -> TypeGuard[str]:
    """The usual need: only a name, with nothing wrong about it."""
    return type(item) is str and 0 < len(item) <= LONGEST_NAME and not item.isspace()


def kind(need: Need) -> str:
    """GitLab's kind of a need: a job of this pipeline, a job of elsewhere, or (trigger jobs) a pipeline of elsewhere."""
    if need.name is None:
        return BRIDGE
    return CROSS if need.cross else JOB


def _check_together(entry: Entry, needs: list[Need], allowed: Collection[str]) -> None:
    if JOB in allowed and not [need for need in needs if need.name is None or need.cross]:
        return  # the usual needs
    if extra := [found for found in dict.fromkeys(map(kind, needs)) if found not in allowed]:
        entry.late("config", "uses invalid types: " + ", ".join(extra))
    for crossed in ("pipeline", "project"):
        if sum(getattr(need, crossed) is not None and need.name is not None for need in needs) > MOST_CROSS:
            entry.late("config", f"must be less than or equal to {MOST_CROSS}")


def _need(entry: Entry, allowed: Collection[str]) -> Need | None:
    value = entry.value
    if checks.is_string(value):
        checks.present(entry, "config")
        checks.longest(entry, "config", LONGEST_NAME)
        return Need(value, place=entry.place)
    if isinstance(value, dict):
        if "project" in value or ("job" in value and "ref" in value):
            return _of_project(entry)
        if "job" in value:
            return _of_pipeline(entry) if "pipeline" in value else _of_job(entry)
        if "pipeline" in value and BRIDGE in allowed:
            checks.allowed_keys(entry, ("pipeline",))
            checks.required_string(entry, "pipeline")
            return Need(pipeline=ruby.to_s(value["pipeline"]), place=entry.place)
    entry.refuse("has an unsupported type")
    return None


def _of_job(entry: Entry) -> Need:
    checks.allowed_keys(entry, _OF_A_JOB)
    checks.required_string(entry, "job")
    checks.longest(entry, "job", LONGEST_NAME)
    checks.boolean(entry, "artifacts")
    checks.boolean(entry, "optional")
    matrix = None
    if entry.has("parallel") and not entry.own_faults():
        matrix = parallel.check(entry.child("parallel"), numbers=False)
    return Need(
        ruby.to_s(entry.get("job")),
        artifacts=entry.get("artifacts") is not False,
        optional=entry.get("optional") is True,
        matrix=(matrix.matrix or ()) if matrix else (),
        place=entry.place,
    )


def _of_pipeline(entry: Entry) -> Need:
    checks.allowed_keys(entry, ("pipeline", "job", "artifacts"))
    checks.required_string(entry, "pipeline")
    return _of_elsewhere(entry)


def _of_project(entry: Entry) -> Need:
    checks.allowed_keys(entry, ("project", "ref", "job", "artifacts"))
    checks.required_string(entry, "project")
    checks.required_string(entry, "ref")
    return _of_elsewhere(entry)


def _of_elsewhere(entry: Entry) -> Need:
    checks.required_string(entry, "job")
    checks.boolean(entry, "artifacts")
    project, ref, pipeline = (
        ruby.to_s(entry.get(key)) if entry.has(key) else None for key in ("project", "ref", "pipeline")
    )
    artifacts = entry.get("artifacts") is not False
    return Need(ruby.to_s(entry.get("job")), artifacts, project=project, ref=ref, pipeline=pipeline, place=entry.place)
