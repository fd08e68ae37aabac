"""Trigger job: it starts a downstream pipeline instead of running a script.

Source: https://docs.gitlab.com/ci/yaml/#trigger
"""

from pullcord.config.checked import AllowFailure, CheckedJob, Need
from pullcord.config.entries import checks, needs, parallel, processable, trigger
from pullcord.config.entries.entry import Entry

WHEN = ("on_success", "on_failure", "always", "manual")
_KEYS = processable.KEYS | {"trigger", "parallel"}


def check(entry: Entry, validation: processable.Validation) -> CheckedJob:
    """Validate a trigger job. Of the defaults it takes `interruptible` alone."""
    processable.check_own(entry)
    checks.allowed_keys(entry, _KEYS)
    checks.one_of(entry, "when", WHEN, f"should be one of: {', '.join(WHEN)}")
    checks.boolean(entry, "allow_failure")
    if entry.own_faults():
        _check_downstream(entry, has_trigger=False)
        return processable.job_of(entry, processable.CommonKeywords())
    common = processable.check_common(entry, validation)
    if has_trigger := entry.get("trigger") is not None:
        common.options["trigger"] = trigger.check(entry.child("trigger"))
    needed = entry.child("needs")
    wanted = needs.check(needed, (needs.JOB, needs.BRIDGE))
    copies = parallel.check(entry.child("parallel"), numbers=False)
    _check_downstream(entry, has_trigger=has_trigger, wanted=() if needed.faults() else wanted)
    allowed = entry.get("allow_failure")
    allow_failure = AllowFailure(allowed) if isinstance(allowed, bool) else None
    return processable.job_of(entry, common, needs=wanted, parallel=copies, allow_failure=allow_failure)


def _check_downstream(entry: Entry, *, has_trigger: bool, wanted: tuple[Need, ...] | None = None) -> None:
    """Check that there is a pipeline to start, or one other pipeline to follow. Invalid needs count as none."""
    bridge_needs = sum(needs.kind(need) == needs.BRIDGE for need in wanted or ())
    if not has_trigger and not bridge_needs:
        entry.late("config", "should contain either a trigger or a needs:pipeline")
    elif bridge_needs > 1:
        entry.late("config", "should contain at most one bridge need")
