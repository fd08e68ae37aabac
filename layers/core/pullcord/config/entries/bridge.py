"""A trigger job: it starts a downstream pipeline instead of running a script.

Source: https://docs.gitlab.com/ci/yaml/#trigger
"""

from pullcord.config.checked import AllowFailure, CheckedJob, Need
from pullcord.config.entries import checks, needs, parallel, processable, trigger
from pullcord.config.entries.entry import Entry

WHEN = ("on_success", "on_failure", "always", "manual")
_KEYS = processable.KEYS | {"trigger", "parallel"}


def check(entry: Entry, run: processable.Run) -> CheckedJob:
    """The job; of the defaults it takes only `interruptible`."""
    processable.check_own(entry)
    checks.allowed_keys(entry, _KEYS)
    checks.one_of(entry, "when", WHEN, f"should be one of: {', '.join(WHEN)}")
    checks.boolean(entry, "allow_failure")
    if entry.own_faults():
        _check_downstream(entry, started=False)
        return processable.job_of(entry, processable.Common())
    common = processable.check_common(entry, run)
    if started := entry.get("trigger") is not None:
        common.options["trigger"] = trigger.check(entry.child("trigger"))
    needed = entry.child("needs")
    wanted = needs.check(needed, (needs.JOB, needs.BRIDGE))
    copies = parallel.check(entry.child("parallel"), numbers=False)
    _check_downstream(entry, started=started, wanted=() if needed.faults() else wanted)
    allowed = entry.get("allow_failure")
    allow_failure = AllowFailure(allowed) if isinstance(allowed, bool) else None
    return processable.job_of(entry, common, needs=wanted, parallel=copies, allow_failure=allow_failure)


def _check_downstream(entry: Entry, *, started: bool, wanted: tuple[Need, ...] | None = None) -> None:
    """There is something to start, or one pipeline of elsewhere to follow. Invalid needs count as none."""
    followed = sum(needs.kind(need) == needs.BRIDGE for need in wanted or ())
    if not started and not followed:
        entry.late("config", "should contain either a trigger or a needs:pipeline")
    elif followed > 1:
        entry.late("config", "should contain at most one bridge need")
