"""Routes of groups and namespaces."""

from copy import replace

import pytest

from pullcord.errors import BadParameters, Forbidden, NotFound, Unauthorized
from pullcord.wire import group_json, project_json
from tests.unit.routes.service import ACME, BOB, OWNER, PROJECT, SERVER, TOOLS, Service, names

INSIDE = replace(PROJECT, id=8, name="Gadgets", path="gadgets", namespace_id=TOOLS.id, groups=(31, 30))
DEEP = replace(TOOLS, id=32, name="Deep", path="deep", full_path="acme/tools/deep", parent_id=31, ancestors=(31, 30))


@pytest.fixture
def service():
    made = Service()
    made.projects.stored[INSIDE.id] = INSIDE
    made.groups.stored[DEEP.id] = DEEP
    return made


def test_groups_are_listed_by_name_with_pagination(service):
    answer = service.call("list_groups", query="per_page=2")

    assert (answer.status, names(answer)) == (200, ["Acme", "Deep"])
    assert answer.body[0] == group_json.group(ACME, SERVER)
    assert (answer.headers["X-Total"], answer.headers["X-Total-Pages"]) == ("3", "2")


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("sort=desc", ["Tools", "Deep", "Acme"]),
        ("order_by=id&sort=desc", ["Deep", "Tools", "Acme"]),
        ("order_by=similarity", ["Acme", "Deep", "Tools"]),
        ("search=tool", ["Deep", "Tools"]),
        ("top_level_only=true", ["Acme"]),
        ("visibility=public", []),
        ("owned=true&min_access_level=50", ["Acme", "Deep", "Tools"]),
    ],
)
def test_the_list_has_filters_and_an_order(service, query, listed):
    assert names(service.call("list_groups", query=query)) == listed


def test_anonymous_callers_list_public_groups():
    service = Service(user=None)
    service.groups.stored[ACME.id] = replace(ACME, visibility="public")

    assert names(service.call("list_groups", credential=None)) == ["Acme"]


def test_a_group_is_created(service):
    answer = service.call("create_group", {"name": "New", "path": "fresh", "parent_id": TOOLS.id})

    created = service.groups.stored[answer.body["id"]]
    assert (answer.status, answer.body) == (201, group_json.group_with_projects(created, [], SERVER))
    assert (created.full_path, service.groups.owners[created.id]) == ("acme/tools/fresh", OWNER.id)


def test_a_group_is_read_with_the_projects_that_the_caller_sees(service):
    answer = service.call("get_group", group="acme")

    assert (answer.status, answer.body) == (
        200,
        group_json.group_with_projects(ACME, [project_json.project(PROJECT, SERVER)], SERVER),
    )


def test_an_anonymous_caller_sees_no_private_project_of_a_public_group():
    service = Service(user=None)
    service.groups.stored[ACME.id] = replace(ACME, visibility="public")

    assert service.call("get_group", credential=None, group="30").body["projects"] == []


def test_a_group_is_changed(service):
    answer = service.call("update_group", {"name": "Kit", "description": "x"}, group="acme/tools")

    changed = service.groups.stored[TOOLS.id]
    assert (answer.status, answer.body) == (200, group_json.group_with_projects(changed, [], SERVER))
    assert (changed.full_name, changed.description) == ("Acme / Kit", "x")


def test_a_group_is_deleted_with_everything_in_it(service):
    answer = service.call("delete_group", group="31")

    assert (answer.status, answer.body) == (202, {"message": "202 Accepted"})
    assert list(service.groups.stored) == [ACME.id]
    assert list(service.projects.stored) == [PROJECT.id]


@pytest.mark.parametrize("operation", ["update_group", "delete_group"])
def test_maintainers_neither_change_nor_delete_a_group(operation):
    service = Service(level=40)

    with pytest.raises(Forbidden):
        service.call(operation, group="30")
    assert list(service.groups.stored) == [ACME.id, TOOLS.id]


def test_projects_of_a_group_are_listed(service):
    answer = service.call("list_group_projects", group="30")

    assert (answer.status, answer.body) == (200, [project_json.project(PROJECT, SERVER)])
    assert answer.headers["X-Total"] == "1"


def test_projects_of_subgroups_are_listed_on_request_and_in_short_form(service):
    answer = service.call(
        "list_group_projects", query="include_subgroups=true&simple=true&order_by=name&sort=asc", group="30"
    )

    assert answer.body == [project_json.simple_project(one, SERVER) for one in (INSIDE, PROJECT)]


def test_direct_subgroups_and_all_groups_below_are_listed(service):
    assert names(service.call("list_subgroups", group="acme")) == ["Tools"]
    assert names(service.call("list_descendant_groups", group="acme")) == ["Deep", "Tools"]
    assert names(service.call("list_descendant_groups", query="search=dee", group="acme")) == ["Deep"]


def test_the_list_of_namespaces_begins_with_the_callers_own(service):
    answer = service.call("list_namespaces")

    assert (answer.status, names(answer, "full_path")) == (200, ["ada", "acme", "acme/tools", "acme/tools/deep"])
    assert answer.body[1] == group_json.namespace(ACME, SERVER)
    assert names(service.call("list_namespaces", query="search=tools"), "full_path") == ["acme/tools"]
    query = "search=tools&full_path_search=true"
    assert names(service.call("list_namespaces", query=query), "full_path") == ["acme/tools", "acme/tools/deep"]


def test_a_namespace_is_read_by_number_and_path(service):
    assert service.call("get_namespace", namespace="31").body == group_json.namespace(TOOLS, SERVER)
    assert service.call("get_namespace", namespace="acme/tools").body["id"] == TOOLS.id
    with pytest.raises(NotFound):
        service.call("get_namespace", namespace="acme/nothing")


def test_whether_a_path_is_taken(service):
    taken = service.call("check_namespace_exists", namespace="tools", query=f"parent_id={ACME.id}")
    free = service.call("check_namespace_exists", namespace="tools")

    assert (taken.status, taken.body) == (200, {"exists": True, "suggests": ["tools1"]})
    assert (free.status, free.body) == (200, {"exists": False, "suggests": []})


@pytest.mark.parametrize("operation", ["get_group", "list_group_projects", "list_subgroups", "list_descendant_groups"])
def test_a_group_that_the_caller_may_not_see_is_not_found(operation):
    with pytest.raises(NotFound, match="404 Group Not Found"):
        Service(user=BOB, level=None).call(operation, group="30")


def test_parameters_are_checked_before_the_caller():
    service = Service(user=None)

    with pytest.raises(BadParameters):
        service.call("create_group", {"name": "Acme"})
    assert service.authenticator.lookups == []
    with pytest.raises(Unauthorized):
        service.call("create_group", {"name": "Acme", "path": "acme"})
