"""Pipelines and their statuses as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/pipelines
"""

from copy import replace

import pytest

from pullcord.pipelines import STATUSES
from pullcord.wire import pipeline_json, statuses
from tests.unit.wire.things import ADA, PIPELINE, WIDGETS
from tests.unit.wire.written import ADA_BASIC, LATER, PIPELINE_BASIC, SERVER, SHA, TIME, written


def test_a_pipeline_in_lists():
    assert written(pipeline_json.pipeline_basic(PIPELINE, WIDGETS, SERVER)) == written(PIPELINE_BASIC)


def test_a_new_pipeline():
    assert written(pipeline_json.pipeline(PIPELINE, WIDGETS, ADA, SERVER)) == written(
        {
            **PIPELINE_BASIC,
            "before_sha": "0000000000000000000000000000000000000000",
            "tag": False,
            "yaml_errors": None,
            "user": ADA_BASIC,
            "started_at": None,
            "finished_at": None,
            "committed_at": None,
            "duration": None,
            "queued_duration": None,
            "coverage": None,
            "detailed_status": {
                "icon": "status_created",
                "text": "Created",
                "label": "created",
                "group": "created",
                "tooltip": "created",
                "has_details": False,
                "details_path": "/acme/tools/widgets/-/pipelines/9001",
                "illustration": None,
                "favicon": "/assets/favicon_created.png",
            },
            "archived": False,
        }
    )


def test_a_finished_pipeline_of_an_archived_project():
    finished = PIPELINE._replace(
        status="failed",
        tag=True,
        yaml_errors="jobs config is wrong",
        before_sha=SHA,
        started_at=TIME,
        finished_at=LATER,
        committed_at=TIME,
        duration=60,
        queued_duration=29,
        coverage="30.00",
    )
    shown = pipeline_json.pipeline(finished, replace(WIDGETS, archived=True), None, SERVER)

    assert written({name: shown[name] for name in shown.keys() - PIPELINE_BASIC.keys()}) == written(
        {
            "before_sha": SHA,
            "tag": True,
            "yaml_errors": "jobs config is wrong",
            "user": None,
            "started_at": TIME,
            "finished_at": LATER,
            "committed_at": TIME,
            "duration": 60,
            "queued_duration": 29,
            "coverage": "30.00",
            "detailed_status": {
                "icon": "status_failed",
                "text": "Failed",
                "label": "failed",
                "group": "failed",
                "tooltip": "failed",
                "has_details": False,
                "details_path": "/acme/tools/widgets/-/pipelines/9001",
                "illustration": None,
                "favicon": "/assets/favicon_failed.png",
            },
            "archived": True,
        }
    )


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
def test_a_status_in_detail(status, icon, text, label, group, tooltip):
    assert written(statuses.detailed(status, "/there")) == written(
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


def test_every_status_can_be_shown_in_detail():
    assert [status for status, *_ in DETAILED_ROWS] == list(STATUSES)
