"""`environment:`.

Source: https://docs.gitlab.com/ci/yaml/#environment
"""

import re

from pullcord.config import ruby
from pullcord.config.entries import checks, clusters
from pullcord.config.entries.entry import Entry

ACTIONS = ("start", "stop", "prepare", "verify", "access")
_KEYS = frozenset({"name", "url", "action", "on_stop", "auto_stop_in", "kubernetes", "deployment_tier"})
_NAME = re.compile(r"[A-Za-z0-9_${}. -]([A-Za-z0-9_/${}. -]*[A-Za-z0-9_${}. -])?")
_MALFORMED = (
    "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces, "
    "but it cannot start or end with '/'"
)


def check(entry: Entry) -> dict[str, object]:
    """Where a job deploys to: a name, or a map with one. The action is `start` where nothing else is written."""
    value = entry.value
    if not isinstance(value, (dict, str)):
        entry.wrong("config", "should be a hash or a string")
    _check_name(entry, value if isinstance(value, str) else entry.get("name"))
    if isinstance(value, str):
        return {"name": str(value), "action": "start"}
    if not isinstance(value, dict):
        return {}
    checks.allowed_keys(entry, _KEYS)
    checks.string(entry, "url")
    checks.longest(entry, "url", 255)
    checks.one_of(entry, "action", ACTIONS, "should be start, stop, prepare, verify, or access")
    checks.string(entry, "deployment_tier")
    checks.string(entry, "on_stop")
    if (kubernetes := value.get("kubernetes")) is not None and not isinstance(kubernetes, dict):
        entry.wrong("kubernetes", "should be a hash")
    checks.string(entry, "auto_stop_in")
    if kubernetes is not None and not entry.own_faults():
        clusters.check(entry.child("kubernetes"))
    return {ruby.to_s(key): item for key, item in value.items() if item is not None}


def _check_name(entry: Entry, name: object) -> None:
    checks.present_as(entry, "name", name)
    if not checks.is_string(name):
        entry.wrong("name", _MALFORMED)
    if not _NAME.fullmatch(ruby.to_s(name)):
        entry.wrong("name", _MALFORMED)
