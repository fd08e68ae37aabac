"""Pipelines and their variables as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/pipelines
"""

from copy import replace

from pullcord.variables import PipelineVariable
from pullcord.wire import pipeline_json
from tests.unit.wire.examples import ADA, PIPELINE, WIDGETS
from tests.unit.wire.literals import ADA_BASIC, LATER, PIPELINE_BASIC, SERVER, SHA, TIME, json_text


def test_a_pipeline_in_lists():
    assert json_text(pipeline_json.pipeline_basic(PIPELINE, WIDGETS, SERVER)) == json_text(PIPELINE_BASIC)


def test_a_new_pipeline():
    assert json_text(pipeline_json.pipeline(PIPELINE, WIDGETS, ADA, SERVER)) == json_text(
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
    answer = pipeline_json.pipeline(finished, replace(WIDGETS, archived=True), None, SERVER)

    assert json_text({name: answer[name] for name in answer.keys() - PIPELINE_BASIC.keys()}) == json_text(
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


def test_a_variable_of_a_pipeline():
    assert json_text(pipeline_json.variable(PipelineVariable("TRIGGER_PAYLOAD", "{}", "file"))) == json_text(
        {"variable_type": "file", "key": "TRIGGER_PAYLOAD", "value": "{}", "raw": False}
    )
    assert json_text(pipeline_json.variable(PipelineVariable("A", "1", raw=True))) == json_text(
        {"variable_type": "env_var", "key": "A", "value": "1", "raw": True}
    )
