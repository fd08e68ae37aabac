"""Keywords `only:` and `except:`.

Source: https://docs.gitlab.com/ci/yaml/deprecated_keywords/#only--except
"""

from pullcord.config import ruby
from pullcord.config.checked import RefPolicy
from pullcord.config.conditions import expressions, patterns
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

_MALFORMED = "should be an array of strings or regular expressions using re2 syntax"


def check(entry: Entry) -> RefPolicy | None:
    """Validate a list of refs or a map of conditions. None: not written."""
    value = entry.value
    if value is None:
        return None
    if isinstance(value, list):
        _refs(entry, "config", value)
        return RefPolicy(refs=_texts(value), location=entry.location)
    if not isinstance(value, dict):
        entry.refuse("has to be either an array of conditions or a hash")
        return None
    checks.present(entry, "config")
    checks.allowed_keys(entry, ("refs", "kubernetes", "variables", "changes"))
    _expressions(entry)
    if (refs := entry.get("refs")) is not None:
        _refs(entry, "refs", refs)
    kubernetes = entry.get("kubernetes")
    if kubernetes is not None and kubernetes != "active":
        entry.wrong("kubernetes", f"unknown value: {ruby.to_s(kubernetes)}")
    checks.strings(entry, "variables")
    checks.strings(entry, "changes")
    return RefPolicy(
        refs=_texts(refs),
        variables=_texts(entry.get("variables")),
        changes=_texts(entry.get("changes")),
        kubernetes=None if kubernetes is None else ruby.to_s(kubernetes),
        location=entry.location,
    )


def _refs(entry: Entry, attribute: str, value: object) -> None:
    if not isinstance(value, list) or not all(map(_ref, value)):
        entry.wrong(attribute, _MALFORMED)


def _ref(value: object) -> bool:
    """Whether a ref is a string, and compiles if it has the form of a pattern."""
    if not checks.is_string(value):
        return False
    return not patterns.LITERAL.search(value) or patterns.from_literal(value) is not None


def _expressions(entry: Entry) -> None:
    conditions = entry.get("variables")
    for condition in conditions if isinstance(conditions, list) else ():
        if isinstance(condition, str) and not expressions.valid(condition):
            entry.wrong("variables", "invalid expression syntax")


def _texts(value: object) -> tuple[str, ...] | None:
    return tuple(map(ruby.to_s, value)) if isinstance(value, list) else None
