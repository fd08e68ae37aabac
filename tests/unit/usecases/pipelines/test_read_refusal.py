"""Reading a refusal later: for the trigger token of the call, and for people who may read the project's pipelines."""

from types import SimpleNamespace

import pytest

from pullcord import access
from pullcord.errors import Forbidden, NotFound, PipelineInvalid, PipelineRefused, RecordNotFound
from pullcord.requests import PipelineRequest
from pullcord.tokens import TokenRecord
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.pipelines.read_refusal import RefusalDeps, refusal_for_reader, refusal_for_trigger
from tests.unit.usecases.fakes import ADA, NOW, WIDGETS, Peppers, Requests, Time
from tests.unit.usecases.stores import BOB

CLAUSE = {"kind": "if", "text": "$A", "result": False, "seen": {"A": "a secret"}}
RULE = {"location": None, "matched": False, "clauses": [CLAUSE]}
TRACE = {"workflow": None, "jobs": [{"name": "a", "included": False, "by": "rules", "location": None, "rules": [RULE]}]}
REFUSED = {"message": "The pipeline would be empty.", "code": "empty_by_rules", "details": {"trace": TRACE}}
FAILED = {"message": "jobs config", "code": "config_error", "details": {"errors": []}, "pipeline": {"ref": "main"}}
RECORD = TokenRecord("trigger", 11, ADA.id, WIDGETS.id)


def deps_of(stored=REFUSED, *, record=RECORD, trigger_id=11, project_id=WIDGETS.id):
    request = PipelineRequest(42, project_id, ADA.id, "main", "trigger", NOW, "https://ci.example.test", trigger_id)
    requests = Requests({42: (request, None, None)}, results={42: stored} if stored else {})
    lookup = lambda project, _digests: (WIDGETS if project == "7" else None, record)  # noqa: E731
    return RefusalDeps(Peppers(), lookup, requests, Time().runtime)


def reader(user=ADA, level=40):
    abilities = access.abilities(user, access.Level(level), WIDGETS)
    return ProjectAccess(WIDGETS, user, abilities, access.Level(level))


def test_the_trigger_token_of_the_call_reads_text_code_and_details():
    refusal = refusal_for_trigger("7", "glptt-1", 42, deps_of())

    assert isinstance(refusal, PipelineRefused)
    assert (refusal.message, refusal.code, refusal.details) == tuple(REFUSED.values())


def test_a_failed_pipeline_is_named():
    refusal = refusal_for_trigger("7", "glptt-1", 42, deps_of(FAILED))

    assert isinstance(refusal, PipelineInvalid)
    assert refusal.details == {"pipeline": 42, "errors": []}


@pytest.mark.parametrize(
    "record",
    [
        None,
        RECORD._replace(kind="personal"),
        RECORD._replace(project_id=8),
        RECORD._replace(expires_at=NOW),
    ],
    ids=["unknown", "personal", "another project's", "expired"],
)
def test_a_wrong_token_is_not_found(record):
    with pytest.raises(NotFound) as refusal:
        refusal_for_trigger("7", "glptt-1", 42, deps_of(record=record))

    assert (refusal.value.message, refusal.value.code) == ("404 Not Found", "unknown_token")


def test_an_unknown_project_is_not_found():
    with pytest.raises(NotFound):
        refusal_for_trigger("8", "glptt-1", 42, deps_of())


@pytest.mark.parametrize(
    ("request_id", "deps"),
    [
        (43, deps_of()),
        (42, deps_of(trigger_id=12)),
        (42, deps_of(project_id=8)),
        (42, deps_of(None)),
        (42, deps_of({"pipeline": {}, "jobs": []})),
    ],
    ids=["unknown", "another trigger's", "another project's", "without a result", "of a created pipeline"],
)
def test_any_other_request_is_not_found(request_id, deps):
    with pytest.raises(RecordNotFound):
        refusal_for_trigger("7", "glptt-1", request_id, deps)


def test_who_started_it_and_maintainers_see_the_values_of_rules():
    assert refusal_for_reader(reader(), 42, deps_of()).details == {"trace": TRACE}
    assert refusal_for_reader(reader(BOB), 42, deps_of()).details == {"trace": TRACE}


def test_others_who_read_pipelines_see_no_values():
    details = refusal_for_reader(reader(BOB, 30), 42, deps_of()).details

    assert details["trace"]["jobs"][0]["rules"] == [{"location": None, "matched": False}]
    assert "a secret" not in str(details)


def test_a_refusal_without_a_trace_is_the_same_for_all():
    stored = {"message": "Reference not found", "code": "unknown_ref", "details": {"ref": "main"}}

    assert refusal_for_reader(reader(BOB, 30), 42, deps_of(stored)).details == {"ref": "main"}


def test_who_may_not_read_pipelines_is_refused():
    nobody = SimpleNamespace(require=reader(BOB, 0).require)

    with pytest.raises(Forbidden):
        refusal_for_reader(nobody, 42, deps_of())


def test_a_request_of_another_project_is_not_found():
    with pytest.raises(RecordNotFound):
        refusal_for_reader(reader(), 42, deps_of(project_id=8))
