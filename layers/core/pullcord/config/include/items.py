"""Items of `include:`: converted to maps, one for each file, with wildcards and variables expanded.

Source: https://docs.gitlab.com/ci/yaml/#include
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence

from pullcord.config import lazy
from pullcord.config.conditions import patterns
from pullcord.config.problems import Invalid, Location
from pullcord.config.ruby import blank, to_s
from pullcord.config.tree import Map, Seq
from pullcord.config.variables import expansion

KINDS = ("local", "project", "remote", "template", "artifact", "component")
MAX_PATTERN_LENGTH = 1024
"""Longer wildcards match nothing, since they could only cost time."""

ADDRESS = lazy.pattern(r"\s*(?:https?|ssh|git):", re.IGNORECASE)
USERINFO = lazy.pattern(r"://[^/?#\s\"]*@")

type Mask = Callable[[str], str]
"""Replaces the values of masked variables in a text."""


def entries(value: object, location: Location | None, variables: Mapping[str, str]) -> list[Map]:
    """Convert every entry of `include` to a map. Raises Invalid for an entry that is neither map nor string."""
    if value is None:
        return []
    items = list(enumerate(value)) if isinstance(value, Seq) else [(0, value)]
    return [entry(item, value.at(index) if isinstance(value, Seq) else location, variables) for index, item in items]


def entry(value: object, location: Location | None, variables: Mapping[str, str]) -> Map:
    """Convert an entry to a map. A string is an address or local file; its variables are expanded before wildcards."""
    if isinstance(value, Map):
        return value
    if not isinstance(value, str):
        raise Invalid.because("Each include must be a hash or a string", location)
    text = expansion.blank(value, variables)
    result = Map(location)
    result.put("remote" if is_address(text) else "local", text, location)
    return result


def is_address(text: str) -> bool:
    """Whether GitLab takes a string for a URL: by its scheme alone."""
    return ADDRESS().match(text) is not None


def without_logins(text: str) -> str:
    """Return a text for messages without the user names and passwords of the addresses in it."""
    return USERINFO().sub("://", text) if "@" in text else text


def project_files(item: Map) -> list[Map]:
    """Return one item for every file of a `project` include; none without `file`."""
    if blank(item.get("project")):
        return [item]
    files = item.get("file")
    if isinstance(files, Seq):
        return [replaced(item, "file", file) for file in files]
    return [] if files is None else [item]


def matching(pattern: str, paths: Sequence[str]) -> list[str]:
    """Return the paths that a wildcard matches: `*` stays inside a directory, `**` does not, `**/` can be empty."""
    if len(pattern) > MAX_PATTERN_LENGTH:
        return []
    source = re.escape(pattern.lstrip("/"))
    source = source.replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    compiled = patterns.from_source(rf"\A(?:{source})\z")
    return [path for path in paths if compiled is not None and compiled.found_in(path)]


def with_variables(item: Map, variables: Mapping[str, str]) -> Map:
    """Return the item with variables expanded in strings and lists; maps such as `inputs` stay as they are."""
    result = item
    for key, value in item.items():
        new: object = value
        if isinstance(value, str):
            new = expansion.blank(value, variables)
        elif isinstance(value, Seq):
            new = Seq(value.raw_location)
            new.extend(expansion.blank(to_s(element), variables) for element in value)
        if new is not value and new != value:
            result = replaced(result, key, new)
    return result


def kind_of(item: Map, mask: Mask) -> str:
    """Return the kind of an item: the one key of KINDS that it has. Raises Invalid unless it has exactly one."""
    named = [kind for kind in KINDS if not blank(item.get("file" if kind == "project" else kind))]
    if "project" in named and blank(item.get("project")):
        named.remove("project")
    listed = "`, `".join(KINDS)
    if not named:
        text = json.dumps(item, ensure_ascii=False, separators=(",", ":"), default=to_s, skipkeys=True)
        message = (
            f"`{without_logins(mask(text))}` does not have a valid subkey for include. Valid subkeys are: `{listed}`"
        )
        raise Invalid.because(message, item.location)
    if len(named) > 1:
        raise Invalid.because(f"Each include must use only one of: `{listed}`", item.location)
    return named[0]


def replaced(item: Map, key: object, value: object) -> Map:
    """Return the item with another value for a key that it has."""
    result = item.copied()
    result[str(key)] = value
    return result
