"""Parameters of pipeline lists. Unknown values of enumerated ones are refused in GitLab's words.

Source: https://docs.gitlab.com/api/pipelines/#list-project-pipelines
"""

from datetime import datetime
from typing import Any

from pullcord.pipelines import SOURCES, PipelineFilter
from pullcord.statuses import STATUSES
from pullcord.times import iso
from pullcord.wire import fields
from pullcord.wire.call import Call

SCOPES = ("running", "pending", "finished", "branches", "tags")
ORDERS = ("id", "status", "ref", "updated_at", "user_id")


def pipeline_filter(call: Call, user_id: int | None = None) -> PipelineFilter:
    """Of GET /projects/:id/pipelines. user_id: of the user whom `username` names.

    Raises BadParameters with every phrase.
    """
    sent: dict[str, Any] = {
        "scope": fields.choice(call, "scope", SCOPES),
        "status": fields.choice(call, "status", STATUSES),
        "source": fields.choice(call, "source", SOURCES),
        "ref": fields.text(call, "ref"),
        "sha": fields.text(call, "sha"),
        "name": fields.text(call, "name"),
        "yaml_errors": fields.boolean(call, "yaml_errors"),
        "order_by": fields.choice(call, "order_by", ORDERS) or "id",
        "descending": fields.choice(call, "sort", ("asc", "desc")) != "asc",
        "user_id": user_id,
    }
    for name in ("created_after", "created_before", "updated_after", "updated_before"):
        sent[name] = _iso(fields.timestamp(call, name))
    return PipelineFilter(**sent)


def _iso(time: datetime | None) -> str | None:
    return None if time is None else iso(time)
