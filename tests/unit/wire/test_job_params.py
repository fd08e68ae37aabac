"""Parameters of lists of jobs."""

import pytest

from pullcord.errors import BadParameters
from pullcord.statuses import STATUSES
from pullcord.wire.job_params import job_scope
from tests.unit.wire.calls import JSON, call, query_call


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ("", set()),
        ("scope=", set()),
        ("scope=failed", {"failed"}),
        ("scope[]=failed&scope[]=success&scope[]=failed", {"failed", "success"}),
        ("&".join(f"scope[]={status}" for status in STATUSES), set(STATUSES)),
    ],
)
def test_jobs_are_filtered_by_one_status_or_many(query, statuses):
    assert job_scope(query_call(query)) == statuses


@pytest.mark.parametrize(
    ("query", "phrase"),
    [
        ("scope=finished", "scope does not have a valid value"),
        ("scope[]=failed&scope[]=passed", "scope does not have a valid value"),
        ("scope[a]=failed", "scope is invalid"),
    ],
)
def test_an_unknown_status_is_refused(query, phrase):
    with pytest.raises(BadParameters) as refusal:
        job_scope(query_call(query))

    assert refusal.value.message == phrase


@pytest.mark.parametrize("scope", ["1", "null", '["failed", 1]', "[null]"])
def test_a_scope_in_json_is_a_text_or_a_list_of_texts(scope):
    sent = call(f'{{"scope": {scope}}}', JSON)

    if scope == "null":
        assert job_scope(sent) == frozenset()
    else:
        with pytest.raises(BadParameters):
            job_scope(sent)
