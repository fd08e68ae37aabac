"""Reading what was triggered: who may read it, what of it, and in which order."""

from copy import replace
from dataclasses import dataclass, field

import pytest

from pullcord.access import Level, abilities
from pullcord.errors import Forbidden, RecordNotFound
from pullcord.jobs import Job, Span
from pullcord.pipelines import Pipeline, PipelineFilter
from pullcord.usecases.auth.project_access import ProjectAccess
from pullcord.usecases.pipelines import read_pipelines
from pullcord.usecases.pipelines.read_pipelines import ReadDeps
from pullcord.variables import PipelineVariable
from tests.unit.usecases.fakes import ADA, NOW, ROOT, SHA, WIDGETS
from tests.unit.usecases.kept import BOB

HIDDEN = replace(WIDGETS, public_jobs=False)
PIPELINE = Pipeline(9001, 17, WIDGETS.id, ADA.id, SHA, "main", False, "trigger", "created", NOW, NOW)
BUILD = Job(501, WIDGETS.id, 9001, ADA.id, "build", "build", 0, 0, "success", "on_success", NOW, "main")
TEST = BUILD._replace(id=502, name="test", position=1, status="failed")
DEPLOY = BUILD._replace(id=503, name="deploy", position=2, bridge=True)
CLAUSE = {"if": '$SECRET == "x"', "holds": True}
DECISION = {"job": "build", "rules": [{"location": "line 3", "matched": True, "clauses": [CLAUSE]}]}
BARE = {"job": "build", "rules": [{"location": "line 3", "matched": True}]}
PLAN = {
    "variables": [{"key": "SECRET", "value": "x", "variable_type": "env_var", "raw": False}],
    "warnings": ["a warning"],
    "facts": {"sha": SHA},
    "trace": {"workflow": DECISION, "jobs": [DECISION]},
}


@dataclass
class Pipelines:
    """Recorded pipelines, and the jobs of the first."""

    known: list = field(default_factory=lambda: [PIPELINE])
    listed: list = field(default_factory=lambda: [BUILD, TEST, DEPLOY])

    def get(self, project_id, pipeline_id):
        return next((one for one in self.known if (one.project_id, one.id) == (project_id, pipeline_id)), None)

    def newest(self, _project_id):
        return iter(self.known)

    def many(self, project_id, pipeline_ids):
        return {number: found for number in pipeline_ids if (found := self.get(project_id, number))}

    def jobs(self, _project_id, _first, _last, *, descending):
        return iter(self.listed[::-1] if descending else self.listed)

    def jobs_of(self, _pipeline):
        return self.listed

    def job(self, _project_id, job_id):
        return next(((PIPELINE, one) for one in self.listed if one.id == job_id), None)


@dataclass
class Requests:
    """Plans by the ids of their requests."""

    plans: dict = field(default_factory=lambda: {PIPELINE.id: PLAN})

    def result(self, request_id):
        return self.plans.get(request_id, {})


@pytest.fixture
def deps():
    return ReadDeps(Pipelines(), Requests())


def stands(user, level, project=HIDDEN):
    return ProjectAccess(project, user, abilities(user, level, project), level)


MAINTAINER = stands(BOB, Level.MAINTAINER)
GUEST = stands(BOB, Level.GUEST)


@pytest.mark.parametrize(
    ("standing", "may"),
    [
        (stands(BOB, Level.REPORTER), False),
        (stands(BOB, Level.DEVELOPER), False),
        (stands(BOB, Level.MAINTAINER), True),
        (stands(ROOT, Level.NONE), True),
        (stands(ADA, Level.DEVELOPER), True),
        (stands(ADA, Level.REPORTER), False),
        (stands(replace(ADA, state="blocked"), Level.DEVELOPER), False),
        (stands(ADA, Level.DEVELOPER, replace(HIDDEN, archived=True)), False),
        (stands(None, Level.NONE, replace(WIDGETS, visibility="public")), False),
    ],
)
def test_variables_are_for_maintainers_and_for_the_starter_while_they_may_change_pipelines(access, may, deps):
    shown = read_pipelines.explain(access, PIPELINE, deps)

    assert shown["trace"] == {"workflow": DECISION if may else BARE, "jobs": [DECISION if may else BARE]}
    if may:
        assert read_pipelines.list_variables(access, PIPELINE.id, deps) == [PipelineVariable("SECRET", "x")]
    else:
        with pytest.raises(Forbidden):
            read_pipelines.list_variables(access, PIPELINE.id, deps)


def test_an_explanation_has_the_warnings_and_facts_of_its_plan(deps):
    shown = read_pipelines.explain(MAINTAINER, PIPELINE, deps)

    assert (shown["warnings"], shown["sha"]) == (["a warning"], SHA)


def test_of_a_plan_that_is_no_longer_kept_nothing_is_shown(deps):
    deps.requests.plans.clear()

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
def test_guests_read_pipelines_and_jobs_only_where_pipelines_are_public(read, deps):
    assert read(stands(BOB, Level.GUEST, WIDGETS), deps)
    with pytest.raises(Forbidden):
        read(GUEST, deps)


@pytest.mark.parametrize("number", [0, -9001, 9002])
def test_what_is_no_pipeline_or_job_is_not_found(number, deps):
    with pytest.raises(RecordNotFound):
        read_pipelines.find_pipeline(MAINTAINER, number, deps)
    with pytest.raises(RecordNotFound):
        read_pipelines.find_job(MAINTAINER, number, deps)


def test_a_bridge_is_no_job(deps):
    with pytest.raises(RecordNotFound):
        read_pipelines.find_job(MAINTAINER, DEPLOY.id, deps)


@pytest.mark.parametrize(("scope", "jobs"), [((), [TEST, BUILD]), ({"failed"}, [TEST]), ({"manual"}, [])])
def test_jobs_are_listed_newest_first_by_status_and_without_bridges(scope, jobs, deps):
    assert read_pipelines.list_pipeline_jobs(MAINTAINER, PIPELINE.id, scope, deps) == (PIPELINE, jobs)
    assert read_pipelines.list_jobs(MAINTAINER, scope, Span(10), deps) == [(job, PIPELINE) for job in jobs]


def test_a_stretch_of_jobs_passes_over_pipelines_that_are_not_recorded_yet(deps):
    deps.pipelines.listed.append(BUILD._replace(id=504, pipeline_id=9002))

    listed = read_pipelines.list_jobs(MAINTAINER, (), Span(2, 1, descending=False), deps)

    assert [job.id for job, _ in listed] == [TEST.id]
