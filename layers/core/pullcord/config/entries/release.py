"""Keyword `release:` with its assets.

Source: https://docs.gitlab.com/ci/yaml/#release
"""

import re
from datetime import datetime

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

_KEYS = frozenset({"tag_name", "tag_message", "name", "description", "ref", "released_at", "milestones", "assets"})
_NO_REF = re.compile(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|\.lock(/|$)|(^|/)\.|^-|^/|[/.]$")


def check(entry: Entry) -> object:
    """Validate a release; the result is the value as written."""
    checks.map_(entry)
    checks.allowed_keys(entry, _KEYS)
    checks.required_string(entry, "tag_name")
    if not ruby.blank(entry.get("tag_message")):
        checks.string(entry, "tag_message")
    checks.required_string(entry, "description")
    if not ruby.blank(entry.get("milestones")):
        checks.strings_or_string(entry, "milestones")
    _check_time(entry)
    if not ruby.blank(ref := entry.get("ref")) and not (isinstance(ref, str) and not _NO_REF.search(ref)):
        entry.wrong("ref", "must be a valid ref")
    if not entry.own_faults() and entry.get("assets") is not None:
        _check_assets(entry.child("assets"))
    return entry.value


def _check_time(entry: Entry) -> None:
    released = entry.get("released_at")
    if released is None or released is False:
        return
    try:
        datetime.fromisoformat(ruby.to_s(released))
    except ValueError:
        entry.wrong("released_at", "must be a valid datetime")


def _check_assets(entry: Entry) -> None:
    """Check assets: a list of links. GitLab's rules for single links have no effect."""
    checks.map_(entry)
    checks.allowed_keys(entry, ("links",))
    links = entry.get("links")
    if not (isinstance(links, list) and all(isinstance(link, dict) for link in links)):
        entry.wrong("links", "should be an array of hashes")
    checks.present(entry, "links")
