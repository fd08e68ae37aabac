"""`detailed_status` of pipelines and jobs."""

import pytest

from pullcord.statuses import FINISHED, LABELS, STATUSES
from pullcord.wire.status_json import detailed_status
from tests.unit.wire.literals import json_text

# status                 icon             text         label                        group                   tooltip
DETAILED = """
created              | created        | Created    | created                   | created              | created
waiting_for_resource | pending        | Waiting    | waiting for resource      | waiting-for-resource | waiting for resource
preparing            | preparing      | Preparing  | preparing                 | preparing            | preparing
waiting_for_callback | pending        | Waiting    | waiting for callback      | waiting-for-callback | waiting for callback
pending              | pending        | Pending    | pending                   | pending              | pending
running              | running        | Running    | running                   | running              | running
success              | success        | Passed     | passed                    | success              | passed
failed               | failed         | Failed     | failed                    | failed               | failed
canceling            | canceling      | Canceling  | canceling                 | canceling            | canceling
canceled             | canceled       | Canceled   | canceled                  | canceled             | canceled
skipped              | skipped        | Skipped    | skipped                   | skipped              | skipped
manual               | manual         | Manual     | waiting for manual action | manual               | manual
scheduled            | scheduled      | Scheduled  | waiting for delayed job   | scheduled            | scheduled
"""
DETAILED_ROWS = [[cell.strip() for cell in line.split("|")] for line in DETAILED.strip().splitlines()]


@pytest.mark.parametrize(("status", "icon", "text", "label", "group", "tooltip"), DETAILED_ROWS)
def test_a_detailed_status(status, icon, text, label, group, tooltip):
    assert json_text(detailed_status(status, "/there")) == json_text(
        {
            "icon": f"status_{icon}",
            "text": text,
            "label": label,
            "group": group,
            "tooltip": tooltip,
            "has_details": False,
            "details_path": "/there",
            "illustration": None,
            "favicon": f"/assets/favicon_{status}.png",
        }
    )


def test_every_status_has_a_detailed_status():
    assert [status for status, *_ in DETAILED_ROWS] == list(STATUSES)
    assert list(LABELS) == list(STATUSES)
    assert set(STATUSES) > FINISHED
