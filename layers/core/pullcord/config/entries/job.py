"""Job that runs a script.

Source: https://docs.gitlab.com/ci/yaml/#job-keywords
"""

from collections.abc import Mapping
from typing import cast

from pullcord.config import ruby
from pullcord.config.checked import AllowFailure, CheckedJob, Need, Parallel
from pullcord.config.entries import (
    checks,
    default,
    inputs,
    needs,
    pages,
    parallel,
    plain,
    processable,
    scripts,
    steps,
)
from pullcord.config.entries.default import Keyword
from pullcord.config.entries.entry import Entry

WHEN = ("on_success", "on_failure", "always", "manual", "delayed")


def _needs(entry: Entry) -> tuple[Need, ...] | None:
    """Validate needs; invalid ones count as none."""
    found = needs.check(entry, (needs.JOB, needs.CROSS))
    return None if entry.faults() else found


def _inputs(entry: Entry) -> dict[str, object] | None:
    """Validate inputs; invalid ones count as none."""
    found = inputs.check(entry)
    return None if entry.faults() else found


KEYWORDS: Mapping[str, Keyword] = {
    "before_script": scripts.commands,
    "script": scripts.commands,
    "after_script": scripts.commands,
    "hooks": scripts.hooks,
    "cache": default.KEYWORDS["cache"],
    "image": default.KEYWORDS["image"],
    "services": default.KEYWORDS["services"],
    "timeout": plain.timeout,
    "retry": default.KEYWORDS["retry"],
    "tags": plain.tags,
    "artifacts": default.KEYWORDS["artifacts"],
    "needs": _needs,
    "coverage": plain.coverage,
    "release": default.lazy_check("release"),
    "parallel": parallel.check,
    "allow_failure": plain.allow_failure,
    "id_tokens": default.KEYWORDS["id_tokens"],
    "publish": plain.string,
    "pages": pages.check,
    "inputs": _inputs,
}
"""Keywords in the order of GitLab's validation."""

_AS_WRITTEN = ("dependencies", "run", "manual_confirmation", "secrets", "identity", "dast_configuration")
_RARE = frozenset({"when", "dependencies", "allow_failure", "manual_confirmation", "run", "start_in", "publish"})
"""Keywords that most jobs do not have; they are checked if a job has any of them."""

_KEYS = processable.KEYS | frozenset(KEYWORDS) | {"start_in", *_AS_WRITTEN}


def check(entry: Entry, validation: processable.Validation) -> CheckedJob:
    """Validate a job, with the defaults of the file for keywords that it does not have."""
    processable.check_own(entry)
    _check_own(entry)
    if entry.own_faults():
        return processable.job_of(entry, processable.CommonKeywords())
    common = processable.check_common(entry, validation)
    written = entry.map
    for key in [key for key in KEYWORDS if key in written or key in validation.defaults]:
        processable.take(entry, key, KEYWORDS[key], common, validation)
    options = common.options
    wanted = cast("tuple[Need, ...] | None", options.pop("needs", None))
    _check_together(entry, wanted)
    if options.get("inputs") is not None:
        inputs.check_defaults(entry)
    _complete(entry, options)
    return processable.job_of(
        entry,
        common,
        needs=wanted,
        parallel=cast("Parallel | None", options.pop("parallel", None)),
        allow_failure=cast("AllowFailure | None", options.pop("allow_failure", None)),
    )


def _check_own(entry: Entry) -> None:
    checks.allowed_keys(entry, _KEYS)
    if entry.has("run"):
        for key in ("script", "before_script", "after_script"):
            checks.exclusive_keys(entry, (key, "run"))
    else:
        checks.present(entry, "script")
    if _RARE.isdisjoint(entry.map):
        return
    checks.one_of(entry, "when", WHEN, f"should be one of: {', '.join(WHEN)}")
    checks.strings(entry, "dependencies")
    checks.map_or_boolean(entry, "allow_failure")
    checks.string(entry, "manual_confirmation")
    steps.check(entry)
    delayed = entry.get("when") == "delayed"
    if delayed:
        checks.duration(entry, "start_in", checks.WEEK)
    if (entry.has("rules") or not delayed) and not ruby.blank(entry.get("start_in")):
        entry.wrong("start_in", "must be blank")
    if not ruby.blank(entry.get("publish")) and not pages.is_pages(entry):
        entry.wrong("publish", "can only be used within a `pages` job")


def _check_together(entry: Entry, wanted: tuple[Need, ...] | None) -> None:
    """Check that `dependencies` are among the needs."""
    dependencies = entry.get("dependencies")
    if not wanted or not isinstance(dependencies, list) or not dependencies:
        return
    names = {need.name for need in wanted if not need.cross}
    if not names:
        entry.late("needs", "corresponding to dependencies must be from the same pipeline")
    elif missing := [str(name) for name in dependencies if name not in names]:
        entry.late("dependencies", f"the {', '.join(missing)} should be part of needs")


def _complete(entry: Entry, options: dict[str, object]) -> None:
    for key in _AS_WRITTEN:
        if (value := entry.map.get(key)) is not None:
            options[key] = value
    if entry.get("timeout") is None:
        options.pop("timeout", None)  # GitLab accepts a default timeout and does nothing with it
    if pages.is_pages(entry):
        artifacts = cast("Mapping[str, object]", options.get("artifacts", {}))
        options["artifacts"] = pages.published(entry, artifacts)
