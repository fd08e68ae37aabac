"""Projects as JSON: every key and type as GitLab documents them.

Source: https://docs.gitlab.com/api/projects, /api/project_job_token_scopes
"""

from copy import replace

import pytest

from pullcord.wire import project_json
from tests.unit.wire.examples import WIDGETS
from tests.unit.wire.literals import LATER, SERVER, TIME, TOOLS_NAMESPACE, json_text

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
    "namespace": TOOLS_NAMESPACE,
}
FULL = {
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
    assert json_text(project_json.project(WIDGETS, SERVER)) == json_text(FULL)


def test_a_project_in_its_short_form():
    assert json_text(project_json.simple_project(WIDGETS, SERVER)) == json_text(SIMPLE)


@pytest.mark.parametrize(
    ("level", "access"), [(0, None), (30, {"access_level": 30, "notification_level": 3}), (None, "no key")]
)
def test_a_project_has_the_callers_level(level, access):
    more = {} if level is None else {"permissions": {"project_access": access, "group_access": None}}

    assert json_text(project_json.project(WIDGETS, SERVER, level)) == json_text({**FULL, **more})


@pytest.mark.parametrize(
    ("changed", "expected"),
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
def test_a_setting_changes_its_own_keys_alone(changed, expected):
    assert json_text(project_json.project(replace(WIDGETS, **changed), SERVER)) == json_text({**FULL, **expected})


def test_a_project_in_a_users_own_namespace():
    own = replace(
        WIDGETS, namespace_id=3, namespace_path="ada", namespace_name="Ada Example", namespace_kind="user", groups=()
    )

    assert json_text(project_json.project(own, SERVER)["namespace"]) == json_text(
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


def test_a_project_without_a_remote_is_an_empty_one():
    answer = project_json.project(replace(WIDGETS, import_url="", default_branch=None), SERVER)

    wanted = {"empty_repo": True, "default_branch": None, "import_url": None, "import_status": "none"}
    assert {name: answer[name] for name in wanted} == wanted
    assert answer["http_url_to_repo"] == ""


@pytest.mark.parametrize(
    ("setting", "head", "shown"), [("trunk", "main", "trunk"), (None, "main", "main"), (None, None, None)]
)
def test_the_default_branch_is_the_setting_or_else_that_of_the_remote(setting, head, shown):
    project = replace(WIDGETS, default_branch=setting, remote_head=head)

    assert project_json.project(project, SERVER)["default_branch"] == shown
    assert project_json.simple_project(project, SERVER)["default_branch"] == shown


@pytest.mark.parametrize(
    ("url", "public_url"),
    [
        ("https://ada:secret@git.example.test/a.git", "https://git.example.test/a.git"),
        ("https://secret@git.example.test/a.git", "https://git.example.test/a.git"),
        ("https://git.example.test:8443/a@b.git", "https://git.example.test:8443/a@b.git"),
        ("https://ada:s@cret@git.example.test/a.git", "https://git.example.test/a.git"),
    ],
)
def test_urls_have_no_credentials(url, public_url):
    answer = project_json.project(replace(WIDGETS, import_url=url), SERVER)

    assert (answer["import_url"], answer["http_url_to_repo"]) == (public_url, public_url)


def test_the_job_token_settings():
    assert json_text(project_json.job_token_scope(WIDGETS)) == json_text(
        {"inbound_enabled": True, "outbound_enabled": False}
    )
    other = replace(WIDGETS, inbound_job_token_scope_enabled=False, job_token_scope_enabled=True)
    assert json_text(project_json.job_token_scope(other)) == json_text(
        {"inbound_enabled": False, "outbound_enabled": True}
    )


SETTINGS = {
    "import_url",
    "ci_job_token_scope_enabled",
    "ci_pipeline_variables_minimum_override_role",
    "restrict_user_defined_variables",
}
CODE = {"default_branch", "readme_url", "forks_count", "ci_config_path"}


@pytest.mark.parametrize(
    ("abilities", "hidden"),
    [
        ({"read_project", "read_code", "admin_project"}, set()),
        ({"read_project", "read_code", "create_pipeline"}, SETTINGS),
        ({"read_project"}, SETTINGS | CODE),
        (set(), SETTINGS | CODE),
    ],
)
def test_keys_about_code_and_settings_are_for_those_who_may_see_them(abilities, hidden):
    full = project_json.project(WIDGETS, SERVER, 10, abilities)
    simple = project_json.simple_project(WIDGETS, SERVER, abilities)

    assert full.keys() == FULL.keys() - hidden | {"permissions"}
    assert simple.keys() == SIMPLE.keys() - hidden
    for shape in (full, simple):
        assert shape["http_url_to_repo"] == ("" if "default_branch" in hidden else SIMPLE["http_url_to_repo"])


@pytest.mark.parametrize("path", ["https://ada:s3cret@ci.example.test/a.yml", "https://s3cret@ci.example.test/a.yml"])
def test_the_path_of_a_configuration_has_no_credentials(path):
    answer = project_json.project(replace(WIDGETS, ci_config_path=path), SERVER)

    assert answer["ci_config_path"] == "https://ci.example.test/a.yml"
