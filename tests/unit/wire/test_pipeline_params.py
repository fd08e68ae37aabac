"""Parameters of lists of pipelines."""

import pytest

from pullcord.errors import BadParameters
from pullcord.pipelines import SOURCES, PipelineFilter
from pullcord.wire import pipeline_params
from tests.unit.wire.calls import query_call


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
def test_the_list_of_pipelines_has_filters(query, wanted):
    assert pipeline_params.pipeline_filter(query_call(query)) == PipelineFilter(**wanted)


def test_the_user_is_part_of_the_filter():
    assert pipeline_params.pipeline_filter(query_call(""), 5) == PipelineFilter(user_id=5)


@pytest.mark.parametrize("source", SOURCES)
def test_pipelines_are_filtered_by_every_source(source):
    assert pipeline_params.pipeline_filter(query_call(f"source={source}")).source == source


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
def test_unknown_values_are_refused_in_gitlabs_words(query, phrase):
    with pytest.raises(BadParameters) as refusal:
        pipeline_params.pipeline_filter(query_call(query))

    assert refusal.value.message == phrase
