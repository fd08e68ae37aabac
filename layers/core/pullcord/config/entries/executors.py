"""What an image or a service says to one kind of executor: `docker:` and `kubernetes:`.

Source: https://docs.gitlab.com/ci/yaml/#imagedocker, https://docs.gitlab.com/ci/yaml/#imagekubernetes
"""

from collections.abc import Mapping

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

KEYS = ("docker", "kubernetes")
_ATTRIBUTE = "executor_opts"
_LONGEST: Mapping[str, Mapping[str, int]] = {"docker": {"platform": 64, "user": 255}, "kubernetes": {"user": 255}}


def options(entry: Entry) -> dict[str, object] | None:
    """The options by executor; None when there are none."""
    return {key: entry.get(key) for key in KEYS if entry.get(key) is not None} or None


def check(entry: Entry) -> None:
    """Report what the runner would not understand, in the words of GitLab's JSON schema."""
    for executor in KEYS:
        written = entry.get(executor)
        if written is None:
            continue
        if not isinstance(written, dict):
            entry.wrong(_ATTRIBUTE, f"value at `/{executor}` is not an object")
            continue
        for key, value in written.items():
            if fault := _fault(executor, ruby.to_s(key), value):
                entry.wrong(_ATTRIBUTE, fault)


def _fault(executor: str, key: str, value: object) -> str | None:
    place = f"`/{executor}/{key}`"
    longest = _LONGEST[executor].get(key)
    if longest is None:
        return f"object property at {place} is a disallowed additional property"
    if executor == "kubernetes" and checks.is_integer(value):
        return None
    if not isinstance(value, str):
        kinds = "is not one of the types: string, integer" if executor == "kubernetes" else "is not a string"
        return f"value at {place} {kinds}"
    if not value:
        return f"string length at {place} is less than: 1"
    return f"string length at {place} is greater than: {longest}" if len(value) > longest else None
