"""Reading pipelines and jobs: who may read them, which fields, and in which order."""

from copy import replace

import pytest

from pullcord.access import Level, abilities
from pullcord.errors import Forbidden, RecordNotFound
from pullcord.jobs import Job, Span
from pullcord.pipelines import Pipeline, PipelineFilter
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.pipelines import read_pipelines
from pullcord.usecases.pipelines.read_pipelines import ReadDeps
from pullcord.variables import PipelineVariable
from tests.unit.usecases.fakes import ADA, NOW, ROOT, SHA, WIDGETS, Pipelines, Requests
from tests.unit.usecases.stores import BOB

HIDDEN = replace(WIDGETS, public_jobs=False)
PIPELINE = Pipeline(9001, 17, WIDGETS.id, ADA.id, SHA, "main", False, "trigger", "created", NOW, NOW)
BUILD = Job(501, WIDGETS.id, 9001, ADA.id, "build", "build", 0, 0, "success", "on_success", NOW, "main")
TEST = BUILD._replace(id=502, name="test", position=1, status="failed")
DEPLOY = BUILD._replace(id=503, name="deploy", position=2, bridge=True)
CLAUSE = {"if": '$SECRET == "x"', "holds": True}
DECISION = {"job": "build", "rules": [{"location": "line 3", "matched": True, "clauses": [CLAUSE]}]}
WITHOUT_CLAUSES = {"job": "build", "rules": [{"location": "line 3", "matched": True}]}
PLAN = {
    "variables": [{"key": "SECRET", "value": "x", "variable_type": "env_var", "raw": False}],
    "warnings": ["a warning"],
    "details": {"sha": SHA},
    "trace": {"workflow": DECISION, "jobs": [DECISION]},
}


@pytest.fixture
def deps():
    return ReadDeps(Pipelines({PIPELINE.id: PIPELINE}, [BUILD, TEST, DEPLOY]), Requests(results={PIPELINE.id: PLAN}))


def access_of(user, level, project=HIDDEN):
    return ProjectAccess(project, user, abilities(user, level, project), level)


MAINTAINER = access_of(BOB, Level.MAINTAINER)
GUEST = access_of(BOB, Level.GUEST)


@pytest.mark.parametrize(
    ("access", "may"),
    [
        (access_of(BOB, Level.REPORTER), False),
        (access_of(BOB, Level.DEVELOPER), False),
        (access_of(BOB, Level.MAINTAINER), True),
        (access_of(ROOT, Level.NONE), True),
        (access_of(ADA, Level.DEVELOPER), True),
        (access_of(ADA, Level.REPORTER), False),
        (access_of(replace(ADA, state="blocked"), Level.DEVELOPER), False),
        (access_of(ADA, Level.DEVELOPER, replace(HIDDEN, archived=True)), False),
        (access_of(None, Level.NONE, replace(WIDGETS, visibility="public")), False),
    ],
)
def test_variables_are_for_maintainers_and_for_the_pipelines_user_while_they_may_change_pipelines(access, may, deps):
    explained = read_pipelines.explain(access, PIPELINE, deps)

    assert explained["trace"] == {
        "workflow": DECISION if may else WITHOUT_CLAUSES,
        "jobs": [DECISION if may else WITHOUT_CLAUSES],
    }
    if may:
        assert read_pipelines.list_variables(access, PIPELINE.id, deps) == [PipelineVariable("SECRET", "x")]
    else:
        with pytest.raises(Forbidden):
            read_pipelines.list_variables(access, PIPELINE.id, deps)


def test_an_explanation_has_the_warnings_and_details_of_its_plan(deps):
    explained = read_pipelines.explain(MAINTAINER, PIPELINE, deps)

    assert (explained["warnings"], explained["sha"]) == (["a warning"], SHA)


def test_an_expired_plan_has_no_variables_and_no_explanation(deps):
    deps.requests.results.clear()

    assert read_pipelines.list_variables(MAINTAINER, PIPELINE.id, deps) == []
    assert read_pipelines.explain(MAINTAINER, PIPELINE, deps) == {
        "warnings": [],
        "trace": {"workflow": None, "jobs": []},
    }


@pytest.mark.parametrize(
    "read",
    [
        lambda access, deps: read_pipelines.list_pipelines(access, PipelineFilter(), deps),
        lambda access, deps: read_pipelines.find_pipeline(access, PIPELINE.id, deps),
        lambda access, deps: read_pipelines.list_pipeline_jobs(access, PIPELINE.id, (), deps),
        lambda access, deps: read_pipelines.list_jobs(access, (), Span(10), deps),
        lambda access, deps: read_pipelines.find_job(access, BUILD.id, deps),
    ],
)
def test_guests_read_pipelines_and_jobs_only_if_pipelines_are_public(read, deps):
    assert read(access_of(BOB, Level.GUEST, WIDGETS), deps)
    with pytest.raises(Forbidden):
        read(GUEST, deps)


@pytest.mark.parametrize("number", [0, -9001, 9002])
def test_an_unknown_pipeline_or_job_is_not_found(number, deps):
    with pytest.raises(RecordNotFound):
        read_pipelines.find_pipeline(MAINTAINER, number, deps)
    with pytest.raises(RecordNotFound):
        read_pipelines.find_job(MAINTAINER, number, deps)


def test_a_bridge_is_not_found_as_a_job(deps):
    with pytest.raises(RecordNotFound):
        read_pipelines.find_job(MAINTAINER, DEPLOY.id, deps)


@pytest.mark.parametrize(("scope", "jobs"), [((), [TEST, BUILD]), ({"failed"}, [TEST]), ({"manual"}, [])])
def test_jobs_are_listed_newest_first_by_status_and_without_bridges(scope, jobs, deps):
    assert read_pipelines.list_pipeline_jobs(MAINTAINER, PIPELINE.id, scope, deps) == (PIPELINE, jobs)
    assert read_pipelines.list_jobs(MAINTAINER, scope, Span(10), deps) == [(job, PIPELINE) for job in jobs]


def test_jobs_of_pipelines_that_are_not_recorded_yet_are_left_out(deps):
    deps.pipelines.all_jobs.append(BUILD._replace(id=504, pipeline_id=9002))

    listed = read_pipelines.list_jobs(MAINTAINER, (), Span(2, 1, descending=False), deps)

    assert [job.id for job, _ in listed] == [TEST.id]
