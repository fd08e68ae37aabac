"""Parameters of projects and their job token allowlists."""

import pytest

from pullcord.errors import BadParameters
from pullcord.projects import NewProject
from pullcord.wire import project_params
from pullcord.wire.params import read_params
from tests.unit.wire.calls import json_call, query_call


def test_a_new_project():
    settings = {
        "visibility": "public",
        "default_branch": "trunk",
        "description": "Small parts",
        "ci_config_path": "ci.yml",
        "public_jobs": False,
    }
    sent = json_call(name="Widgets", path="widgets", import_url="https://x", namespace_id=3, **settings)

    assert project_params.read(sent) == NewProject("Widgets", "widgets", "https://x", 3, settings)
    assert project_params.read(json_call(path="widgets")) == NewProject(None, "widgets", "")
    assert project_params.read(json_call(path="widgets", import_url="")) == NewProject(None, "widgets", "")


@pytest.mark.parametrize(
    ("parameters", "fields"),
    [
        ({"jobs_enabled": "false"}, {"jobs_enabled": False}),
        ({"builds_access_level": "private"}, {"jobs_enabled": True, "builds_private": True}),
        ({"builds_access_level": "disabled", "jobs_enabled": True}, {"jobs_enabled": False, "builds_private": False}),
        ({"public_builds": False}, {"public_jobs": False}),
        ({"restrict_user_defined_variables": False}, {"variables_minimum_role": "developer"}),
        (
            {"restrict_user_defined_variables": True, "ci_pipeline_variables_minimum_override_role": "owner"},
            {"variables_minimum_role": "owner"},
        ),
        ({"description": ""}, {"description": None}),
        ({"import_url": "https://x"}, {"import_url": "https://x"}),
        ({"import_url": ""}, {"import_url": ""}),
        ({"import_url": None}, {"import_url": ""}),
        ({"name": "", "path": ""}, {}),
        ({"unknown": 1}, {}),
    ],
)
def test_settings_have_all_of_gitlabs_names(parameters, fields):
    assert project_params.changes(json_call(**parameters)) == fields


def test_the_list_of_projects_has_filters():
    query = "search=a&owned=true&visibility=public&min_access_level=30&sort=asc&membership=true&archived=false"
    projects = read_params(
        project_params.ProjectListParams, query_call(f"{query}&simple=yes&include_subgroups=1&order_by=path")
    )

    assert projects.model_dump() == {
        "search": "a",
        "owned": True,
        "visibility": "public",
        "min_access_level": 30,
        "sort": "asc",
        "membership": True,
        "archived": False,
        "simple": True,
        "include_subgroups": True,
        "order_by": "path",
    }


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (project_params.TokenScope, "enabled"),
        (project_params.AllowlistProject, "target_project_id"),
        (project_params.AllowlistGroup, "target_group_id"),
    ],
)
def test_job_token_settings_have_one_required_parameter(kind, name):
    assert getattr(read_params(kind, json_call(**{name: 1})), name) == 1
    with pytest.raises(BadParameters, match=f"{name} is missing"):
        read_params(kind, json_call())
