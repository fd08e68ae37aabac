"""Keyword `include:` as validated in `trigger`, and in a file that included nothing.

Sources: https://docs.gitlab.com/ci/yaml/#include and https://docs.gitlab.com/ci/yaml/#triggerinclude
"""

import base64
import binascii

from pullcord.config import ruby
from pullcord.config.entries import checks, rules
from pullcord.config.entries.entry import Entry, flattened

_KEYS = frozenset(
    {
        "local",
        "file",
        "remote",
        "project",
        "ref",
        "integrity",
        "cache",
        "template",
        "artifact",
        "inputs",
        "job",
        "rules",
        "component",
    }
)
_DIGEST = "sha256-"
_MIN_CACHE_SECONDS = 60


def check(entry: Entry, maximum: int | None = None) -> None:
    """Validate a path or a list of at most `maximum` files."""
    value = entry.value
    if not isinstance(value, (list, str)):
        entry.wrong("config", "should be an array or a string")
    elif isinstance(value, list) and maximum is not None and len(value) > maximum:
        entry.wrong("config", f"is too long (maximum is {maximum})")
    if entry.own_faults():
        return
    for item, raw_location in flattened(value, entry.raw_location):
        if item is not None:
            _check_file(entry.item(item, "include", raw_location))


def _check_file(entry: Entry) -> None:
    value = entry.value
    if not isinstance(value, (dict, str)):
        entry.wrong("config", "should be a hash or a string")
    if not isinstance(value, dict):
        return
    if value.get("project") and ruby.blank(value.get("file")):
        entry.wrong("config", "must specify the file where to fetch the config from")
    _check_integrity(entry)
    _check_cache(entry)
    checks.allowed_keys(entry, _KEYS)
    if value.get("artifact") and ruby.blank(value.get("job")):
        entry.wrong("config", "must specify the job where to fetch the artifact from")
    listed = value.get("rules")
    if listed is not None and not (isinstance(listed, list) and all(isinstance(rule, dict) for rule in listed)):
        entry.wrong("rules", "should be an array of hashes")
    if not entry.own_faults():
        rules.check(entry.child("rules"), rules.OF_AN_INCLUDE)


def _check_integrity(entry: Entry) -> None:
    integrity = entry.get("integrity")
    if integrity is None or integrity is False:
        return
    if ruby.blank(entry.get("remote")):
        entry.wrong("config", "integrity can only be specified for remote includes")
    if not (isinstance(integrity, str) and integrity.startswith(_DIGEST)):
        entry.wrong("config", "integrity hash must start with 'sha256-'")
        return
    try:
        base64.b64decode(integrity.removeprefix(_DIGEST), validate=True)
    except (binascii.Error, ValueError):
        entry.wrong("config", "integrity hash must be base64 encoded")


def _check_cache(entry: Entry) -> None:
    cache = entry.get("cache")
    if ruby.blank(cache):
        return
    if ruby.blank(entry.get("remote")):
        entry.wrong("config", "cache can only be specified for remote includes")
    if cache is True:
        return
    if not isinstance(cache, str):
        entry.wrong("config", "cache must be a boolean or a duration string")
    elif (seconds := checks.seconds(cache)) is None:
        entry.wrong("config", "cache must be a valid duration")
    elif seconds < _MIN_CACHE_SECONDS:
        entry.wrong("config", "cache must be at least 1 minute")
