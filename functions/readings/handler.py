"""What was triggered: /projects/:id/pipelines and /projects/:id/jobs."""

from typing import Any

from pullcord.aws import environment
from pullcord.aws.people import Directory
from pullcord.aws.pipelines import PipelinesTable
from pullcord.aws.tokens import TokensTable
from pullcord.usecases import authenticate, read_pipelines
from pullcord.usecases.admission import Admission
from pullcord.wire import declared, pagination, shapes
from pullcord.wire.call import Call
from pullcord.wire.credentials import personal_token
from pullcord.wire.http import Answer, Door

PIPELINES, PIPELINE = "/api/v4/projects/<project>/pipelines", "/api/v4/projects/<project>/pipelines/<pipeline>"
door = Door()
directory = Directory(environment.pipelines_table())
admission = Admission(
    authenticate.Outside(environment.peppers(), TokensTable(environment.tokens_table()), directory, environment.MOMENT),
    directory,
)
outside = read_pipelines.Outside(PipelinesTable(environment.pipelines_table()), environment.requests())


@door.route("GET", PIPELINES)
def index(call: Call, project: str) -> Answer:
    """The project's pipelines, newest first."""
    standing = admission.reader(personal_token(call), project)
    rows, headers = pagination.page(call, read_pipelines.pipelines(standing, outside))
    basics = [{**shapes.pipeline_basic(row, standing.project, call.server), "name": row.name} for row in rows]
    return Answer(200, basics, headers)


@door.route("GET", PIPELINE)
def show(call: Call, project: str, pipeline: str) -> Answer:
    """One pipeline."""
    standing = admission.reader(personal_token(call), project)
    found = read_pipelines.pipeline(standing, declared.identifier(pipeline, "pipeline_id"), outside)
    shape = shapes.pipeline(found, standing.project, directory.user(found.user_id), call.server)
    return Answer(200, {**shape, "name": found.name})


@door.route("GET", f"{PIPELINE}/variables")
def variables(call: Call, project: str, pipeline: str) -> Answer:
    """A pipeline's variables."""
    standing = admission.reader(personal_token(call), project)
    found = read_pipelines.variables(standing, declared.identifier(pipeline, "pipeline_id"), outside)
    return Answer(200, [shapes.variable(variable) for variable in found])


@door.route("GET", f"{PIPELINE}/jobs")
def jobs(call: Call, project: str, pipeline: str) -> Answer:
    """A pipeline's jobs, newest first."""
    standing = admission.reader(personal_token(call), project)
    found, all_jobs = read_pipelines.jobs(standing, declared.identifier(pipeline, "pipeline_id"), outside)
    rows, headers = pagination.page(call, all_jobs)
    user = directory.user(found.user_id)
    return Answer(200, [shapes.job(row, found, standing.project, user, call.server) for row in rows], headers)


@door.route("GET", "/api/v4/projects/<project>/jobs/<job>")
def job(call: Call, project: str, job: str) -> Answer:
    """One job."""
    standing = admission.member(personal_token(call), project, authenticate.READ)
    pipeline, found = read_pipelines.job(standing, declared.identifier(job, "job_id"), outside)
    user = directory.user(found.user_id)
    return Answer(200, shapes.job(found, pipeline, standing.project, user, call.server))


def handle(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Lambda's entry."""
    return door.resolve(event, context)
