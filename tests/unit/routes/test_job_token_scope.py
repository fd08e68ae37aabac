"""Routes of the job token settings and allowlists."""

from copy import replace

import pytest

from pullcord.errors import BadParameters, BadRequest, Forbidden, NotFound
from pullcord.wire import group_json, project_json
from tests.unit.routes.service import ACME, PROJECT, SERVER, TOOLS, Service

GADGETS = replace(PROJECT, id=8, name="Gadgets", path="gadgets")
HIDDEN = replace(PROJECT, id=9, namespace_id=1, namespace_path="root", groups=())
LISTED = replace(PROJECT, job_token_projects=(8,), job_token_groups=(31,))


@pytest.fixture
def service():
    made = Service(level=40)
    made.projects.stored |= {7: LISTED, 8: GADGETS, 9: HIDDEN}
    return made


def test_the_settings_are_read(service):
    answer = service.call("get_job_token_scope", project="7")

    assert (answer.status, answer.body) == (200, {"inbound_enabled": True, "outbound_enabled": False})


@pytest.mark.parametrize("enabled", [True, False])
def test_the_allowlists_are_enabled_and_disabled(service, enabled):
    answer = service.call("update_job_token_scope", {"enabled": enabled}, project="7")

    assert (answer.status, answer.body) == (204, None)
    assert service.projects.stored[7].inbound_job_token_scope_enabled is enabled


def test_the_allowlist_of_projects_begins_with_the_project_itself(service):
    answer = service.call("list_job_token_allowlist", project="7")

    assert (answer.status, answer.headers["X-Total"]) == (200, "2")
    assert answer.body == [project_json.simple_project(one, SERVER) for one in (LISTED, GADGETS)]


def test_a_listed_project_that_the_caller_may_not_see_has_no_keys_about_its_code(service):
    service.projects.stored[7] = replace(LISTED, job_token_projects=(8, 9))

    rows = service.call("list_job_token_allowlist", project="7").body

    assert ["default_branch" in row for row in rows] == [True, True, False]
    assert [bool(row["http_url_to_repo"]) for row in rows] == [True, True, False]


def test_the_allowlist_of_groups(service):
    answer = service.call("list_job_token_groups_allowlist", project="7")

    assert (answer.status, answer.body) == (200, [group_json.simple_group(TOOLS, SERVER)])


def test_a_project_is_added(service):
    service.projects.stored[7] = PROJECT

    answer = service.call("add_to_job_token_allowlist", {"target_project_id": 8}, project="7")

    assert (answer.status, answer.body) == (201, {"source_project_id": 7, "target_project_id": 8})
    assert service.projects.stored[7].job_token_projects == (8,)


def test_a_group_is_added(service):
    answer = service.call("add_to_job_token_groups_allowlist", {"target_group_id": ACME.id}, project="7")

    assert (answer.status, answer.body) == (201, {"source_project_id": 7, "target_group_id": 30})
    assert service.projects.stored[7].job_token_groups == (31, 30)


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("add_to_job_token_allowlist", {"target_project_id": 9}),
        ("add_to_job_token_allowlist", {"target_project_id": 99}),
        ("add_to_job_token_groups_allowlist", {"target_group_id": 99}),
    ],
)
def test_targets_that_the_caller_may_not_see_are_not_found(service, operation, body):
    with pytest.raises(NotFound):
        service.call(operation, body, project="7")
    assert service.projects.stored[7] == LISTED


def test_a_target_is_added_once(service):
    with pytest.raises(BadRequest, match="already in the job token scope"):
        service.call("add_to_job_token_allowlist", {"target_project_id": 8}, project="7")


def test_targets_are_removed(service):
    assert service.call("remove_from_job_token_allowlist", project="7", target="8").status == 204
    assert service.call("remove_from_job_token_groups_allowlist", project="7", target="31").status == 204
    changed = service.projects.stored[7]
    assert (changed.job_token_projects, changed.job_token_groups) == ((), ())
    with pytest.raises(NotFound):
        service.call("remove_from_job_token_allowlist", project="7", target="8")


@pytest.mark.parametrize(
    ("operation", "body", "target"),
    [
        ("get_job_token_scope", {}, {}),
        ("update_job_token_scope", {"enabled": True}, {}),
        ("list_job_token_allowlist", {}, {}),
        ("add_to_job_token_allowlist", {"target_project_id": 8}, {}),
        ("remove_from_job_token_allowlist", {}, {"target": "8"}),
        ("list_job_token_groups_allowlist", {}, {}),
        ("add_to_job_token_groups_allowlist", {"target_group_id": 30}, {}),
        ("remove_from_job_token_groups_allowlist", {}, {"target": "31"}),
    ],
)
def test_maintainers_alone_manage_them(operation, body, target):
    service = Service(level=30)
    service.projects.stored[7] = LISTED

    with pytest.raises(Forbidden):
        service.call(operation, body, project="7", **target)


@pytest.mark.parametrize(
    ("operation", "target", "phrase"),
    [
        ("update_job_token_scope", {}, "enabled is missing"),
        ("add_to_job_token_allowlist", {}, "target_project_id is missing"),
        ("add_to_job_token_groups_allowlist", {}, "target_group_id is missing"),
        ("remove_from_job_token_allowlist", {"target": "x"}, "target_project_id is invalid"),
        ("remove_from_job_token_groups_allowlist", {"target": "x"}, "target_group_id is invalid"),
    ],
)
def test_parameters_are_checked(service, operation, target, phrase):
    with pytest.raises(BadParameters, match=phrase):
        service.call(operation, project="7", **target)
