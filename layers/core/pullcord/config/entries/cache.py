"""Keyword `cache:`, a cache or a list of them.

Source: https://docs.gitlab.com/ci/yaml/#cache
"""

import re

from pullcord.config.entries import checks, plain
from pullcord.config.entries.entry import Entry, flattened

MAX_CACHES = 4
MAX_FILES = 2
MAX_FALLBACKS = 5
WHEN = ("on_success", "on_failure", "always")
_POLICY = re.compile(r"pull-push|push|pull|\$")
_DEFAULT = "default"
_KEYS = frozenset({"key", "untracked", "paths", "when", "policy", "unprotect", "fallback_keys"})


def check(entry: Entry) -> list[dict[str, object]]:
    """Validate caches. The result has all keys with defaults.

    Messages call the list `caches` and an item `cache`, whatever their keys.
    """
    owner = Entry(entry.value, None, entry.problems, parent=entry.parent, location=entry.raw_location, kind="caches")
    value = entry.value
    if not isinstance(value, (dict, list)):
        owner.wrong("config", "can only be a hash or an array")
    elif isinstance(value, list) and len(value) > MAX_CACHES:
        owner.wrong("config", f"no more than {MAX_CACHES} caches can be created")
    if owner.own_faults():
        return []
    items = ((item, raw_location) for item, raw_location in flattened(value, entry.raw_location) if item is not None)
    return [_cache(owner.item(item, "cache", raw_location)) for item, raw_location in items]


def _cache(entry: Entry) -> dict[str, object]:
    if not checks.map_(entry):
        checks.map_(entry)
    checks.allowed_keys(entry, _KEYS)
    _check_policy(entry)
    checks.one_of(entry, "when", WHEN, "should be one of: " + ", ".join(WHEN))
    checks.max_length(entry, "fallback_keys", MAX_FALLBACKS, f"has to many entries (maximum {MAX_FALLBACKS})")
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
    """Validate `key`: a string, or a map of files and a prefix."""
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
    """Check a name that becomes part of a path, also when it is URL-decoded."""
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
    checks.max_length(entry, "config", MAX_FILES, f"has too many items (maximum is {MAX_FILES})")
    return [file.lstrip("/") for file in entry.value] if checks.is_strings(entry.value) else []
