"""Groups and namespaces as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/groups, /api/namespaces
"""

from pullcord.wire import group_json, project_json
from tests.unit.wire.examples import ACME, OWN, TOOLS, WIDGETS
from tests.unit.wire.literals import SERVER, TIME, TOOLS_NAMESPACE, json_text

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
    assert json_text(group_json.group(TOOLS, SERVER)) == json_text(GROUP)
    assert json_text(group_json.group(ACME, SERVER)) == json_text(
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
    assert json_text(
        group_json.group_with_projects(TOOLS, [project_json.project(WIDGETS, SERVER)], SERVER)
    ) == json_text({**GROUP, "projects": [project_json.project(WIDGETS, SERVER)], "shared_projects": []})


def test_a_group_in_its_short_form():
    assert json_text(group_json.simple_group(TOOLS, SERVER)) == json_text(
        {"id": 31, "web_url": "https://ci.example.test/groups/acme/tools", "name": "Tools"}
    )


def test_a_namespace_of_a_group_and_of_a_user():
    assert json_text(group_json.namespace(TOOLS, SERVER)) == json_text(TOOLS_NAMESPACE)
    assert json_text(group_json.namespace(OWN, SERVER)) == json_text(
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
