"""Projects, groups and namespaces as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/projects, /api/groups, /api/namespaces, /api/project_job_token_scopes
"""

from copy import replace

import pytest

from pullcord.wire import pipeline_json, project_json
from tests.unit.wire.things import ACME, OWN, TOOLS, WIDGETS
from tests.unit.wire.written import LATER, SERVER, TIME, written

SIMPLE = {
    "id": 7,
    "description": "Small parts",
    "name": "Widgets",
    "name_with_namespace": "Acme / Tools / Widgets",
    "path": "widgets",
    "path_with_namespace": "acme/tools/widgets",
    "created_at": TIME,
    "default_branch": "main",
    "tag_list": [],
    "topics": [],
    "ssh_url_to_repo": "",
    "http_url_to_repo": "https://git.example.test/widgets.git",
    "web_url": "https://ci.example.test/acme/tools/widgets",
    "readme_url": None,
    "forks_count": 0,
    "avatar_url": None,
    "star_count": 0,
    "last_activity_at": LATER,
    "visibility": "internal",
    "namespace": {
        "id": 31,
        "name": "Tools",
        "path": "tools",
        "kind": "group",
        "full_path": "acme/tools",
        "parent_id": 30,
        "avatar_url": None,
        "web_url": "https://ci.example.test/groups/acme/tools",
    },
}
WHOLE = {
    **SIMPLE,
    "empty_repo": False,
    "archived": False,
    "creator_id": 5,
    "import_url": "https://git.example.test/widgets.git",
    "import_status": "finished",
    "jobs_enabled": True,
    "builds_access_level": "enabled",
    "public_jobs": True,
    "ci_config_path": "ci/main.yml",
    "ci_job_token_scope_enabled": False,
    "ci_pipeline_variables_minimum_override_role": "maintainer",
    "restrict_user_defined_variables": True,
    "shared_runners_enabled": True,
}


def test_a_project():
    assert written(project_json.project(WIDGETS, SERVER)) == written(WHOLE)


def test_a_project_for_who_may_not_see_its_settings():
    assert written(project_json.simple_project(WIDGETS, SERVER)) == written(SIMPLE)


@pytest.mark.parametrize(
    ("level", "access"), [(0, None), (30, {"access_level": 30, "notification_level": 3}), (None, "no key")]
)
def test_a_project_says_what_level_the_caller_has(level, access):
    more = {} if level is None else {"permissions": {"project_access": access, "group_access": None}}

    assert written(project_json.project(WIDGETS, SERVER, level)) == written({**WHOLE, **more})


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ({"archived": True}, {"archived": True}),
        ({"description": None, "default_branch": None, "ci_config_path": None},) * 2,
        ({"jobs_enabled": False}, {"jobs_enabled": False, "builds_access_level": "disabled"}),
        ({"jobs_enabled": False, "builds_private": True}, {"jobs_enabled": False, "builds_access_level": "disabled"}),
        ({"builds_private": True}, {"builds_access_level": "private"}),
        ({"public_jobs": False}, {"public_jobs": False}),
        ({"job_token_scope_enabled": True}, {"ci_job_token_scope_enabled": True}),
        *(
            (
                {"variables_minimum_role": role},
                {
                    "ci_pipeline_variables_minimum_override_role": role,
                    "restrict_user_defined_variables": role != "developer",
                },
            )
            for role in ("no_one_allowed", "developer", "owner")
        ),
    ],
)
def test_a_setting_of_a_project_is_shown_and_changes_nothing_else(changed, shown):
    assert written(project_json.project(replace(WIDGETS, **changed), SERVER)) == written({**WHOLE, **shown})


def test_a_project_in_a_users_own_namespace():
    own = replace(
        WIDGETS, namespace_id=3, namespace_path="ada", namespace_name="Ada Example", namespace_kind="user", groups=()
    )

    assert written(pipeline_json.project(own, SERVER)["namespace"]) == written(
        {
            "id": 3,
            "name": "Ada Example",
            "path": "ada",
            "kind": "user",
            "full_path": "ada",
            "parent_id": None,
            "avatar_url": None,
            "web_url": "https://ci.example.test/ada",
        }
    )


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://ada:secret@git.example.test/a.git", "https://git.example.test/a.git"),
        ("https://secret@git.example.test/a.git", "https://git.example.test/a.git"),
        ("https://git.example.test:8443/a@b.git", "https://git.example.test:8443/a@b.git"),
        ("", ""),
    ],
)
def test_no_address_of_a_repository_shows_credentials(url, shown):
    found = pipeline_json.project(replace(WIDGETS, import_url=url), SERVER)

    assert (found["import_url"], found["http_url_to_repo"]) == (shown, shown)


GROUP = {
    "id": 31,
    "web_url": "https://ci.example.test/groups/acme/tools",
    "name": "Tools",
    "path": "tools",
    "description": "",
    "visibility": "private",
    "share_with_group_lock": False,
    "require_two_factor_authentication": False,
    "two_factor_grace_period": 48,
    "project_creation_level": "maintainer",
    "auto_devops_enabled": None,
    "subgroup_creation_level": "maintainer",
    "emails_disabled": None,
    "emails_enabled": True,
    "mentions_disabled": None,
    "lfs_enabled": False,
    "default_branch": None,
    "default_branch_protection": 2,
    "avatar_url": None,
    "request_access_enabled": False,
    "full_name": "Acme / Tools",
    "full_path": "acme/tools",
    "created_at": TIME,
    "parent_id": 30,
    "shared_runners_setting": "enabled",
    "shared_with_groups": [],
}


def test_a_group():
    assert written(project_json.group(TOOLS, SERVER)) == written(GROUP)
    assert written(project_json.group(ACME, SERVER)) == written(
        {
            **GROUP,
            "id": 30,
            "web_url": "https://ci.example.test/groups/acme",
            "name": "Acme",
            "path": "acme",
            "description": "Makers",
            "visibility": "public",
            "full_name": "Acme",
            "full_path": "acme",
            "parent_id": None,
        }
    )


def test_a_group_with_its_projects():
    assert written(project_json.group_in_full(TOOLS, [WIDGETS], SERVER)) == written(
        {**GROUP, "projects": [WHOLE], "shared_projects": []}
    )


def test_a_group_whose_jobs_a_project_admits():
    assert written(project_json.simple_group(TOOLS, SERVER)) == written(
        {"id": 31, "web_url": "https://ci.example.test/groups/acme/tools", "name": "Tools"}
    )


def test_a_namespace_is_a_group_or_a_users_own():
    assert written(project_json.namespace(TOOLS, SERVER)) == written(WHOLE["namespace"])
    assert written(project_json.namespace(OWN, SERVER)) == written(
        {
            "id": 3,
            "name": "Ada Example",
            "path": "ada",
            "kind": "user",
            "full_path": "ada",
            "parent_id": None,
            "avatar_url": None,
            "web_url": "https://ci.example.test/ada",
        }
    )


def test_the_scope_of_job_tokens():
    assert written(project_json.token_scope(WIDGETS)) == written({"inbound_enabled": True, "outbound_enabled": False})
    other = replace(WIDGETS, inbound_job_token_scope_enabled=False, job_token_scope_enabled=True)
    assert written(project_json.token_scope(other)) == written({"inbound_enabled": False, "outbound_enabled": True})
