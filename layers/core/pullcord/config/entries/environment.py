"""Keyword `environment:`.

Sources: https://docs.gitlab.com/ci/yaml/#environment and https://docs.gitlab.com/ci/yaml/#environmentkubernetes
"""

import re

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

ACTIONS = ("start", "stop", "prepare", "verify", "access")
_KEYS = frozenset({"name", "url", "action", "on_stop", "auto_stop_in", "kubernetes", "deployment_tier"})
_KUBERNETES_KEYS = ("namespace", "agent", "flux_resource_path", "managed_resources", "dashboard")
_DASHBOARD_KEYS = ("namespace", "flux_resource_path")
_NAME = re.compile(r"[A-Za-z0-9_${}. -]([A-Za-z0-9_/${}. -]*[A-Za-z0-9_${}. -])?")
_MALFORMED = (
    "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', and spaces, "
    "but it cannot start or end with '/'"
)


def check(entry: Entry) -> dict[str, object]:
    """Validate an environment: a name, or a map with a name. The default action of a name alone is `start`."""
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
    checks.max_length(entry, "url", 255)
    checks.one_of(entry, "action", ACTIONS, "should be start, stop, prepare, verify, or access")
    checks.string(entry, "deployment_tier")
    checks.string(entry, "on_stop")
    if (kubernetes := value.get("kubernetes")) is not None and not isinstance(kubernetes, dict):
        entry.wrong("kubernetes", "should be a hash")
    checks.string(entry, "auto_stop_in")
    if kubernetes is not None and not entry.own_faults():
        _check_kubernetes(entry.child("kubernetes"))
    return {ruby.to_s(key): item for key, item in value.items() if item is not None}


def _check_name(entry: Entry, name: object) -> None:
    checks.present_as(entry, "name", name)
    if not checks.is_string(name):
        entry.wrong("name", _MALFORMED)
    if not _NAME.fullmatch(ruby.to_s(name)):
        entry.wrong("name", _MALFORMED)


def _check_kubernetes(entry: Entry) -> None:
    checks.present(entry, "config")
    checks.allowed_keys(entry, _KUBERNETES_KEYS)
    path, dashboard, managed = (entry.get(key) for key in ("flux_resource_path", "dashboard", "managed_resources"))
    checks.string(entry, "namespace")
    if not ruby.blank(path):
        checks.present(entry, "namespace")
    checks.string(entry, "agent")
    enabled = isinstance(managed, dict) and managed.get("enabled") is True
    if enabled or not ruby.blank(path) or not ruby.blank(dashboard):
        checks.present(entry, "agent")
    checks.string(entry, "flux_resource_path")
    _check_managed(entry, managed)
    _check_dashboard(entry, dashboard)


def _check_managed(entry: Entry, managed: object) -> None:
    if managed is None:
        return
    if not isinstance(managed, dict):
        entry.wrong("managed_resources", "value at root is not an object")
        return
    for key, value in managed.items():
        if key != "enabled":
            pointer = f"`/{ruby.to_s(key)}`"
            entry.wrong("managed_resources", f"object property at {pointer} is a disallowed additional property")
        elif not isinstance(value, bool):
            entry.wrong("managed_resources", "value at `/enabled` is not a boolean")


def _check_dashboard(entry: Entry, dashboard: object) -> None:
    if ruby.blank(dashboard):
        return
    if not isinstance(dashboard, dict):
        entry.wrong("dashboard", "value at root is not an object")
        return
    for key, value in dashboard.items():
        pointer = f"`/{ruby.to_s(key)}`"
        if key not in _DASHBOARD_KEYS:
            entry.wrong("dashboard", f"object property at {pointer} is a disallowed additional property")
        elif not isinstance(value, str):
            entry.wrong("dashboard", f"value at {pointer} is not a string")
    for key in _DASHBOARD_KEYS:
        if not ruby.blank(entry.get(key)) and not ruby.blank(dashboard.get(key)):
            entry.wrong(key, f"cannot be specified when dashboard.{key} is set")
