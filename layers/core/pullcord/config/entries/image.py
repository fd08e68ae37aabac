"""Keywords `image:` and `services:`, with their options for executors (`docker:`, `kubernetes:`).

Sources: https://docs.gitlab.com/ci/yaml/#image and https://docs.gitlab.com/ci/yaml/#services
"""

from collections.abc import Mapping

from pullcord.config import ruby
from pullcord.config.entries import checks, scripts, variables
from pullcord.config.entries.entry import Entry, flattened

EXECUTORS = ("docker", "kubernetes")
_MAX_LENGTHS: Mapping[str, Mapping[str, int]] = {"docker": {"platform": 64, "user": 255}, "kubernetes": {"user": 255}}
PULL_POLICIES = frozenset({"always", "never", "if-not-present"})
_OF_AN_IMAGE = frozenset({"name", "entrypoint", "ports", "pull_policy", *EXECUTORS})
_OF_A_SERVICE = _OF_AN_IMAGE | {"command", "alias", "variables"}


def image(entry: Entry) -> dict[str, object]:
    """Validate an image: a name, or a map with a name."""
    _check(entry)
    checks.allowed_keys(entry, _OF_AN_IMAGE)
    return _value(entry)


def services(entry: Entry) -> list[dict[str, object]]:
    """Validate the list of services."""
    if not isinstance(entry.value, list):
        entry.wrong("config", "should be an array")
        return []
    items = (
        (item, raw_location) for item, raw_location in flattened(entry.value, entry.raw_location) if item is not None
    )
    return [_service(entry.item(item, "service", raw_location)) for item, raw_location in items]


def _service(entry: Entry) -> dict[str, object]:
    _check(entry)
    checks.allowed_keys(entry, _OF_A_SERVICE)
    checks.string(entry, "alias")
    valid = not entry.own_faults()
    service = _value(entry)
    if not valid:
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
    _check_executors(entry)


def _value(entry: Entry) -> dict[str, object]:
    if isinstance(entry.value, str):
        return {"name": str(entry.value)}
    if entry.own_faults():
        return {}
    value: dict[str, object] = {key: entry.get(key) for key in ("name", "entrypoint")}
    value["executor_opts"] = {key: entry.get(key) for key in EXECUTORS if entry.get(key) is not None} or None
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


def _check_executors(entry: Entry) -> None:
    """Report invalid options for executors, in the words of GitLab's JSON schema."""
    for executor in EXECUTORS:
        written = entry.get(executor)
        if written is None:
            continue
        if not isinstance(written, dict):
            entry.wrong("executor_opts", f"value at `/{executor}` is not an object")
            continue
        for key, value in written.items():
            if fault := _fault(executor, ruby.to_s(key), value):
                entry.wrong("executor_opts", fault)


def _fault(executor: str, key: str, value: object) -> str | None:
    pointer = f"`/{executor}/{key}`"
    max_length = _MAX_LENGTHS[executor].get(key)
    if max_length is None:
        return f"object property at {pointer} is a disallowed additional property"
    if executor == "kubernetes" and checks.is_integer(value):
        return None
    if not isinstance(value, str):
        kinds = "is not one of the types: string, integer" if executor == "kubernetes" else "is not a string"
        return f"value at {pointer} {kinds}"
    if not value:
        return f"string length at {pointer} is less than: 1"
    return f"string length at {pointer} is greater than: {max_length}" if len(value) > max_length else None
