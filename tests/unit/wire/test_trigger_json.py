"""Trigger tokens as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/pipeline_triggers
"""

from pullcord.access import TriggerView
from pullcord.tokens import Trigger
from pullcord.wire import trigger_json
from tests.unit.wire.examples import ADA
from tests.unit.wire.literals import ADA_BASIC, LATER, SERVER, TIME, json_text


def test_a_trigger():
    trigger = Trigger(11, 7, 5, {"p": "digest"}, b"sealed", "0123", TIME, LATER, "nightly", "2026-12-24T00:00:00.000Z")

    assert json_text(trigger_json.trigger(TriggerView(trigger, "glptt-0123", LATER, ADA), SERVER)) == json_text(
        {
            "id": 11,
            "token": "glptt-0123",
            "description": "nightly",
            "created_at": TIME,
            "updated_at": LATER,
            "last_used": LATER,
            "expires_at": "2026-12-24T00:00:00.000Z",
            "owner": ADA_BASIC,
        }
    )


def test_a_trigger_that_was_never_used_and_whose_owner_was_deleted():
    trigger = Trigger(11, 7, 5, {}, b"sealed", "0123", TIME, TIME)

    assert json_text(trigger_json.trigger(TriggerView(trigger, "0123", None, None), SERVER)) == json_text(
        {
            "id": 11,
            "token": "0123",
            "description": None,
            "created_at": TIME,
            "updated_at": TIME,
            "last_used": None,
            "expires_at": None,
            "owner": None,
        }
    )
