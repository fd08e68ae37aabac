"""Keyword `id_tokens:`.

Source: https://docs.gitlab.com/ci/yaml/#id_tokens
"""

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry


def check(entry: Entry) -> dict[str, object]:
    """Validate ID tokens: by the name of their variable, each with its audience."""
    checks.map_(entry)
    return {ruby.to_s(name): _token(entry.child(name, "id token")) for name in entry.map}


def _token(entry: Entry) -> dict[str, object]:
    checks.required_keys(entry, ("aud",))
    checks.allowed_keys(entry, ("aud",))
    audience = entry.get("aud")
    if not isinstance(audience, str) and not checks.is_strings(audience):
        entry.wrong("aud", "should be an array of strings or a string")
    return {"aud": audience}
