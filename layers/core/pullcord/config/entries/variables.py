"""Keyword `variables:` of the file, a job, a rule or a service.

Source: https://docs.gitlab.com/ci/yaml/#variables
"""

from collections.abc import Collection

from pullcord.config import ruby
from pullcord.config.checked import YamlVariable
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry
from pullcord.config.problems import Problem

OF_THE_FILE = ("value", "description", "expand", "options")
OF_A_JOB = ("value", "expand")
TEXT_ONLY: tuple[str, ...] = ()


def check(entry: Entry, data: Collection[str]) -> tuple[YamlVariable, ...]:
    """Validate variables. data: the valid keys of a variable defined by a map."""
    if isinstance(entry.value, dict):
        return tuple(
            [  # nearly all are a name and a string
                YamlVariable(key, value) if type(key) is type(value) is str else _variable(entry, key, value, data)
                for key, value in entry.value.items()
            ]
        )
    if entry.value is not None:
        checks.map_(entry)
    return ()


def _variable(entry: Entry, key: object, value: object, data: Collection[str]) -> YamlVariable:
    if isinstance(value, str) and isinstance(key, str):
        return YamlVariable(key, str(value))
    definition = entry.child(key)
    if value is None or isinstance(value, dict):
        return _defined(definition, data)
    if isinstance(value, (str, int, float)):
        definition.kind = "simple variable"
        _key(definition)
    else:
        unlocated = "variable definition must be either a string or a hash"
        entry.problems.append(Problem(unlocated, definition.location))
    return YamlVariable(ruby.to_s(key), ruby.to_s(value))


def _defined(entry: Entry, data: Collection[str]) -> YamlVariable:
    """Validate a variable defined by a map, or by null, which counts as an empty map."""
    entry.kind = "complex variable"
    _key(entry)
    value = entry.get("value")
    if value is not None and not isinstance(value, (str, int, float)):
        entry.wrong("config_value", "must be a scalar", "value")
    _data(entry)
    if not data:
        entry.wrong("config", "must be a string")
    elif extra := [key for key in entry.map if key not in data]:
        entry.wrong("config", "uses invalid data keys: " + ", ".join(map(ruby.to_s, extra)), extra[0])
    options = entry.get("options")
    if isinstance(options, list) and options and value not in options:
        entry.wrong("config", "value must be present in options", "options")
    return YamlVariable(ruby.to_s(entry.key), ruby.to_s(value), raw=entry.get("expand") is False)


def _key(entry: Entry) -> None:
    if not (isinstance(entry.key, str) or checks.is_integer(entry.key)):
        entry.wrong("key", "must be an alphanumeric string")


def _data(entry: Entry) -> None:
    """Check the keys of a definition; GitLab's messages call `description` "config description", and so on."""
    description, expand, options = entry.get("description"), entry.get("expand"), entry.get("options")
    if description is not None and not (isinstance(description, str) or checks.is_integer(description)):
        entry.wrong("config_description", "must be an alphanumeric string", "description")
    if expand is not None and not isinstance(expand, bool):
        entry.wrong("config_expand", "should be a boolean value", "expand")
    if options is not None and not checks.is_strings(options):
        entry.wrong("config_options", "should be an array of strings", "options")
