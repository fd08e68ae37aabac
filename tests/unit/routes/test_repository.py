"""Routes of branches, tags and commits."""

from copy import replace

import pytest

from pullcord.errors import Forbidden, NotFound, Unavailable
from pullcord.git import RepositoryUnavailable
from pullcord.pipelines import Pipeline
from pullcord.projects import Grant, ProtectedRef
from pullcord.usecases.pipelines.checkout import commit_of
from pullcord.wire import commit_json, repository_json
from tests.unit.routes.service import OWNER, PROJECT, SERVER, Service, names
from tests.unit.usecases.fakes import NOW, SHA
from tests.unit.usecases.hosts import COMMIT

PIPELINE = Pipeline(9001, 17, 7, OWNER.id, SHA, "main", False, "trigger", "success", NOW, NOW)
COMMIT_JSON = commit_json.commit(commit_of(COMMIT), PROJECT, SERVER)


@pytest.fixture
def service():
    made = Service(level=30)
    made.repositories.repository.refs |= {"feature/x": "branch", "stable": "branch"}
    made.protections.rows = (ProtectedRef("branch", "stable", 1, push=(Grant(1, level=40),)),)
    return made


def test_branches_are_listed_by_name_with_pagination(service):
    answer = service.call("list_branches", query="per_page=2", project="7")

    assert (answer.status, names(answer)) == (200, ["feature/x", "main"])
    assert (answer.headers["X-Total"], answer.headers["X-Next-Page"]) == ("3", "2")
    assert names(service.call("list_branches", query="search=^st", project="7")) == ["stable"]


def test_a_branch_is_read_with_the_callers_permissions(service):
    main = service.call("get_branch", project="acme/widgets", name="main")
    stable = service.call("get_branch", project="7", name="stable").body

    assert (main.status, main.body["commit"], main.body["default"]) == (200, COMMIT_JSON, True)
    assert (main.body["protected"], main.body["can_push"]) == (False, True)
    assert (stable["protected"], stable["can_push"], stable["developers_can_push"]) == (True, False, False)
    assert service.call("get_branch", project="7", name="feature/x").body["name"] == "feature/x"


def test_tags_are_listed_and_read(service):
    answer = service.call("list_tags", project="7")

    assert (answer.status, names(answer)) == (200, ["v1.0"])
    assert service.call("get_tag", project="7", name="v1.0").body == answer.body[0]
    assert answer.body[0]["target"] == SHA


@pytest.mark.parametrize("ref", ["main", "v1.0", SHA])
def test_a_commit_is_read_with_its_newest_pipeline(service, ref):
    service.pipelines.stored[9001] = PIPELINE

    answer = service.call("get_commit", project="7", ref=ref)

    assert answer.status == 200
    assert answer.body == repository_json.commit(commit_of(COMMIT), PIPELINE, PROJECT, SERVER)


@pytest.mark.parametrize(
    ("operation", "parts", "message"),
    [
        ("get_branch", {"name": "v1.0"}, "404 Branch Not Found"),
        ("get_tag", {"name": "main"}, "404 Tag Not Found"),
        ("get_commit", {"ref": "deleted"}, "404 Commit Not Found"),
    ],
)
def test_an_unknown_ref_is_not_found(service, operation, parts, message):
    with pytest.raises(NotFound, match=message):
        service.call(operation, project="7", **parts)


OPERATIONS = [
    ("list_branches", {}),
    ("get_branch", {"name": "main"}),
    ("list_tags", {}),
    ("get_tag", {"name": "v1.0"}),
    ("get_commit", {"ref": "main"}),
]


@pytest.mark.parametrize(("operation", "parts"), OPERATIONS)
def test_guests_do_not_read_the_repository_of_a_private_project(operation, parts):
    with pytest.raises(Forbidden):
        Service(level=10).call(operation, project="7", **parts)


@pytest.mark.parametrize(("operation", "parts"), OPERATIONS)
def test_anonymous_callers_read_the_repository_of_a_public_project(operation, parts):
    service = Service(user=None)
    service.projects.stored[7] = replace(PROJECT, visibility="public")

    answer = service.call(operation, credential=None, project="7", **parts)

    assert answer.status == 200
    assert (answer.body[0] if isinstance(answer.body, list) else answer.body).get("can_push", False) is False


@pytest.mark.parametrize(("operation", "parts"), OPERATIONS)
def test_a_remote_that_cannot_be_asked_is_unavailable(service, operation, parts):
    service.repositories.refusal = RepositoryUnavailable("it cannot be reached")

    with pytest.raises(Unavailable):
        service.call(operation, project="7", **parts)
