"""Routes of protected branches and tags."""

import pytest

from pullcord.errors import BadParameters, Conflict, Forbidden, RecordNotFound, Unprocessable
from pullcord.projects import Grant, ProtectedRef
from pullcord.wire import protected_ref_json
from tests.unit.routes.service import BOB, Service, names

MAIN = ProtectedRef("branch", "main", 1, push=(Grant(10, level=40),), merge=(Grant(11, user_id=BOB.id),))
RELEASES = ProtectedRef("branch", "release/*", 2, push=(Grant(12, level=0),))
TAGS = ProtectedRef("tag", "v*", 3, create=(Grant(20, level=40),))
BOBS_NAME = {BOB.id: BOB.name}


@pytest.fixture
def service():
    made = Service(level=40)
    made.protections.rows = (MAIN, RELEASES, TAGS)
    return made


def levels(rows):
    return [(row["access_level"], row["user_id"]) for row in rows]


def test_protected_branches_are_listed_with_names_and_pagination(service):
    answer = service.call("list_protected_branches", query="per_page=1", project="7")

    assert (answer.status, answer.body) == (200, [protected_ref_json.branch(MAIN, BOBS_NAME)])
    assert answer.body[0]["merge_access_levels"][0]["access_level_description"] == BOB.name
    assert (answer.headers["X-Total"], answer.headers["X-Next-Page"]) == ("2", "2")
    assert names(service.call("list_protected_branches", query="search=RELEASE", project="7")) == ["release/*"]


def test_protected_tags_are_listed(service):
    answer = service.call("list_protected_tags", project="7")

    assert (answer.status, answer.body) == (200, [protected_ref_json.tag(TAGS, {})])


def test_a_protected_branch_and_tag_are_read(service):
    branch = service.call("get_protected_branch", project="7", name="release/*")
    tag = service.call("get_protected_tag", project="7", name="v*")

    assert (branch.status, branch.body) == (200, protected_ref_json.branch(RELEASES, {}))
    assert (tag.status, tag.body) == (200, protected_ref_json.tag(TAGS, {}))
    with pytest.raises(RecordNotFound):
        service.call("get_protected_branch", project="7", name="v*")


def test_a_branch_is_protected_for_maintainers_by_default(service):
    answer = service.call("protect_branch", {"name": "stable"}, project="7")

    assert (answer.status, answer.body["name"], answer.body["allow_force_push"]) == (201, "stable", False)
    assert levels(answer.body["push_access_levels"]) == levels(answer.body["merge_access_levels"]) == [(40, None)]
    assert service.protections.rows[-1].name == "stable"


def test_a_branch_is_protected_with_levels_and_users(service):
    body = {
        "name": "stable",
        "push_access_level": 0,
        "merge_access_level": 30,
        "allowed_to_push": [{"user_id": 6}],
        "allow_force_push": True,
    }

    answer = service.call("protect_branch", body, project="7")

    assert levels(answer.body["push_access_levels"]) == [(0, None), (40, 6)]
    assert levels(answer.body["merge_access_levels"]) == [(30, None)]
    assert answer.body["push_access_levels"][1]["access_level_description"] == BOB.name
    assert answer.body["allow_force_push"] is True


def test_a_tag_is_protected(service):
    answer = service.call(
        "protect_tag", {"name": "x*", "create_access_level": 30, "allowed_to_create": [{"user_id": 6}]}, project="7"
    )

    assert (answer.status, answer.body["name"]) == (201, "x*")
    assert levels(answer.body["create_access_levels"]) == [(30, None), (40, 6)]


def test_a_protected_branch_is_changed(service):
    body = {"allowed_to_push": [{"id": 10, "_destroy": True}, {"access_level": 30}], "allow_force_push": True}

    answer = service.call("update_protected_branch", body, project="7", name="main")

    assert (answer.status, answer.body["allow_force_push"]) == (200, True)
    assert levels(answer.body["push_access_levels"]) == [(30, None)]
    assert levels(answer.body["merge_access_levels"]) == [(40, 6)]


@pytest.mark.parametrize(
    ("operation", "name", "remaining"),
    [("unprotect_branch", "main", (RELEASES, TAGS)), ("unprotect_tag", "v*", (MAIN, RELEASES))],
)
def test_a_ref_is_unprotected(service, operation, name, remaining):
    answer = service.call(operation, project="7", name=name)

    assert (answer.status, answer.body, service.protections.rows) == (204, None, remaining)
    with pytest.raises(RecordNotFound):
        service.call(operation, project="7", name=name)


def test_a_ref_is_protected_once(service):
    with pytest.raises(Conflict, match="Protected branch 'main' already exists"):
        service.call("protect_branch", {"name": "main"}, project="7")
    with pytest.raises(Unprocessable, match="Name has already been taken"):
        service.call("protect_tag", {"name": "v*"}, project="7")


OPERATIONS = [
    ("list_protected_branches", {}, {}),
    ("protect_branch", {"name": "x"}, {}),
    ("get_protected_branch", {}, {"name": "main"}),
    ("update_protected_branch", {}, {"name": "main"}),
    ("unprotect_branch", {}, {"name": "main"}),
    ("list_protected_tags", {}, {}),
    ("protect_tag", {"name": "x"}, {}),
    ("get_protected_tag", {}, {"name": "v*"}),
    ("unprotect_tag", {}, {"name": "v*"}),
]


@pytest.mark.parametrize(("operation", "body", "parts"), OPERATIONS)
def test_maintainers_alone_manage_protected_refs(operation, body, parts):
    with pytest.raises(Forbidden):
        Service(level=30).call(operation, body, project="7", **parts)


@pytest.mark.parametrize(
    ("operation", "body", "phrase"),
    [
        ("protect_branch", {}, "name is missing"),
        ("protect_branch", {"name": "x", "push_access_level": 35}, "push_access_level does not have a valid value"),
        ("protect_tag", {"name": "x", "allowed_to_create": "all"}, "allowed_to_create is invalid"),
    ],
)
def test_parameters_are_checked_before_the_caller(service, operation, body, phrase):
    with pytest.raises(BadParameters, match=phrase):
        service.call(operation, body, project="7")
    assert service.authenticator.lookups == []
