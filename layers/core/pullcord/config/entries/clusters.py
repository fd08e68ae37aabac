"""`environment:kubernetes:`.

Source: https://docs.gitlab.com/ci/yaml/#environmentkubernetes
"""

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

_KEYS = ("namespace", "agent", "flux_resource_path", "managed_resources", "dashboard")
_OF_DASHBOARD = ("namespace", "flux_resource_path")


def check(entry: Entry) -> None:
    """Report what is wrong with the cluster of an environment."""
    checks.present(entry, "config")
    checks.allowed_keys(entry, _KEYS)
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
            place = f"`/{ruby.to_s(key)}`"
            entry.wrong("managed_resources", f"object property at {place} is a disallowed additional property")
        elif not isinstance(value, bool):
            entry.wrong("managed_resources", "value at `/enabled` is not a boolean")


def _check_dashboard(entry: Entry, dashboard: object) -> None:
    if ruby.blank(dashboard):
        return
    if not isinstance(dashboard, dict):
        entry.wrong("dashboard", "value at root is not an object")
        return
    for key, value in dashboard.items():
        place = f"`/{ruby.to_s(key)}`"
        if key not in _OF_DASHBOARD:
            entry.wrong("dashboard", f"object property at {place} is a disallowed additional property")
        elif not isinstance(value, str):
            entry.wrong("dashboard", f"value at {place} is not a string")
    for key in _OF_DASHBOARD:
        if not ruby.blank(entry.get(key)) and not ruby.blank(dashboard.get(key)):
            entry.wrong(key, f"cannot be specified when dashboard.{key} is set")
