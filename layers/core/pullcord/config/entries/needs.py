"""Keyword `needs:` of a job, a trigger job or a rule.

Source: https://docs.gitlab.com/ci/yaml/#needs
"""

from collections.abc import Collection
from typing import TypeGuard

from pullcord.config import ruby
from pullcord.config.checked import Need
from pullcord.config.entries import checks, parallel
from pullcord.config.entries.entry import Entry, flattened
from pullcord.config.tree import location_of

MAX_CROSS_NEEDS = 5
"""Needs of other pipelines that a job may have, and as many of other projects."""

MAX_NAME_LENGTH = 255
_OF_A_JOB = frozenset({"job", "artifacts", "optional", "parallel"})
JOB, CROSS, BRIDGE = "job", "cross_dependency", "bridge"


def check(entry: Entry, allowed: Collection[str]) -> tuple[Need, ...] | None:
    """Validate needs; None without the key or with null. allowed: the kinds of need."""
    value = entry.value
    if value is None:
        return None
    if not isinstance(value, (dict, list)):
        entry.wrong("config", "can only be a hash or an array")
    elif isinstance(value, dict) and not value:
        entry.wrong("config", "can not be an empty hash")
    items = [(item, raw_location) for item, raw_location in flattened(value, entry.raw_location) if item is not None]
    if [item for item, _ in items if isinstance(item, dict) and checks.is_integer(item.get("parallel"))]:
        entry.wrong("config", 'cannot use "parallel: <number>".')
    if entry.own_faults():
        return ()
    found = [
        Need(item, location=location_of(raw_location))
        if _is_name(item)
        else _need(entry.item(item, "need", raw_location), allowed)
        for item, raw_location in items
    ]
    needs = [need for need in found if need is not None]
    _check_together(entry, needs, allowed)
    return tuple(needs)


def _is_name(item: object) -> TypeGuard[str]:
    """Whether a need is a valid name, as most are."""
    return type(item) is str and 0 < len(item) <= MAX_NAME_LENGTH and not item.isspace()


def kind(need: Need) -> str:
    """Return GitLab's kind of a need: a job of this pipeline, of another one, or (trigger jobs) another pipeline."""
    if need.name is None:
        return BRIDGE
    return CROSS if need.cross else JOB


def _check_together(entry: Entry, needs: list[Need], allowed: Collection[str]) -> None:
    if JOB in allowed and not [need for need in needs if need.name is None or need.cross]:
        return  # most jobs need only jobs of this pipeline
    if extra := [found for found in dict.fromkeys(map(kind, needs)) if found not in allowed]:
        entry.late("config", "uses invalid types: " + ", ".join(extra))
    for crossed in ("pipeline", "project"):
        if sum(getattr(need, crossed) is not None and need.name is not None for need in needs) > MAX_CROSS_NEEDS:
            entry.late("config", f"must be less than or equal to {MAX_CROSS_NEEDS}")


def _need(entry: Entry, allowed: Collection[str]) -> Need | None:
    value = entry.value
    if checks.is_string(value):
        checks.present(entry, "config")
        checks.max_length(entry, "config", MAX_NAME_LENGTH)
        return Need(value, location=entry.location)
    if isinstance(value, dict):
        if "project" in value or ("job" in value and "ref" in value):
            return _of_project(entry)
        if "job" in value:
            return _of_pipeline(entry) if "pipeline" in value else _of_job(entry)
        if "pipeline" in value and BRIDGE in allowed:
            checks.allowed_keys(entry, ("pipeline",))
            checks.required_string(entry, "pipeline")
            return Need(pipeline=ruby.to_s(value["pipeline"]), location=entry.location)
    entry.refuse("has an unsupported type")
    return None


def _of_job(entry: Entry) -> Need:
    checks.allowed_keys(entry, _OF_A_JOB)
    checks.required_string(entry, "job")
    checks.max_length(entry, "job", MAX_NAME_LENGTH)
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
        location=entry.location,
    )


def _of_pipeline(entry: Entry) -> Need:
    checks.allowed_keys(entry, ("pipeline", "job", "artifacts"))
    checks.required_string(entry, "pipeline")
    return _of_another(entry)


def _of_project(entry: Entry) -> Need:
    checks.allowed_keys(entry, ("project", "ref", "job", "artifacts"))
    checks.required_string(entry, "project")
    checks.required_string(entry, "ref")
    return _of_another(entry)


def _of_another(entry: Entry) -> Need:
    checks.required_string(entry, "job")
    checks.boolean(entry, "artifacts")
    project, ref, pipeline = (
        ruby.to_s(entry.get(key)) if entry.has(key) else None for key in ("project", "ref", "pipeline")
    )
    artifacts = entry.get("artifacts") is not False
    return Need(
        ruby.to_s(entry.get("job")), artifacts, project=project, ref=ref, pipeline=pipeline, location=entry.location
    )
