"""Keywords with commands: `script`, `before_script`, `after_script`, those of services, and `hooks`.

Source: https://docs.gitlab.com/ci/yaml/#script
"""

from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry, flattened

_MALFORMED = f"should be a string or a nested array of strings up to {checks.MAX_LEVELS} levels deep"


def commands(entry: Entry) -> list[str]:
    """Validate commands: a string is one command, nested lists are flattened."""
    value = entry.value
    if isinstance(value, str):
        return [str(value)]
    if checks.is_strings(value):
        return list(value)
    if not checks.is_nested_strings(value):
        entry.wrong("config", _MALFORMED)
        return []
    return [str(item) for item, _ in flattened(value, None)]


def hooks(entry: Entry) -> dict[str, object]:
    """Validate `hooks`: commands to run before the sources are fetched."""
    if not checks.map_(entry):
        checks.map_(entry)
    checks.allowed_keys(entry, ("pre_get_sources_script",))
    if entry.own_faults() or entry.get("pre_get_sources_script") is None:
        return {}
    return {"pre_get_sources_script": commands(entry.child("pre_get_sources_script"))}
