"""What `include:` lists, step by step: one form for all entries, wildcards and file lists spread out, variables put in.

Source: https://docs.gitlab.com/ci/yaml/#include
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence

from pullcord.config import lazy
from pullcord.config.conditions import patterns
from pullcord.config.problems import Invalid, Place
from pullcord.config.ruby import blank, to_s
from pullcord.config.tree import Map, Seq
from pullcord.config.variables import expansion

KINDS = ("local", "project", "remote", "template", "artifact", "component")
LONGEST_PATTERN = 1024
"""A longer wildcard finds nothing: it could only keep us busy."""

ADDRESS = lazy.pattern(r"\s*(?:https?|ssh|git):", re.IGNORECASE)

type Mask = Callable[[str], str]
"""Hides the values of masked variables in a text that is about to be shown."""


def entries(value: object, place: Place | None, variables: Mapping[str, str]) -> list[Map]:
    """Every entry of `include` as a map. Raises Invalid for one that is neither map nor text."""
    if value is None:
        return []
    items = list(enumerate(value)) if isinstance(value, Seq) else [(0, value)]
    return [entry(item, value.at(index) if isinstance(value, Seq) else place, variables) for index, item in items]


def entry(value: object, place: Place | None, variables: Mapping[str, str]) -> Map:
    """A text is an address or else a local file; its variables are expanded at once, before wildcards are."""
    if isinstance(value, Map):
        return value
    if not isinstance(value, str):
        raise Invalid.because("Each include must be a hash or a string", place)
    text = expansion.blank(value, variables)
    result = Map(place)
    result.put("remote" if is_address(text) else "local", text, place)
    return result


def is_address(text: str) -> bool:
    """Whether GitLab takes a text for a URL: by its scheme alone."""
    return ADDRESS().match(text) is not None


def project_files(location: Map) -> list[Map]:
    """One location for every file of a project; none without `file`."""
    if blank(location.get("project")):
        return [location]
    files = location.get("file")
    if isinstance(files, Seq):
        return [replaced(location, "file", file) for file in files]
    return [] if files is None else [location]


def matching(pattern: str, paths: Sequence[str]) -> list[str]:
    """The paths that a wildcard finds: `*` stays inside a directory, `**` does not, `**/` may be no directory."""
    if len(pattern) > LONGEST_PATTERN:
        return []
    source = re.escape(pattern.lstrip("/"))
    source = source.replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    compiled = patterns.from_source(rf"\A(?:{source})\z")
    return [path for path in paths if compiled is not None and compiled.found_in(path)]


def with_variables(location: Map, variables: Mapping[str, str]) -> Map:
    """Texts and lists of texts with their variables put in; maps such as `inputs` are left alone."""
    result = location
    for key, value in location.items():
        new: object = value
        if isinstance(value, str):
            new = expansion.blank(value, variables)
        elif isinstance(value, Seq):
            new = Seq(value.spot)
            new.extend(expansion.blank(to_s(item), variables) for item in value)
        if new is not value and new != value:
            result = replaced(result, key, new)
    return result


def kind_of(location: Map, mask: Mask) -> str:
    """What a location includes. Raises Invalid unless it says exactly one thing."""
    named = [kind for kind in KINDS if not blank(location.get("file" if kind == "project" else kind))]
    if "project" in named and blank(location.get("project")):
        named.remove("project")
    listed = "`, `".join(KINDS)
    if not named:
        shown = mask(json.dumps(location, ensure_ascii=False, separators=(",", ":"), default=to_s, skipkeys=True))
        message = f"`{shown}` does not have a valid subkey for include. Valid subkeys are: `{listed}`"
        raise Invalid.because(message, location.place)
    if len(named) > 1:
        raise Invalid.because(f"Each include must use only one of: `{listed}`", location.place)
    return named[0]


def replaced(location: Map, key: object, value: object) -> Map:
    """The location with another value under a key that it has."""
    result = location.copied()
    result[str(key)] = value
    return result
