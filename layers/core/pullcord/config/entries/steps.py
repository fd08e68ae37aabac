"""Keyword `run:`: the steps of a job without script.

Source: https://docs.gitlab.com/ci/yaml/#run
"""

from collections.abc import Mapping

from pullcord.config.entries.entry import Entry

_FORMS = (frozenset({"step"}), frozenset({"func"}), frozenset({"script"}))
_CONFLICTING = frozenset({"name", "env", "inputs"})


def check(entry: Entry) -> None:
    """Check that every step has a name and exactly one of `step`, `func` and `script`."""
    run = entry.get("run")
    if run is None:
        return
    if not isinstance(run, list):
        entry.wrong("run", "value at root is not an array")
        return
    for index, step in enumerate(run):
        if not (isinstance(step, dict) and _is_step(step)):
            entry.wrong("run", f"value at /{index} should use only one of: name, step, script")


def _is_step(step: Mapping[object, object]) -> bool:
    name, script = step.get("name"), step.get("script", "")
    return (
        isinstance(name, str)
        and name.isascii()
        and name.isidentifier()
        and frozenset(step) - _CONFLICTING in _FORMS
        and isinstance(script, str)
        and ("script" not in step or (bool(script) and "inputs" not in step))
    )
