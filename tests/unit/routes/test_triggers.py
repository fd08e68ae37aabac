"""Routes of trigger tokens."""

import pytest

from pullcord.errors import BadParameters, Forbidden, NotFound, PreconditionFailed, RecordNotFound
from pullcord.pipelines import Pipeline
from pullcord.wire.user_json import user_basic
from tests.unit.routes.service import BOB, OWNER, SERVER, Service, names
from tests.unit.usecases.fakes import NOW, SHA

UNCHANGED = {"if_unmodified_since": "Sun, 01 Mar 2026 10:20:30 GMT"}
CHANGED = {"if_unmodified_since": "Sun, 01 Mar 2026 10:20:29 GMT"}


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def trigger(service):
    """The answer that created a trigger token."""
    return service.call("create_trigger", {"description": "nightly"}, project="7").body


def test_a_trigger_is_created_with_its_token(service):
    body = {"description": "nightly", "expires_at": "2026-12-24"}

    answer = service.call("create_trigger", body, project="acme/widgets")

    (stored,) = service.triggers.stored.values()
    assert answer.status == 201
    assert answer.body == {
        "id": stored.id,
        "token": answer.body["token"],
        "description": "nightly",
        "created_at": NOW,
        "updated_at": NOW,
        "last_used": None,
        "expires_at": "2026-12-24T00:00:00.000Z",
        "owner": user_basic(OWNER, SERVER),
    }
    assert service.triggers.find(service.peppers.keyring().digests(answer.body["token"])).token_id == stored.id


def test_triggers_are_listed_with_pagination_and_last_use(service, trigger):
    other = service.call("create_trigger", {"description": "weekly"}, project="7").body
    pipeline = Pipeline(9001, 1, 7, 5, SHA, "main", False, "trigger", "created", NOW, NOW, trigger_id=trigger["id"])
    service.pipelines.stored[9001] = pipeline

    answer = service.call("list_triggers", project="7")

    assert (answer.status, answer.headers["X-Total"]) == (200, "2")
    assert answer.body == [{**trigger, "last_used": NOW}, other]
    assert names(service.call("list_triggers", query="per_page=1&page=2", project="7"), "description") == ["weekly"]


def test_a_trigger_is_read(service, trigger):
    answer = service.call("get_trigger", project="7", trigger=str(trigger["id"]))

    assert (answer.status, answer.body) == (200, trigger)


def test_other_maintainers_see_four_characters_of_the_token(service, trigger):
    service.members.join("project", 7, BOB, 40)
    service.authenticator.user = BOB

    answer = service.call("get_trigger", project="7", trigger=str(trigger["id"]))

    assert answer.body == {**trigger, "token": trigger["token"][6:10]}
    assert names(service.call("list_triggers", project="7"), "token") == [trigger["token"][6:10]]


def test_a_description_is_changed(service, trigger):
    service.time.sleep(1)

    answer = service.call("update_trigger", {"description": "weekly"}, project="7", trigger=str(trigger["id"]))

    assert (answer.status, answer.body["description"]) == (200, "weekly")
    assert answer.body["updated_at"] == "2026-03-01T10:20:31.456Z"


def test_a_trigger_is_revoked(service, trigger):
    answer = service.call("delete_trigger", headers=UNCHANGED, project="7", trigger=str(trigger["id"]))

    assert (answer.status, answer.body, service.triggers.stored) == (204, None, {})


def test_a_trigger_that_was_changed_meanwhile_is_not_revoked(service, trigger):
    with pytest.raises(PreconditionFailed):
        service.call("delete_trigger", headers=CHANGED, project="7", trigger=str(trigger["id"]))
    assert len(service.triggers.stored) == 1


@pytest.mark.parametrize("operation", ["get_trigger", "update_trigger", "delete_trigger"])
def test_an_unknown_trigger_is_not_found(service, operation):
    with pytest.raises(RecordNotFound):
        service.call(operation, project="7", trigger="99")


OPERATIONS = [
    ("list_triggers", {}, {}),
    ("create_trigger", {"description": "x"}, {}),
    ("get_trigger", {}, {"trigger": "1"}),
    ("delete_trigger", {}, {"trigger": "1"}),
]


@pytest.mark.parametrize(("operation", "body", "parts"), OPERATIONS)
def test_developers_do_not_manage_triggers(operation, body, parts):
    with pytest.raises(Forbidden):
        Service(level=30).call(operation, body, project="7", **parts)


@pytest.mark.parametrize(("operation", "body", "parts"), OPERATIONS)
def test_triggers_of_a_project_that_the_caller_may_not_see_are_not_found(operation, body, parts):
    with pytest.raises(NotFound, match="404 Project Not Found"):
        Service(user=BOB, level=None).call(operation, body, project="7", **parts)


@pytest.mark.parametrize(
    ("operation", "body", "parts", "phrase"),
    [
        ("create_trigger", {}, {}, "description is missing"),
        ("create_trigger", {"description": "x", "expires_at": "soon"}, {}, "expires_at is invalid"),
        ("get_trigger", {}, {"trigger": "x"}, "trigger_id is invalid"),
        ("update_trigger", {"description": ["x"]}, {"trigger": "1"}, "description is invalid"),
        ("delete_trigger", {}, {"trigger": "x"}, "trigger_id is invalid"),
    ],
)
def test_parameters_are_checked_before_the_caller(service, operation, body, parts, phrase):
    with pytest.raises(BadParameters, match=phrase):
        service.call(operation, body, project="7", **parts)
    assert service.authenticator.lookups == []
