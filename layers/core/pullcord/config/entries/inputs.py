"""Keyword `inputs:` of a job.

Source: https://docs.gitlab.com/ci/inputs/
"""

from pullcord.config import ruby
from pullcord.config.entries import checks, input_types
from pullcord.config.entries.entry import Entry

MAX_INPUTS = 50
MAX_OPTIONS = 50
_KEYS = ("default", "description", "options", "regex", "type")


def check(entry: Entry) -> dict[str, object]:
    """Validate inputs. The result has their keys as written, and a type, by default "string"."""
    checks.map_(entry)
    return {ruby.to_s(name): _input(entry.child(name, "job input")) for name in entry.map}


def check_defaults(entry: Entry) -> None:
    """Report, at the job, inputs whose default is not of their type. Too many inputs are not checked."""
    declared = entry.get("inputs")
    if not isinstance(declared, dict):
        return
    if len(declared) > MAX_INPUTS:
        entry.late("inputs", f"has too many entries (maximum {MAX_INPUTS})")
        return
    for name, spec in declared.items():
        type_ = ruby.to_s(spec.get("type") or "string")
        default = ruby.to_s(spec["default"]) if type_ == "string" else spec["default"]
        for fault in input_types.faults(default, type_, spec.get("options"), spec.get("regex"), default=True):
            entry.late("inputs", f"`{ruby.to_s(name)}`: {fault}")


def _input(entry: Entry) -> dict[str, object]:
    if not (isinstance(entry.key, str) or checks.is_integer(entry.key)):
        entry.wrong("key", "must be an alphanumeric string")
    _check_attributes(entry)
    _check_options(entry)
    if entry.value is not None and not checks.map_(entry):
        return {}
    checks.allowed_keys(entry, _KEYS)
    if entry.get("default") is None:
        entry.wrong("", "must have a default value")
    return {**{ruby.to_s(key): item for key, item in entry.map.items()}, "type": entry.get("type") or "string"}


def _check_attributes(entry: Entry) -> None:
    """Check attributes; GitLab's messages call the key `type` "input type", and so on."""
    description, regex, type_ = entry.get("description"), entry.get("regex"), entry.get("type")
    if description is not None and not (isinstance(description, str) or checks.is_integer(description)):
        entry.wrong("input_description", "must be an alphanumeric string", "description")
    if regex is not None and not checks.is_string(regex):
        entry.wrong("input_regex", "should be a string", "regex")
    if type_ is not None and ruby.to_s(type_) not in input_types.TYPES:
        entry.wrong("input_type", f"unknown value: {ruby.to_s(type_)}", "type")


def _check_options(entry: Entry) -> None:
    options = entry.get("options")
    if options is None:
        return
    if not isinstance(options, list):
        entry.wrong("input_options", "should be an array")
    elif len(options) > MAX_OPTIONS:
        entry.wrong("config", f"cannot define more than {MAX_OPTIONS} options")
    if isinstance(options, list) and None in options:
        entry.wrong("config", "options array cannot contain null values")
