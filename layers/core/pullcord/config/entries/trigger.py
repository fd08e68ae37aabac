"""Keyword `trigger:`: the pipeline that a trigger job starts.

Source: https://docs.gitlab.com/ci/yaml/#trigger
"""

from pullcord.config import ruby
from pullcord.config.entries import checks, includes
from pullcord.config.entries.entry import Entry

MAX_INCLUDES = 3
STRATEGIES = ("depend", "mirror")
_OF_ANOTHER_PROJECT = ("project", "branch", "strategy", "forward", "inputs")
_OF_A_CHILD = ("strategy", "include", "forward")


def check(entry: Entry) -> dict[str, object]:
    """Validate a project's name, or a map with `project` or `include`. The result has the written keys."""
    value = entry.value
    if isinstance(value, str):
        checks.present(entry, "config")
        return {"project": str(value)}
    if not isinstance(value, dict):
        entry.refuse("has to be either a string or a hash")
        return {}
    checks.present(entry, "config")
    if "include" in value:
        checks.allowed_keys(entry, _OF_A_CHILD)
        _check_strategy(entry)
    else:
        checks.allowed_keys(entry, _OF_ANOTHER_PROJECT)
        checks.required_string(entry, "project")
        checks.string(entry, "branch")
        _check_strategy(entry)
    if not entry.own_faults():
        _check_children(entry)
    return {ruby.to_s(key): item for key, item in value.items() if item is not None}


def _check_strategy(entry: Entry) -> None:
    checks.one_of(entry, "strategy", STRATEGIES, "should be " + " or ".join(STRATEGIES))


def _check_children(entry: Entry) -> None:
    if entry.get("include") is not None:
        includes.check(entry.child("include"), MAX_INCLUDES)
    if entry.get("forward") is not None:
        forward = entry.child("forward")
        checks.allowed_keys(forward, ("yaml_variables", "pipeline_variables"))
        checks.boolean(forward, "yaml_variables")
        checks.boolean(forward, "pipeline_variables")
    if entry.get("inputs") is not None:
        checks.map_(entry.child("inputs"))
