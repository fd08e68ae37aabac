"""Parameters of job lists.

Source: https://docs.gitlab.com/api/jobs
"""

from pullcord.errors import BadParameters
from pullcord.statuses import STATUSES
from pullcord.wire.call import Call


def job_scope(call: Call) -> frozenset[str]:
    """`scope` of job lists: one status, `scope[]` many, or none for all. Raises BadParameters."""
    sent = call.parameters.get("scope")
    if isinstance(sent, dict):
        raise BadParameters(["scope is invalid"])
    wanted = sent if isinstance(sent, list) else [] if sent in (None, "") else [sent]
    if not all(isinstance(status, str) and status in STATUSES for status in wanted):
        raise BadParameters(["scope does not have a valid value"])
    return frozenset(wanted)
