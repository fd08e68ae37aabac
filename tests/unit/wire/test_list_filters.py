"""The filters of lists of pipelines and jobs, as they come in."""

import pytest

from pullcord.errors import BadParameters
from pullcord.jobs import STATUSES
from pullcord.pipelines import SOURCES, PipelineFilter
from pullcord.wire import pipeline_params
from tests.unit.wire.calls import JSON, call


def asked(query):
    return call(query=query, method="GET", path="/api/v4/projects/7/pipelines")


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", {}),
        ("scope=&status=&source=&order_by=&sort=&yaml_errors=&updated_after=", {}),
        ("scope=finished", {"scope": "finished"}),
        ("scope=tags", {"scope": "tags"}),
        ("status=waiting_for_resource", {"status": "waiting_for_resource"}),
        ("ref=feature%2Fx&sha=3f78&name=Nightly", {"ref": "feature/x", "sha": "3f78", "name": "Nightly"}),
        ("yaml_errors=true", {"yaml_errors": True}),
        ("yaml_errors=0", {"yaml_errors": False}),
        ("order_by=updated_at&sort=asc", {"order_by": "updated_at", "descending": False}),
        ("sort=desc", {}),
        ("updated_after=2026-03-01", {"updated_after": "2026-03-01T00:00:00.000Z"}),
        ("updated_before=2026-03-01T12:00:00%2B02:00", {"updated_before": "2026-03-01T10:00:00.000Z"}),
        ("created_after=2026-03-01T10:20:30.456Z", {"created_after": "2026-03-01T10:20:30.456Z"}),
        ("created_before=2026-03-01T10:20:30Z", {"created_before": "2026-03-01T10:20:30.000Z"}),
        ("unknown=1&page=2", {}),
    ],
)
def test_what_a_list_of_pipelines_is_asked_for(query, wanted):
    assert pipeline_params.pipeline_filter(asked(query)) == PipelineFilter(**wanted)


def test_a_user_who_was_named_is_part_of_the_filter():
    assert pipeline_params.pipeline_filter(asked(""), 5) == PipelineFilter(user_id=5)


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_can_be_asked_for(source):
    assert pipeline_params.pipeline_filter(asked(f"source={source}")).source == source


@pytest.mark.parametrize(
    ("query", "phrase"),
    [
        ("scope=all", "scope does not have a valid value"),
        ("status=passed", "status does not have a valid value"),
        ("source=cron", "source does not have a valid value"),
        ("order_by=created_at", "order_by does not have a valid value"),
        ("sort=up", "sort does not have a valid value"),
        ("yaml_errors=maybe", "yaml_errors is invalid"),
        ("updated_after=yesterday", "updated_after is invalid"),
        ("ref[]=main", "ref is invalid"),
        ("status[]=failed", "status is invalid"),
    ],
)
def test_values_that_no_list_knows_are_refused_in_gitlabs_words(query, phrase):
    with pytest.raises(BadParameters) as refusal:
        pipeline_params.pipeline_filter(asked(query))

    assert refusal.value.message == phrase


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ("", set()),
        ("scope=", set()),
        ("scope=failed", {"failed"}),
        ("scope[]=failed&scope[]=success&scope[]=failed", {"failed", "success"}),
        ("&".join(f"scope[]={status}" for status in STATUSES), STATUSES),
    ],
)
def test_jobs_are_asked_for_by_one_status_or_many(query, statuses):
    assert pipeline_params.job_scope(asked(query)) == statuses


@pytest.mark.parametrize(
    ("query", "phrase"),
    [
        ("scope=finished", "scope does not have a valid value"),
        ("scope[]=failed&scope[]=passed", "scope does not have a valid value"),
        ("scope[a]=failed", "scope is invalid"),
    ],
)
def test_a_scope_that_is_no_status_is_refused(query, phrase):
    with pytest.raises(BadParameters) as refusal:
        pipeline_params.job_scope(asked(query))

    assert refusal.value.message == phrase


@pytest.mark.parametrize("scope", ["1", "null", '["failed", 1]', "[null]"])
def test_a_scope_in_json_is_a_text_or_a_list_of_texts(scope):
    sent = call(f'{{"scope": {scope}}}', JSON)

    if scope == "null":
        assert pipeline_params.job_scope(sent) == frozenset()
    else:
        with pytest.raises(BadParameters):
            pipeline_params.job_scope(sent)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, True) for word in ("true", "t", "yes", "y", "on", "1", "TRUE", "Yes")),
        *((word, False) for word in ("false", "f", "no", "n", "off", "0", "False", "OFF")),
        ("", None),
    ],
)
def test_a_boolean_has_many_spellings(text, value):
    assert pipeline_params.boolean(asked(f"a={text}"), "a") is value
