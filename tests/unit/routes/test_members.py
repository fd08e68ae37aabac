"""Routes of members of projects and groups."""

import pytest

from pullcord.access import Member, Membership
from pullcord.errors import BadParameters, Conflict, Forbidden, NotFound, RecordNotFound
from pullcord.wire import member_json
from tests.unit.routes.service import ACME, BOB, OWNER, PROJECT, SERVER, Service, names

SOURCES = [("project", {"project": "7"}), ("group", {"group": "acme"})]


@pytest.fixture
def service():
    made = Service()
    made.members.join("project", PROJECT.id, BOB, 30)
    return made


def test_direct_members_of_a_project_are_listed(service):
    answer = service.call("list_project_members", project="7")

    assert (answer.status, answer.headers["X-Total"]) == (200, "1")
    assert answer.body == [member_json.member(Member(BOB, Membership(BOB.id, 30)), SERVER)]


def test_members_of_the_groups_above_are_listed_on_request(service):
    assert names(service.call("list_all_project_members", project="7"), "username") == ["ada", "bob"]
    assert names(service.call("list_all_project_members", query="query=BO", project="7"), "username") == ["bob"]


def test_members_of_a_group_are_listed(service):
    assert names(service.call("list_group_members", group="30"), "username") == ["ada"]
    assert names(service.call("list_group_members", group="31"), "username") == []
    assert names(service.call("list_all_group_members", group="31"), "username") == ["ada"]


def test_a_member_is_read_direct_or_inherited(service):
    assert service.call("get_project_member", project="7", user="6").body["access_level"] == 30
    assert service.call("get_inherited_project_member", project="7", user="5").body["access_level"] == 50
    assert service.call("get_inherited_group_member", group="31", user="5").body["access_level"] == 50
    assert service.call("get_group_member", group="30", user="5").status == 200
    with pytest.raises(RecordNotFound):
        service.call("get_project_member", project="7", user="5")


@pytest.mark.parametrize(("kind", "source"), SOURCES)
def test_a_member_is_added(kind, source):
    service = Service()

    answer = service.call(
        f"add_{kind}_member", {"user_id": 6, "access_level": 30, "expires_at": "2026-12-24"}, **source
    )

    number = PROJECT.id if kind == "project" else ACME.id
    stored = service.members.member(kind, number, BOB.id)
    assert (answer.status, answer.body) == (201, member_json.member(Member(BOB, stored, OWNER), SERVER))
    assert (stored.level, stored.expires_at, stored.created_by) == (30, "2026-12-24", OWNER.id)
    with pytest.raises(Conflict):
        service.call(f"add_{kind}_member", {"user_id": 6, "access_level": 30}, **source)


@pytest.mark.parametrize(("kind", "source"), SOURCES)
def test_a_member_is_changed_and_removed(kind, source):
    service = Service()
    number = PROJECT.id if kind == "project" else ACME.id
    service.members.join(kind, number, BOB, 30, expires_at="2026-12-24")

    answer = service.call(f"update_{kind}_member", {"access_level": 40}, user="6", **source)
    assert (answer.status, answer.body["access_level"], answer.body["expires_at"]) == (200, 40, "2026-12-24")
    answer = service.call(f"update_{kind}_member", {"access_level": 20, "expires_at": None}, user="6", **source)
    assert (answer.body["access_level"], answer.body["expires_at"]) == (20, None)

    answer = service.call(f"remove_{kind}_member", user="6", **source)
    assert (answer.status, answer.body) == (204, None)
    assert service.members.member(kind, number, BOB.id) is None


@pytest.mark.parametrize(("kind", "source"), SOURCES)
def test_members_without_the_right_change_nobody(kind, source):
    service = Service(level=30)

    with pytest.raises(Forbidden):
        service.call(f"add_{kind}_member", {"user_id": 6, "access_level": 30}, **source)
    with pytest.raises(Forbidden):
        service.call(f"remove_{kind}_member", user="6", **source)


@pytest.mark.parametrize(("kind", "source"), SOURCES)
def test_members_are_not_found_by_a_caller_who_may_not_see_the_source(kind, source):
    with pytest.raises(NotFound):
        Service(user=BOB, level=None).call(f"list_{kind}_members", **source)


@pytest.mark.parametrize(("kind", "source"), SOURCES)
@pytest.mark.parametrize("operation", ["get_{}_member", "get_inherited_{}_member", "remove_{}_member"])
def test_an_id_that_is_no_number_is_invalid(service, operation, kind, source):
    with pytest.raises(BadParameters, match="user_id is invalid"):
        service.call(operation.format(kind), user="bob", **source)
