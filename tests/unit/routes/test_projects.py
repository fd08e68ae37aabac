"""Routes of projects."""

from copy import replace

import pytest

from pullcord.errors import BadParameters, Forbidden, Moved, NotFound, Unauthorized
from pullcord.wire import project_json
from tests.unit.routes.service import ACME, OWNER, PROJECT, ROOT, SERVER, Service, names

PUBLIC = replace(PROJECT, id=8, name="Open", path="open", visibility="public", created_at="2")
NEW = {"name": "Gadgets", "import_url": "https://git.example.test/gadgets.git", "namespace_id": ACME.id}


@pytest.fixture
def service():
    made = Service()
    made.projects.stored[PUBLIC.id] = PUBLIC
    return made


def test_projects_are_listed_newest_first_with_pagination(service):
    answer = service.call("list_projects", query="per_page=1")

    assert (answer.status, names(answer)) == (200, ["Open"])
    assert (answer.headers["X-Total"], answer.headers["X-Next-Page"]) == ("2", "2")
    assert answer.headers["Link"].startswith(f"<{SERVER}/api/v4/projects?page=2&per_page=1>")
    assert answer.body[0] == project_json.project(PUBLIC, SERVER)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("sort=asc", ["Widgets", "Open"]),
        ("order_by=name", ["Widgets", "Open"]),
        ("order_by=similarity&sort=asc", ["Open", "Widgets"]),
        ("search=wid", ["Widgets"]),
        ("visibility=public", ["Open"]),
        ("archived=true", []),
        ("owned=true", ["Open", "Widgets"]),
        ("membership=true&min_access_level=50", ["Open", "Widgets"]),
    ],
)
def test_the_list_has_filters_and_an_order(service, query, listed):
    assert names(service.call("list_projects", query=query)) == listed


def test_anonymous_callers_see_public_projects_in_short_form():
    service = Service(user=None)
    service.projects.stored[PUBLIC.id] = PUBLIC

    answer = service.call("list_projects", credential=None)

    assert answer.body == [project_json.simple_project(PUBLIC, SERVER)]


def test_the_short_form_can_be_asked_for(service):
    assert service.call("list_projects", query="simple=true&search=open").body == [
        project_json.simple_project(PUBLIC, SERVER)
    ]


def test_a_project_is_created(service):
    answer = service.call("create_project", NEW)

    assert answer.status == 201
    created = service.projects.stored[answer.body["id"]]
    assert answer.body == project_json.project(created, SERVER)
    assert (created.full_path, created.import_url, created.creator_id) == ("acme/Gadgets", NEW["import_url"], OWNER.id)


def test_parameters_are_checked_before_the_caller():
    service = Service(user=None)

    with pytest.raises(BadParameters):
        service.call("create_project", {})
    assert service.authenticator.lookups == []
    with pytest.raises(Unauthorized):
        service.call("create_project", NEW)


@pytest.mark.parametrize("project", ["7", "acme/widgets"])
def test_a_project_is_read_with_the_callers_level(service, project):
    answer = service.call("get_project", project=project)

    assert (answer.status, answer.body) == (200, project_json.project(PROJECT, SERVER, 50))


def test_an_anonymous_caller_reads_a_public_project_in_short_form():
    service = Service(user=None)
    service.projects.stored[PUBLIC.id] = PUBLIC

    answer = service.call("get_project", credential=None, project="8")

    assert (answer.status, answer.body) == (200, project_json.simple_project(PUBLIC, SERVER))
    with pytest.raises(NotFound):
        service.call("get_project", credential=None, project="7")


SETTINGS = {"import_url", "restrict_user_defined_variables", "ci_job_token_scope_enabled"}
CODE = {"default_branch", "ci_config_path"}


@pytest.mark.parametrize(
    ("level", "visibility", "hidden"),
    [
        (None, "public", SETTINGS),
        (None, "internal", SETTINGS),
        (10, "private", SETTINGS | CODE),
        (10, "public", SETTINGS),
        (20, "private", SETTINGS),
        (30, "private", SETTINGS),
        (40, "private", set()),
        (50, "private", set()),
    ],
)
@pytest.mark.parametrize(
    ("operation", "parts"),
    [
        ("get_project", {"project": "7"}),
        ("list_projects", {}),
        ("list_group_projects", {"group": "acme"}),
        ("get_group", {"group": "acme"}),
    ],
)
def test_every_answer_with_a_project_hides_what_the_caller_may_not_see(operation, parts, level, visibility, hidden):
    service = Service(level=level)
    service.projects.stored = {7: replace(PROJECT, visibility=visibility)}
    service.groups.stored[ACME.id] = replace(ACME, visibility=visibility)

    body = service.call(operation, **parts).body
    (shown,) = body if isinstance(body, list) else body.get("projects", [body])

    assert (SETTINGS | CODE) - shown.keys() == hidden


def test_a_moved_project_is_named_by_its_number(service):
    service.directory.project_id = lambda _path: 7

    with pytest.raises(Moved) as moved:
        service.call("get_project", project="acme/old")
    assert moved.value.number == 7


def test_a_project_is_changed(service):
    answer = service.call("update_project", {"description": "Small", "builds_access_level": "private"}, project="7")

    changed = service.projects.stored[7]
    assert (answer.status, answer.body) == (200, project_json.project(changed, SERVER))
    assert (changed.description, changed.builds_private, changed.updated_at) == (
        "Small",
        True,
        service.time.runtime.now,
    )


def test_a_project_is_deleted_with_its_triggers(service):
    answer = service.call("delete_project", project="7")

    assert (answer.status, answer.body) == (202, {"message": "202 Accepted"})
    assert 7 not in service.projects.stored
    assert service.triggers.deleted == ["triggers of project 7"] * 2


@pytest.mark.parametrize(("operation", "archived"), [("archive_project", True), ("unarchive_project", False)])
def test_a_project_is_archived_and_unarchived(service, operation, archived):
    service.projects.stored[7] = replace(PROJECT, archived=not archived)

    answer = service.call(operation, project="7")

    assert (answer.status, answer.body["archived"]) == (201, archived)
    assert service.projects.stored[7].archived is archived


@pytest.mark.parametrize("operation", ["delete_project", "archive_project", "unarchive_project"])
def test_maintainers_neither_delete_nor_archive(operation):
    service = Service(level=40)

    with pytest.raises(Forbidden):
        service.call(operation, project="7")
    assert service.projects.stored == {7: PROJECT}


def test_administrators_read_every_project():
    assert Service(user=ROOT, level=None).call("get_project", project="7").body["id"] == 7
