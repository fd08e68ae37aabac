"""Keywords `changes:` and `exists:` of a rule.

Sources: https://docs.gitlab.com/ci/yaml/#ruleschanges and https://docs.gitlab.com/ci/yaml/#rulesexists
"""

from pullcord.config import ruby
from pullcord.config.checked import Paths
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

MAX_GLOBS = 50
TOO_MANY = f"has too many entries (maximum {MAX_GLOBS})"


def changes(entry: Entry) -> Paths | None:
    """Validate `changes`: a list of globs, or a map of `paths` (or `regexp`) and `compare_to`. None: not written."""
    if entry.value is None:
        return None
    if isinstance(entry.value, list):
        _globs(entry, "config")
        return Paths(_texts(entry.value))
    if not isinstance(entry.value, dict):
        entry.refuse("should be an array or a hash")
        return None
    checks.allowed_keys(entry, ("paths", "regexp", "compare_to"))
    checks.exclusive_keys(entry, ("paths", "regexp"))
    if not entry.has("regexp"):
        checks.required_keys(entry, ("paths",))
        _required_globs(entry)
    checks.string(entry, "regexp")
    checks.string(entry, "compare_to")
    return Paths(
        _texts(entry.get("paths")), compare_to=_text(entry.get("compare_to")), regexp=_text(entry.get("regexp"))
    )


def exists(entry: Entry, *, limited: bool = True) -> Paths | None:
    """Validate `exists`: a glob, a list, or a map of `paths` (or `regexp`), `project` and `ref`. None: not written."""
    value = entry.value
    if value is None:
        return None
    if isinstance(value, list):
        if limited:
            _globs(entry, "config")
        else:
            checks.strings(entry, "config")
    if isinstance(value, (list, str)) or ruby.blank(value):
        return Paths(_texts(value))
    if not isinstance(value, dict):
        entry.refuse("should be a string, an array of strings, or a hash")
        return None
    checks.allowed_keys(entry, ("paths", "regexp", "project", "ref"))
    checks.exclusive_keys(entry, ("paths", "regexp"))
    if not entry.has("regexp"):
        checks.required_keys(entry, ("paths",))
    if entry.get("ref") is not None:
        checks.required_keys(entry, ("project",))
    _globs(entry, "paths")
    for key in ("regexp", "project", "ref"):
        checks.string(entry, key)
    return Paths(
        _texts(entry.get("paths")),
        project=_text(entry.get("project")),
        ref=_text(entry.get("ref")),
        regexp=_text(entry.get("regexp")),
    )


def _globs(entry: Entry, attribute: str) -> None:
    checks.strings(entry, attribute)
    checks.max_length(entry, attribute, MAX_GLOBS, TOO_MANY)


def _required_globs(entry: Entry) -> None:
    """Check globs; null is invalid, and GitLab also reports that it has too many entries."""
    if entry.get("paths") is None:
        entry.wrong("paths", "should be an array of strings")
        entry.wrong("paths", TOO_MANY)
    _globs(entry, "paths")


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (str(value),)
    return tuple(map(ruby.to_s, value)) if isinstance(value, list) else ()


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
