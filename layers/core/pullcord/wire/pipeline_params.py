"""The filters of lists, as they come in. Unknown values of enumerated ones are refused in GitLab's words.

Source: https://docs.gitlab.com/api/pipelines/#list-project-pipelines and /api/jobs
"""

from datetime import datetime
from typing import Any

from pullcord import jobs, pipelines
from pullcord.errors import BadParameters
from pullcord.pipelines import Filter
from pullcord.times import iso
from pullcord.wire import fields
from pullcord.wire.call import Call

SCOPES = ("running", "pending", "finished", "branches", "tags")
ORDERS = ("id", "status", "ref", "updated_at", "user_id")
TRUE, FALSE = frozenset({"true", "t", "yes", "y", "on", "1"}), frozenset({"false", "f", "no", "n", "off", "0"})


def pipeline_filter(call: Call, user_id: int | None = None) -> Filter:
    """Of GET /projects/:id/pipelines. user_id: of the `username`, which is a name to somebody who knows users.

    Raises BadParameters with every phrase.
    """
    found: dict[str, Any] = {
        "scope": choice(call, "scope", SCOPES),
        "status": choice(call, "status", pipelines.STATUSES),
        "source": choice(call, "source", pipelines.SOURCES),
        "ref": fields.text(call, "ref"),
        "sha": fields.text(call, "sha"),
        "name": fields.text(call, "name"),
        "yaml_errors": boolean(call, "yaml_errors"),
        "order_by": choice(call, "order_by", ORDERS) or "id",
        "descending": choice(call, "sort", ("asc", "desc")) != "asc",
        "user_id": user_id,
    }
    for name in ("created_after", "created_before", "updated_after", "updated_before"):
        found[name] = text_of(fields.moment(call, name))
    return Filter(**found)


def job_scope(call: Call) -> frozenset[str]:
    """`scope` of job lists: one status, `scope[]` many, or none for all. Raises BadParameters."""
    sent = call.parameters.get("scope")
    if isinstance(sent, dict):
        raise BadParameters(["scope is invalid"])
    wanted = sent if isinstance(sent, list) else [] if sent in (None, "") else [sent]
    if not all(isinstance(one, str) and one in jobs.STATUSES for one in wanted):
        raise BadParameters(["scope does not have a valid value"])
    return frozenset(wanted)


def choice(call: Call, name: str, values: tuple[str, ...]) -> str | None:
    """A parameter with a list of values. Raises BadParameters for any other."""
    sent = fields.text(call, name)
    if not sent:
        return None
    if sent not in values:
        raise BadParameters([f"{name} does not have a valid value"])
    return sent


def boolean(call: Call, name: str) -> bool | None:
    """A boolean in any spelling that Grape takes. Raises BadParameters for what is none."""
    sent = fields.text(call, name)
    if not sent:
        return None
    if (word := sent.lower()) in TRUE | FALSE:
        return word in TRUE
    raise BadParameters([f"{name} is invalid"])


def text_of(moment: datetime | None) -> str | None:
    """A moment as it is stored."""
    return None if moment is None else iso(moment)
