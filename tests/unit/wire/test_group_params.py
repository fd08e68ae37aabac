"""Parameters of groups and namespaces."""

from pullcord.wire import group_params
from pullcord.wire.params import read_params
from tests.unit.wire.calls import json_call, query_call


def test_a_new_group():
    fields = {"name": "Tools", "path": "tools", "parent_id": 30, "description": "x", "visibility": "internal"}

    assert group_params.new(json_call(**fields)) == fields
    assert group_params.new(json_call(name="Tools", path="tools")) == {"name": "Tools", "path": "tools"}


def test_a_changed_group():
    fields = {"name": "Tools", "path": "tools", "description": "x", "visibility": "internal"}

    assert group_params.changes(json_call(**fields, parent_id=30)) == fields


def test_null_empties_the_description_and_changes_nothing_else():
    assert group_params.changes(json_call(description=None, name=None)) == {"description": ""}


def test_the_list_of_groups_has_filters():
    query = "search=a&owned=true&visibility=public&min_access_level=30&sort=asc&top_level_only=true&order_by=similarity"

    assert read_params(group_params.GroupListParams, query_call(query)).model_dump() == {
        "search": "a",
        "owned": True,
        "visibility": "public",
        "min_access_level": 30,
        "sort": "asc",
        "top_level_only": True,
        "order_by": "similarity",
    }


def test_the_list_of_namespaces_can_be_searched():
    assert read_params(group_params.NamespaceListParams, query_call("search=a")).search == "a"
