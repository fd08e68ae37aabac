"""Keyword `artifacts:` with its `reports:`.

Source: https://docs.gitlab.com/ci/yaml/#artifacts
"""

import re

from pullcord.config import ruby
from pullcord.config.entries import checks
from pullcord.config.entries.entry import Entry

MAX_NAME_LENGTH = 100
WHEN = ("on_success", "on_failure", "always")
ACCESS = ("none", "developer", "maintainer", "all")
COVERAGE = ("cobertura", "jacoco")
_KEYS = frozenset(
    {"name", "untracked", "paths", "reports", "when", "expire_in", "expose_as", "exclude", "public", "access"}
)
_REPORTS = [
    "junit",
    "api_fuzzing",
    "coverage_fuzzing",
    "sast",
    "sast",
    "secret_detection",
    "dependency_scanning",
    "container_scanning",
    "cluster_image_scanning",
    "dast",
    "performance",
    "browser_performance",
    "load_performance",
    "license_scanning",
    "metrics",
    "lsif",
    "dotenv",
    "terraform",
    "accessibility",
    "requirements",
    "requirements_v2",
    "cyclonedx",
    "annotations",
    "repository_xray",
    "sarif",
]
"""Reports in the order of GitLab's checks, one of which is made twice."""

_REPORT_KEYS = frozenset(_REPORTS) | {"codequality", "coverage_report"}
_EXPOSABLE = re.compile(r"[A-Za-z0-9_][-A-Za-z0-9_ ]*")


def check(entry: Entry) -> dict[str, object]:
    """Validate artifacts. The result has the written keys, with reports as lists."""
    if not checks.map_(entry):
        checks.map_(entry)
    checks.allowed_keys(entry, _KEYS)
    exposed = entry.get("expose_as") is not None
    if exposed:
        checks.present(entry, "paths")
    checks.exclusive_keys(entry, ("access", "public"))
    checks.string(entry, "name")
    checks.boolean(entry, "public")
    checks.boolean(entry, "untracked")
    checks.strings(entry, "paths")
    if exposed:
        _check_exposed(entry)
    _check_rest(entry)
    if entry.own_faults():
        return {}
    artifacts = {ruby.to_s(key): value for key, value in entry.map.items() if value is not None}
    if "reports" in artifacts:
        artifacts["reports"] = _reports(entry.child("reports"))
    return artifacts


def _check_exposed(entry: Entry) -> None:
    """Check artifacts that are exposed in merge requests: a short name, and paths without wildcards."""
    paths, name = entry.get("paths"), entry.get("expose_as")
    checks.strings(entry, "paths")
    if checks.is_strings(paths) and any("*" in path for path in paths):
        entry.wrong("paths", "can't contain '*' when used with 'expose_as'")
    checks.string(entry, "expose_as")
    checks.max_length(entry, "expose_as", MAX_NAME_LENGTH)
    if not (isinstance(name, str) and _EXPOSABLE.fullmatch(name)):
        entry.wrong("expose_as", "can contain only letters, digits, '-', '_' and spaces")


def _check_rest(entry: Entry) -> None:
    checks.strings(entry, "exclude")
    if (reports := entry.get("reports")) is not None and not isinstance(reports, dict):
        entry.wrong("reports", "should be a hash")
    checks.one_of(entry, "when", WHEN, "should be one of: " + ", ".join(WHEN))
    if entry.get("expire_in") is not None:
        checks.duration(entry, "expire_in", never=True)
    checks.one_of(entry, "access", ACCESS, "should be one of: " + ", ".join(ACCESS))


def _reports(entry: Entry) -> dict[str, object]:
    checks.allowed_keys(entry, _REPORT_KEYS)
    for report in _REPORTS:
        if report in entry.map:
            checks.strings_or_string(entry, report)
    if not entry.own_faults() and entry.get("coverage_report") is not None:
        _check_coverage(entry.child("coverage_report"))
    written = {ruby.to_s(key): value for key, value in entry.map.items() if value is not None}
    return {key: value if isinstance(value, (dict, list)) else [value] for key, value in written.items()}


def _check_coverage(entry: Entry) -> None:
    checks.map_(entry)
    checks.allowed_keys(entry, ("coverage_format", "path"))
    checks.present(entry, "coverage_format")
    if entry.get("coverage_format") not in COVERAGE:
        entry.wrong("coverage_format", f"must be one of supported formats: {', '.join(COVERAGE)}.")
    checks.present(entry, "path")
    if not checks.is_string(entry.get("path")):
        entry.wrong("path", "should be a string")
