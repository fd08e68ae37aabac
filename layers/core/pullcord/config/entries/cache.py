"""`cache:`, one or several.

Source: https://docs.gitlab.com/ci/yaml/#cache
"""

import re

from pullcord.config.entries import checks, plain
from pullcord.config.entries.entry import Entry, flattened

MOST = 4
MOST_FILES = 2
MOST_FALLBACKS = 5
WHEN = ("on_success", "on_failure", "always")
_POLICY = re.compile(r"pull-push|push|pull|\$")
_DEFAULT = "default"
_KEYS = frozenset({"key", "untracked", "paths", "when", "policy", "unprotect", "fallback_keys"})


def check(entry: Entry) -> list[dict[str, object]]:
    """Every cache with all that has a default. Locations call the list `caches` and an item `cache`, without keys."""
    owner = Entry(entry.value, None, entry.problems, parent=entry.parent, place=entry.spot, kind="caches")
    value = entry.value
    if not isinstance(value, (dict, list)):
        owner.wrong("config", "can only be a hash or an array")
    elif isinstance(value, list) and len(value) > MOST:
        owner.wrong("config", f"no more than {MOST} caches can be created")
    if owner.own_faults():
        return []
    items = ((item, spot) for item, spot in flattened(value, entry.spot) if item is not None)
    return [_cache(owner.item(item, "cache", spot)) for item, spot in items]


def _cache(entry: Entry) -> dict[str, object]:
    if not checks.map_(entry):
        checks.map_(entry)
    checks.allowed_keys(entry, _KEYS)
    _check_policy(entry)
    checks.one_of(entry, "when", WHEN, "should be one of: " + ", ".join(WHEN))
    checks.longest(entry, "fallback_keys", MOST_FALLBACKS, f"has to many entries (maximum {MOST_FALLBACKS})")
    if entry.own_faults():
        return {}
    cache: dict[str, object] = {"key": _key(entry.child("key"))}
    for name, keyword in (("unprotect", plain.boolean), ("untracked", plain.boolean), ("paths", plain.strings)):
        if entry.get(name) is not None:
            cache[name] = keyword(entry.child(name))
    fallbacks = entry.get("fallback_keys")
    return cache | {
        "unprotect": entry.get("unprotect") is True,
        "policy": entry.get("policy") or "pull-push",
        "when": entry.get("when") or "on_success",
        "fallback_keys": [] if fallbacks is None else plain.strings(entry.child("fallback_keys")),
    }


def _check_policy(entry: Entry) -> None:
    policy = entry.get("policy")
    if policy is None or policy == "":
        return
    checks.string(entry, "policy")
    if not (isinstance(policy, str) and _POLICY.search(policy)):
        entry.wrong("policy", "should be a variable or one of: pull-push, push, pull")


def _key(entry: Entry) -> object:
    """A text, or a map of the files that decide it and a prefix."""
    value = entry.value
    if value is None:
        return _DEFAULT
    if isinstance(value, str):
        _check_name(entry)
        return str(value)
    if not isinstance(value, dict):
        entry.refuse("should be a hash, a string or a symbol")
        return None
    checks.allowed_keys(entry, ("files", "files_commits", "prefix"))
    if sum(key in value for key in ("files", "files_commits")) != 1:
        entry.wrong("config", "must use exactly one of these keys: files, files_commits")
    if entry.own_faults():
        return None
    key: dict[str, object] = {}
    for name in ("files", "files_commits"):
        if value.get(name) is not None:
            key[name] = _files(entry.child(name))
    if value.get("prefix") is not None:
        _check_name(entry.child("prefix"))
        key["prefix"] = value["prefix"]
    return key


def _check_name(entry: Entry) -> None:
    """A name that will be part of a path, also once it is decoded."""
    if not isinstance(entry.value, str):
        entry.wrong("config", "should be a string or symbol")
        return
    name = entry.value
    if "%" in name:
        from urllib.parse import unquote_plus  # few names need it, and it is slow to load

        name = unquote_plus(name)
    if "/" in name:
        entry.wrong("config", 'cannot contain the "/" character')
    elif name in {".", ".."}:
        entry.wrong("config", 'cannot be "." or ".."')


def _files(entry: Entry) -> list[str]:
    checks.strings(entry, "config")
    if checks.length(entry.value) < 1:
        entry.wrong("config", "requires at least 1 item")
    checks.longest(entry, "config", MOST_FILES, f"has too many items (maximum is {MOST_FILES})")
    return [file.lstrip("/") for file in entry.value] if checks.is_strings(entry.value) else []
