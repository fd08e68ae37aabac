"""What a call can say of projects, groups, variables and protections: everything, and the least."""

import json

import pytest

from pullcord.errors import BadParameters
from pullcord.projects import NewProject
from pullcord.variables import SettingsVariable
from pullcord.wire import (
    group_params,
    project_params,
    protected_ref_params,
    repository_json,
    variable_params,
)
from pullcord.wire.params import checked
from tests.unit.wire.calls import JSON, call


def sent(**parameters):
    return call(json.dumps(parameters), JSON)


def asked(query):
    return call(query=query, method="GET")


def test_a_new_project():
    settings = {
        "visibility": "public",
        "default_branch": "trunk",
        "description": "Small parts",
        "ci_config_path": "ci.yml",
        "public_jobs": False,
    }
    made = project_params.read(sent(name="Widgets", path="widgets", import_url="https://x", namespace_id=3, **settings))

    assert made == NewProject("Widgets", "widgets", "https://x", 3, settings)
    assert project_params.read(sent(path="widgets")) == NewProject(None, "widgets", "")


def test_filters_of_projects_and_groups():
    of_both = "search=a&owned=true&visibility=public&min_access_level=30&sort=asc"
    projects = checked(
        project_params.ProjectFilter,
        asked(f"{of_both}&membership=true&archived=false&simple=yes&include_subgroups=1&order_by=path"),
    )
    groups = checked(group_params.GroupFilter, asked(f"{of_both}&top_level_only=true&order_by=similarity"))

    shared = {"search": "a", "owned": True, "visibility": "public", "min_access_level": 30, "sort": "asc"}
    assert projects.model_dump() == {
        **shared,
        "membership": True,
        "archived": False,
        "simple": True,
        "include_subgroups": True,
        "order_by": "path",
    }
    assert groups.model_dump() == {**shared, "top_level_only": True, "order_by": "similarity"}


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (project_params.TokenScope, "enabled"),
        (project_params.AdmittedProject, "target_project_id"),
        (project_params.AdmittedGroup, "target_group_id"),
    ],
)
def test_what_the_scope_of_job_tokens_cannot_do_without(kind, name):
    assert getattr(checked(kind, sent(**{name: 1})), name) == 1
    with pytest.raises(BadParameters, match=f"{name} is missing"):
        checked(kind, sent())


def test_a_new_group():
    whole = {"name": "Tools", "path": "tools", "parent_id": 30, "description": "x", "visibility": "internal"}

    assert group_params.new(sent(**whole)) == whole
    assert group_params.new(sent(name="Tools", path="tools")) == {"name": "Tools", "path": "tools"}


def test_what_changes_in_a_group():
    whole = {"name": "Tools", "path": "tools", "description": "x", "visibility": "internal"}

    assert group_params.changes(sent(**whole, parent_id=30)) == whole
    assert checked(group_params.NamespaceFilter, asked("search=a")).search == "a"


def test_a_new_variable_of_the_settings():
    whole = {
        "key": "KEY",
        "value": "a value",
        "variable_type": "file",
        "protected": True,
        "masked": True,
        "raw": True,
        "environment_scope": "production",
        "description": "who uses it",
    }

    assert variable_params.new(sent(**whole)) == SettingsVariable(**whole)
    assert variable_params.new(sent(key="KEY", value="")) == SettingsVariable("KEY", "")
    assert variable_params.new(sent(key="KEY", value="v", masked=None)) == SettingsVariable("KEY", "v")


@pytest.mark.parametrize(
    ("query", "scope"), [("", None), ("filter[environment_scope]=prod*", "prod*"), ("filter[other]=x", None)]
)
def test_the_environment_that_tells_variables_apart(query, scope):
    assert variable_params.environment(asked(query)) == scope


def test_a_new_protection_of_a_branch_or_tag():
    entry = {"access_level": 30, "user_id": None, "id": None, "_destroy": False}
    branch = checked(
        protected_ref_params.NewBranch,
        sent(name="main", push_access_level=0, merge_access_level=60, allow_force_push=True, allowed_to_push=[entry]),
    )
    tag = checked(
        protected_ref_params.NewTag, sent(name="v*", create_access_level=40, allowed_to_create=[{"user_id": 5}])
    )

    assert (branch.name, branch.push_access_level, branch.merge_access_level) == ("main", 0, 60)
    assert (branch.allow_force_push, branch.allowed_to_push[0].access_level) == (True, 30)
    assert branch.allowed_to_merge is None
    assert (tag.name, tag.create_access_level, tag.allowed_to_create[0].user_id) == ("v*", 40, 5)
    assert checked(protected_ref_params.ProtectionFilter, asked("search=a")).search == "a"
    assert checked(repository_json.RefFilter, asked("search=a")).search == "a"


@pytest.mark.parametrize(
    ("entry", "meant"),
    [
        ({}, False),
        ({"id": 1}, False),
        ({"_destroy": True}, False),
        ({"id": 1, "_destroy": True}, True),
        ({"access_level": 0}, True),
        ({"user_id": 5}, True),
    ],
)
def test_an_entry_means_a_level_a_user_or_one_to_take_away(entry, meant):
    changed = checked(protected_ref_params.ChangedBranch, sent(allowed_to_merge=[entry]))

    assert protected_ref_params.entries(changed.allowed_to_merge) == (changed.allowed_to_merge if meant else [])
