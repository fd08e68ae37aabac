"""Routes of pipelines and jobs."""

from copy import replace

import pytest

from pullcord.errors import BadParameters, Forbidden, NotFound, RecordNotFound, Unauthorized
from pullcord.jobs import Job
from pullcord.pipelines import Pipeline
from pullcord.requests import PipelineRequest
from pullcord.tokens import TokenRecord
from pullcord.wire import job_json, pipeline_json
from tests.unit.routes.service import BOB, OWNER, PROJECT, SERVER, Service, names
from tests.unit.usecases.fakes import NOW, SHA

PIPELINE = Pipeline(
    9001, 17, 7, OWNER.id, SHA, "main", False, "trigger", "success", NOW, NOW, name="Nightly", commit={"id": SHA}
)
NEWER = PIPELINE._replace(id=9064, iid=18, user_id=BOB.id, status="created", ref="feature", name=None)
BUILD = Job(9002, 7, 9001, OWNER.id, "build", "build", 0, 0, "success", "on_success", NOW, "main")
TEST = BUILD._replace(id=9003, name="test", position=1, status="failed", failure_reason="script_failure")
DEPLOY = BUILD._replace(id=9065, pipeline_id=9064, user_id=BOB.id, name="deploy", status="created")
DECISION = {"name": "build", "included": True, "by": "default", "location": None, "rules": []}
PLAN = {
    "variables": [{"key": "A", "value": "1", "variable_type": "env_var", "raw": False}],
    "warnings": [],
    "trace": {"workflow": None, "jobs": [DECISION]},
}


def service_of(user=OWNER, level=50, project=PROJECT):
    service = Service(user, level)
    service.projects.stored[7] = project
    service.pipelines.stored |= {9001: PIPELINE, 9064: NEWER}
    service.pipelines.all_jobs += [BUILD, TEST, DEPLOY]
    service.requests.results[9001] = PLAN
    return service


@pytest.fixture
def service():
    return service_of()


def test_pipelines_are_listed_newest_first_with_pagination(service):
    answer = service.call("list_pipelines", query="per_page=1", project="7")

    assert (answer.status, names(answer, "id")) == (200, [9064])
    assert answer.body[0] == {**pipeline_json.pipeline_basic(NEWER, PROJECT, SERVER), "name": None}
    assert (answer.headers["X-Total"], answer.headers["X-Next-Page"]) == ("2", "2")


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("status=success", [9001]),
        ("ref=feature", [9064]),
        ("name=Nightly", [9001]),
        ("scope=finished", [9001]),
        ("username=bob", [9064]),
        ("username=nobody", []),
        ("sort=asc", [9001, 9064]),
        ("order_by=user_id&sort=desc", [9064, 9001]),
    ],
)
def test_the_list_has_filters_and_an_order(service, query, listed):
    assert names(service.call("list_pipelines", query=query, project="7"), "id") == listed


def test_a_list_too_long_to_count_has_no_total(service, monkeypatch):
    monkeypatch.setattr("pullcord.usecases.pipelines.read_pipelines.MAX_LISTED", 2)

    headers = service.call("list_pipelines", project="7").headers

    assert "X-Total" not in headers
    assert headers["X-Page"] == "1"


def test_a_pipeline_is_read_with_its_explanation(service):
    answer = service.call("get_pipeline", project="acme/widgets", pipeline="9001")

    assert answer.status == 200
    assert answer.body == {
        **pipeline_json.pipeline(PIPELINE, PROJECT, OWNER, SERVER),
        "name": "Nightly",
        "pullcord": {"warnings": [], "trace": PLAN["trace"]},
    }


def test_variables_of_a_pipeline_are_listed(service):
    answer = service.call("list_pipeline_variables", project="7", pipeline="9001")

    variable = {"variable_type": "env_var", "key": "A", "value": "1", "raw": False}
    assert (answer.status, answer.body) == (200, [variable])


def test_jobs_of_a_pipeline_are_listed_newest_first(service):
    answer = service.call("list_pipeline_jobs", project="7", pipeline="9001")

    assert (answer.status, answer.headers["X-Total"]) == (200, "2")
    assert answer.body == [job_json.job(job, PIPELINE, PROJECT, OWNER, SERVER) for job in (TEST, BUILD)]
    filtered = service.call("list_pipeline_jobs", query="scope[]=success", project="7", pipeline="9001")
    assert names(filtered) == ["build"]


def test_jobs_of_a_project_are_listed_with_offset_pagination(service):
    answer = service.call("list_jobs", query="per_page=2", project="7")

    assert (answer.status, names(answer)) == (200, ["deploy", "test"])
    assert [row["user"]["username"] for row in answer.body] == ["bob", "ada"]
    assert (answer.headers["X-Next-Page"], "X-Total" in answer.headers) == ("2", False)
    assert names(service.call("list_jobs", query="per_page=2&page=2", project="7")) == ["build"]


