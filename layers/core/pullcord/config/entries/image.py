"""`image:` and `services:`.

Source: https://docs.gitlab.com/ci/yaml/#image, https://docs.gitlab.com/ci/yaml/#services
"""

from pullcord.config.entries import checks, executors, scripts, variables
from pullcord.config.entries.entry import Entry, flattened

PULL_POLICIES = frozenset({"always", "never", "if-not-present"})
_OF_AN_IMAGE = frozenset({"name", "entrypoint", "ports", "pull_policy", *executors.KEYS})
_OF_A_SERVICE = _OF_AN_IMAGE | {"command", "alias", "variables"}


def image(entry: Entry) -> dict[str, object]:
    """A container image by name, or with options."""
    _check(entry)
    checks.allowed_keys(entry, _OF_AN_IMAGE)
    return _value(entry)


def services(entry: Entry) -> list[dict[str, object]]:
    """The containers beside a job, in order."""
    if not isinstance(entry.value, list):
        entry.wrong("config", "should be an array")
        return []
    items = ((item, spot) for item, spot in flattened(entry.value, entry.spot) if item is not None)
    return [_service(entry.item(item, "service", spot)) for item, spot in items]


def _service(entry: Entry) -> dict[str, object]:
    _check(entry)
    checks.allowed_keys(entry, _OF_A_SERVICE)
    checks.string(entry, "alias")
    sound = not entry.own_faults()
    service = _value(entry)
    if not sound:
        return service
    if entry.get("alias") is not None:
        service["alias"] = entry.get("alias")
    if entry.get("variables") is not None:
        defined = variables.check(entry.child("variables"), variables.TEXT_ONLY)
        service["variables"] = {variable.key: variable.value for variable in defined}
    if entry.get("command") is not None:
        service["command"] = scripts.commands(entry.child("command"))
    return service


def _check(entry: Entry) -> None:
    if isinstance(entry.value, str):
        checks.present_as(entry, "name", entry.value)
        return
    if not isinstance(entry.value, dict):
        entry.wrong("config", "should be a hash or a string")
    checks.disallowed_keys(entry, ("ports",))
    checks.required_string(entry, "name")
    checks.strings(entry, "entrypoint")
    executors.check(entry)


def _value(entry: Entry) -> dict[str, object]:
    if isinstance(entry.value, str):
        return {"name": str(entry.value)}
    if entry.own_faults():
        return {}
    value: dict[str, object] = {key: entry.get(key) for key in ("name", "entrypoint")}
    value["executor_opts"] = executors.options(entry)
    if entry.get("pull_policy") is not None:
        value["pull_policy"] = _pull_policy(entry.child("pull_policy"))
    return {key: item for key, item in value.items() if item is not None}


def _pull_policy(entry: Entry) -> list[object] | None:
    value = entry.value
    checks.strings_or_string(entry, "config")
    if isinstance(value, list):
        checks.known_items(entry, "config", PULL_POLICIES)
        checks.present(entry, "config")
        return value or None
    if isinstance(value, str) and value not in PULL_POLICIES:
        entry.wrong("config", "is not included in the list")
    return [value]
