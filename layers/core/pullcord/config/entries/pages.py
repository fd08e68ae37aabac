"""Keyword `pages:` of a job, and the folder of its site.

Source: https://docs.gitlab.com/ci/yaml/#pages
"""

from collections.abc import Mapping

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

PUBLIC = "public"


def check(entry: Entry) -> object:
    """Validate `pages`: a boolean or a map of options."""
    checks.map_or_boolean(entry, "config")
    checks.allowed_keys(entry, ("path_prefix", "expire_in", "publish"))
    checks.string(entry, "path_prefix")
    if entry.get("expire_in") is not None:
        checks.duration(entry, "expire_in", never=True)
    checks.string(entry, "publish")
    return entry.value


def is_pages(job: Entry) -> bool:
    """Whether a job publishes a site: it has `pages`, or it is called `pages` and does not have `pages: false`."""
    pages = job.get("pages")
    return not ruby.blank(pages) or (job.key == "pages" and pages is not False)


def published(job: Entry, artifacts: Mapping[str, object]) -> Mapping[str, object]:
    """Return the artifacts of a job that publishes a site, with the site's folder among the paths."""
    pages, paths = job.get("pages"), artifacts.get("paths")
    folder = (pages.get("publish") if isinstance(pages, dict) else None) or job.get("publish") or PUBLIC
    listed = list(paths) if isinstance(paths, list) else []
    return artifacts if folder in listed else {**artifacts, "paths": [*listed, folder]}