def test_jobs_of_a_project_are_listed_with_keyset_pagination(service):
    answer = service.call("list_jobs", query="pagination=keyset&per_page=2", project="7")

    assert (names(answer), list(answer.headers)) == (["deploy", "test"], ["Link"])
    assert "cursor=9003" in answer.headers["Link"]
    rest = service.call("list_jobs", query="pagination=keyset&per_page=2&cursor=9003", project="7")
    assert (names(rest), rest.headers) == (["build"], {})


def test_a_job_is_read(service):
    answer = service.call("get_job", project="7", job="9003")

    assert (answer.status, answer.body) == (200, job_json.job(TEST, PIPELINE, PROJECT, OWNER, SERVER))


@pytest.mark.parametrize(
    ("operation", "parts"),
    [
        ("get_pipeline", {"pipeline": "9002"}),
        ("list_pipeline_variables", {"pipeline": "0"}),
        ("list_pipeline_jobs", {"pipeline": "-9001"}),
        ("get_job", {"job": "9001"}),
    ],
)
def test_an_unknown_pipeline_or_job_is_not_found(service, operation, parts):
    with pytest.raises(RecordNotFound):
        service.call(operation, project="7", **parts)


@pytest.mark.parametrize(
    ("operation", "query", "parts", "phrase"),
    [
        ("list_pipelines", "status=passed", {}, "status does not have a valid value"),
        ("get_pipeline", "", {"pipeline": "x"}, "pipeline_id is invalid"),
        ("list_pipeline_variables", "", {"pipeline": "x"}, "pipeline_id is invalid"),
        ("list_pipeline_jobs", "scope=passed", {"pipeline": "9001"}, "scope does not have a valid value"),
        ("list_jobs", "pagination=keyset&cursor=x", {}, "cursor is invalid"),
        ("get_job", "", {"job": "x"}, "job_id is invalid"),
    ],
)
def test_parameters_are_checked_before_the_caller(service, operation, query, parts, phrase):
    with pytest.raises(BadParameters, match=phrase):
        service.call(operation, query=query, project="7", **parts)
    assert service.authenticator.lookups == []


def test_anonymous_callers_read_public_pipelines_without_variables():
    service = service_of(None, None, replace(PROJECT, visibility="public"))

    assert names(service.call("list_pipelines", credential=None, project="7"), "id") == [9064, 9001]
    answer = service.call("get_pipeline", credential=None, project="7", pipeline="9001")
    assert answer.body["user"]["username"] == "ada"
    assert names(service.call("list_pipeline_jobs", credential=None, project="7", pipeline="9001")) == ["test", "build"]
    with pytest.raises(Forbidden):
        service.call("list_pipeline_variables", credential=None, project="7", pipeline="9001")


def test_pipelines_of_a_private_project_are_not_found():
    with pytest.raises(NotFound, match="404 Project Not Found"):
        service_of(BOB, None).call("list_pipelines", project="7")


REFUSED = {"message": "Reference not found", "code": "unknown_ref", "details": {"ref": "main"}}
TOLD = {"message": {"base": ["Reference not found"]}, "pullcord": {"code": "unknown_ref", "ref": "main"}}


@pytest.fixture
def refused(service):
    request = PipelineRequest(42, 7, OWNER.id, "main", "trigger", NOW, SERVER, trigger_id=11)
    service.requests.stored[42] = (request, None, None)
    service.requests.results[42] = REFUSED
    record = TokenRecord("trigger", 11, OWNER.id, 7)
    service.triggers.records[service.peppers.keyring().digests("glptt-1")[0]] = record
    return service


@pytest.mark.parametrize(
    "sent",
    [
        {"caller": False, "query": "token=glptt-1"},
        {"caller": False, "headers": {"pullcord-trigger-token": "glptt-1"}},
        {},
    ],
    ids=["parameter", "header", "personal token"],
)
def test_a_refusal_is_read_as_it_would_have_been_answered_with_details(refused, sent):
    answer = refused.call("get_trigger_request", project="7", request="42", **sent)

    assert (answer.status, answer.body) == (200, TOLD)


def test_a_refusal_is_not_read_without_a_token(refused):
    refused.authenticator.user = None

    with pytest.raises(Unauthorized):
        refused.call("get_trigger_request", project="7", request="42")


@pytest.mark.parametrize(("number", "refusal"), [("43", RecordNotFound), ("x", BadParameters)])
def test_an_unknown_request_is_not_found(refused, number, refusal):
    with pytest.raises(refusal):
        refused.call("get_trigger_request", caller=False, query="token=glptt-1", project="7", request=number)
